"""The command line: `rapport`, the same as `python -m bot`. Heavy parts load when a command needs them."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.cli_people import SHOWN, people
from bot.terminal import AsJson, guarded, perform, settings, show, spoken, stop

cli = typer.Typer(
    help="Rapport keeps customer relationships in chat. · 常联：在聊天里维系客户。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
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


FEW_PAUSES: Final = 50_000
"""So many new objects are looked through at a time for circles that nobody needs: loading makes hundreds of thousands and
leaves hardly any, and would take a third longer at Python's 700."""

Columns = Annotated[list[str] | None, typer.Option(help="Name a column: customer=Buyer (may be repeated).")]
DayFirst = Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 1/2/2025 is read.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]


def main() -> None:
    """Run the command line; what people can mend is said in a sentence, without a trace."""
    gc.set_threshold(FEW_PAUSES)
    try:
        cli()
    finally:
        gc.freeze()


@cli.command()
def run() -> None:
    """Run the bot: channels, reminders, console."""
    from bot.runtime import run as start

    guarded(start)


@cli.command()
def demo() -> None:
    """Run the bot with a sample company; needs nothing, keeps its data apart."""
    from bot.demo.start import start

    guarded(start)


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from storage import schema
    from storage.database import Database

    def work() -> None:
        config = settings()
        database = Database(config.url, config.key)
        database.take_lock()
        schema.migrate(database)
        print(spoken()("operator-migrated", schema=schema.newest() or ""))

    guarded(work)


@cli.command()
def doctor() -> None:
    """Say what is missing or wrong, and what to do about it."""
    from bot.doctor import consult

    lines, well = consult(spoken())
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

    copy = guarded(lambda: back_up(settings().url, file, as_is=as_is))
    print(spoken()("backup-done", file=str(file), size=max(1, copy.size // 1024), held=copy.held))


@cli.command()
def keygen() -> None:
    """Print a new encryption key for RAPPORT_KEY."""
    from storage.vault import new_key

    print(new_key())


@cli.command("slack-manifest")
def slack_manifest(
    url: Annotated[str, typer.Option(help="Where Slack reaches this server: https://… (HTTP mode).")] = "",
) -> None:
    """Print the manifest by which Slack makes the app: paste it at api.slack.com/apps."""
    from bot.channels.slack.manifest import manifest

    print(json.dumps(manifest(spoken(), url), ensure_ascii=False, indent=2))


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
        stop(spoken()("operator-no-list", what=what, lists=", ".join(LISTS)))
    more: dict[str, Any] = {} if what == "people" else {"limit": limit}
    if what == "tickets":
        more["every"] = every
    show(perform(f"list_{what.replace('-', '_')}", **more), columns, as_json=json_)


LISTS: dict[str, tuple[str, ...]] = {
    "tickets": ("number", "customer", "type", "priority", "status", "owner", "resolution_due"),
    "customers": ("name", "reference", "tier", "spent", "currency", "orders", "touch_due_at"),
    "feedback": ("at", "kind", "topic", "sentiment", "words"),
    "drafts": ("made_at", "purpose", "channel", "words"),
    "people": SHOWN,
    "dead-letters": ("id", "kind", "channel", "since", "error"),
}


@letters.command("list")
def list_letters(json_: AsJson = False) -> None:
    """List dead letters."""
    show(perform("list_dead_letters"), LISTS["dead-letters"], as_json=json_)


@letters.command("replay")
def replay(id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Try one once more."""
    perform("replay", id=id_)
    print(spoken()("operator-replayed", id=id_))


@policy.command("check")
def check_policy(file: Path) -> None:
    """Check a policy file and name the line of every mistake."""
    _read_policy(file)
    print(spoken()("operator-policy-good", file=str(file)))


@policy.command("accept")
def accept_policy(file: Path) -> None:
    """Put a policy file in force, for every replica."""
    accepted = perform("accept_policy", text=_read_policy(file))
    print(spoken()("operator-policy-accepted", version=accepted["version"]))


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
    column: Columns = None,
    day_first: DayFirst = None,
    dry_run: DryRun = False,
) -> None:
    """Import orders from CSV, CSV.gz or XLSX; the same file again changes nothing."""
    more = {"as_of": as_of, "currency": currency, "owner": owner, "day_first": day_first, "dry": dry_run}
    _say_taken(perform("take_orders", path=str(file.absolute()), columns=_named(column), **more))


@importing.command("contracts")
def import_contracts(file: Path, column: Columns = None, day_first: DayFirst = None, dry_run: DryRun = False) -> None:
    """Import contracts of known customers: number and last day, so that renewals come up in time."""
    _take_records("contracts", file, column, day_first, dry=dry_run)


@importing.command("products")
def import_products(file: Path, column: Columns = None, day_first: DayFirst = None, dry_run: DryRun = False) -> None:
    """Import the products that stand at known customers: serial number and next maintenance."""
    _take_records("products", file, column, day_first, dry=dry_run)


@importing.command("contacts")
def import_contacts(file: Path, column: Columns = None, day_first: DayFirst = None, dry_run: DryRun = False) -> None:
    """Import the people of known customers: name, phone, e-mail, birthday, language."""
    _take_records("contacts", file, column, day_first, dry=dry_run)


def _take_records(what: str, file: Path, column: Columns, day_first: DayFirst, *, dry: bool) -> None:
    more = {"columns": _named(column), "day_first": day_first, "dry": dry}
    _say_taken(perform("take_records", what=what, path=str(file.absolute()), **more))


def _named(column: list[str] | None) -> dict[str, str] | None:
    return dict(part.partition("=")[::2] for part in column or ()) or None


def _say_taken(result: dict[str, Any]) -> None:
    if not result["taken"]:
        stop(result[spoken().language])
    print(result[spoken().language])


@console.command("link")
def console_link(person: str) -> None:
    """Print a link that opens the console for a colleague, once, within ten minutes."""
    config = settings()
    host = "127.0.0.1" if config.host == "0.0.0.0" else config.host  # noqa: S104 - compared, not bound
    base = config.address or f"http://{host}:{config.port}"
    print(perform("link_console", person=person, base=base)["link"])


def _read_policy(file: Path) -> str:
    from scheduler.policy.document import parse

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        stop(spoken()("operator-no-file", file=str(file)))
    guarded(lambda: parse(text))
    return text
