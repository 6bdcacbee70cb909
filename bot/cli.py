"""The command line: `rapport`, the same as `python -m bot`. Heavy parts load when a command needs them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from prompts.phrases import Phrases

T = TypeVar("T")
cli = typer.Typer(
    help="Rapport keeps customer relationships in chat. · 常联：在聊天里维系客户。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
people = typer.Typer(
    help="Colleagues: who works here, in which role, for whom.", rich_markup_mode=None, no_args_is_help=True
)
letters = typer.Typer(help="What could not be handled or delivered.", rich_markup_mode=None, no_args_is_help=True)
policy = typer.Typer(help="The company's numbers.", rich_markup_mode=None, no_args_is_help=True)
importing = typer.Typer(help="Bring data in.", rich_markup_mode=None, no_args_is_help=True)
console = typer.Typer(help="The team's side in the browser.", rich_markup_mode=None, no_args_is_help=True)
for part, name in (
    (people, "people"),
    (letters, "dead-letters"),
    (policy, "policy"),
    (importing, "import"),
    (console, "console"),
):
    cli.add_typer(part, name=name)

AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array.")]


def main() -> None:
    """Run the command line; what people can mend is said in a sentence, without a trace."""
    cli()


@cli.command()
def run() -> None:
    """Run the bot: channels, reminders, console."""
    from bot.runtime import run as start

    _guarded(start)


@cli.command()
def demo() -> None:
    """Run the bot with a sample company; needs nothing, keeps its data apart."""
    from bot.demo.start import start

    _guarded(start)


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from storage import schema
    from storage.database import Database

    def work() -> None:
        config = _config()
        database = Database(config.url, config.key)
        database.take_lock()
        schema.migrate(database)
        print(_t()("operator-migrated", schema=schema.newest() or ""))

    _guarded(work)


@cli.command()
def doctor() -> None:
    """Say what is missing or wrong, and what to do about it."""
    from bot.doctor import consult

    lines, well = consult(_t())
    print("\n".join(lines))
    if not well:
        raise typer.Exit(1)


@cli.command()
def backup(
    file: Path,
    as_is: Annotated[bool, typer.Option("--as-is", help="Leave unsent messages due: to move a stopped bot.")] = False,
) -> None:
    """Copy the database into a new file, checked, while the bot runs."""
    from bot.backup import back_up

    copy = _guarded(lambda: back_up(_config().url, file, as_is=as_is))
    print(_t()("backup-done", file=str(file), size=max(1, copy.size // 1024), held=copy.held))


@cli.command()
def keygen() -> None:
    """Print a new encryption key for RAPPORT_KEY."""
    from storage.vault import new_key

    print(new_key())


@cli.command("slack-manifest")
def slack_manifest() -> None:
    """Print the manifest by which Slack makes the app: paste it at api.slack.com/apps."""
    from bot.channels.slack.manifest import manifest

    print(json.dumps(manifest(_t()), ensure_ascii=False, indent=2))


@people.command("add")
def add_person(
    name: Annotated[str, typer.Option(help="As colleagues know them.")],
    role: Annotated[str, typer.Option(help="rep, service, engineer, manager or admin.")],
    slack: Annotated[str | None, typer.Option(help="Slack user id (U…).")] = None,
    telegram: Annotated[str | None, typer.Option(help="Telegram user id.")] = None,
    wecom: Annotated[str | None, typer.Option(help="WeCom user id.")] = None,
    manager: Annotated[str | None, typer.Option(help="Name of the manager.")] = None,
    language: Annotated[str | None, typer.Option(help="en or zh-CN.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone, such as Asia/Shanghai.")] = None,
) -> None:
    """Add a colleague, or give a known one new addresses."""
    given = {"slack": slack, "telegram": telegram, "wecom": wecom}
    addresses = {channel: address for channel, address in given.items() if address}
    added = _perform(
        "add_person", name=name, role=role, addresses=addresses, manager=manager, language=language, zone=zone
    )
    print(_t()("operator-person-added" if added["new"] else "operator-person-changed", name=name, role=role))


@people.command("list")
def list_people(json_: AsJson = False) -> None:
    """List colleagues."""
    _show(_perform("list_people"), ("name", "role", "language", "zone", "addresses"), as_json=json_)


@cli.command("list")
def list_things(
    what: Annotated[str, typer.Argument(help="tickets, customers, feedback, drafts, people or dead-letters.")],
    json_: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Closed tickets too.")] = False,
    limit: Annotated[int, typer.Option(min=1)] = 1000,
) -> None:
    """List what is on record."""
    columns = LISTS.get(what)
    if columns is None:
        _stop(_t()("operator-no-list", what=what, lists=", ".join(LISTS)))
    more: dict[str, Any] = {} if what == "people" else {"limit": limit}
    if what == "tickets":
        more["every"] = every
    _show(_perform(f"list_{what.replace('-', '_')}", **more), columns, as_json=json_)


LISTS: dict[str, tuple[str, ...]] = {
    "tickets": ("number", "customer", "type", "priority", "status", "owner", "resolution_due"),
    "customers": ("name", "reference", "tier", "spent", "currency", "orders", "touch_due_at"),
    "feedback": ("at", "kind", "topic", "sentiment", "words"),
    "drafts": ("made_at", "purpose", "channel", "words"),
    "people": ("name", "role", "language", "zone", "addresses"),
    "dead-letters": ("id", "kind", "channel", "since", "error"),
}


@letters.command("list")
def list_letters(json_: AsJson = False) -> None:
    """List dead letters."""
    _show(_perform("list_dead_letters"), LISTS["dead-letters"], as_json=json_)


@letters.command("replay")
def replay(id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Try one once more."""
    _perform("replay", id=id_)
    print(_t()("operator-replayed", id=id_))


@policy.command("check")
def check_policy(file: Path) -> None:
    """Check a policy file and name the line of every mistake."""
    _read_policy(file)
    print(_t()("operator-policy-good", file=str(file)))


@policy.command("accept")
def accept_policy(file: Path) -> None:
    """Put a policy file in force, for every replica."""
    accepted = _perform("accept_policy", text=_read_policy(file))
    print(_t()("operator-policy-accepted", version=accepted["version"]))


@policy.command("show")
def show_policy() -> None:
    """Print the policy a company starts from, with its comments."""
    from scheduler.policy.document import default_text

    print(default_text())


@importing.command("orders")
def import_orders(
    file: Path,
    as_of: Annotated[
        str | None, typer.Option(help="Day for the tiers (YYYY-MM-DD); the file's last by default.")
    ] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of a file without that column, such as GBP.")] = None,
    owner: Annotated[str | None, typer.Option(help="Colleague who gets new customers.")] = None,
    column: Annotated[list[str] | None, typer.Option(help="Name a column: customer=Buyer (may be repeated).")] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 1/2/2025 is read.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False,
) -> None:
    """Import orders from CSV, CSV.gz or XLSX; the same file again changes nothing."""
    columns = dict(part.partition("=")[::2] for part in column or ()) or None
    more = {"as_of": as_of, "currency": currency, "owner": owner, "day_first": day_first, "dry": dry_run}
    result = _perform("take_orders", path=str(file.absolute()), columns=columns, **more)
    if not result["taken"]:
        _stop(result[_t().language])
    print(result[_t().language])


@console.command("link")
def console_link(person: str) -> None:
    """Print a link that opens the console for a colleague, once, within ten minutes."""
    config = _config()
    base = f"http://{config.host}:{config.port}"
    print(_perform("link_console", person=person, base=base)["link"])


def _read_policy(file: Path) -> str:
    from scheduler.policy.document import parse

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _stop(_t()("operator-no-file", file=str(file)))
    _guarded(lambda: parse(text))
    return text


def _perform(operation: str, /, **args: Any) -> Any:
    from bot.control import perform

    return _guarded(lambda: perform(_config(), operation, **args))


def _guarded(work: Callable[[], T]) -> T:
    """Run a command; what an operator can mend is said in their language."""
    from bot.explained import explained

    try:
        return work()
    except Exception as error:
        said = explained(error, _t())
        if said is None:
            raise
        _stop(said)


def _config() -> Any:
    from bot.config import read_config

    return read_config()


def _t() -> Phrases:
    from prompts.phrases import phrases

    wish = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return phrases("zh-CN" if wish.startswith("zh") else "en")


def _stop(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise typer.Exit(1)


def _show(rows: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]).replace("[", r"\[")[:80] for name in columns))
    Console().print(table)
