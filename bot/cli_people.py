"""`rapport people`: colleagues, from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.terminal import AsJson, perform, show, spoken

people = typer.Typer(
    help="Colleagues: who works here, in which role, for whom.", rich_markup_mode=None, no_args_is_help=True
)
SHOWN = ("name", "role", "state", "language", "zone", "away_until", "addresses")
Name = Annotated[str, typer.Option(help="As colleagues know them.")]


@people.command("add")
def add_person(
    name: Name,
    role: Annotated[str, typer.Option(help="rep, service, engineer, manager or admin.")],
    slack: Annotated[str | None, typer.Option(help="Slack user id (U…).")] = None,
    telegram: Annotated[str | None, typer.Option(help="Telegram user id.")] = None,
    wecom: Annotated[str | None, typer.Option(help="WeCom user id.")] = None,
    manager: Annotated[str | None, typer.Option(help="Name of the manager.")] = None,
    language: Annotated[str | None, typer.Option(help="en or zh-CN.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone, such as Asia/Shanghai.")] = None,
) -> None:
    """Add a colleague, or change one: an address takes the place of the one before on that channel."""
    given = {"slack": slack, "telegram": telegram, "wecom": wecom}
    addresses = {channel: address for channel, address in given.items() if address}
    added = perform(
        "add_person", name=name, role=role, addresses=addresses, manager=manager, language=language, zone=zone
    )
    print(spoken()("operator-person-added" if added["new"] else "operator-person-changed", name=name, role=role))


@people.command("remove")
def remove_person(name: Name) -> None:
    """Take somebody's access away; what was theirs stays, and whoever they reported to hears about it."""
    print(spoken()("operator-person-removed", **perform("remove_person", name=name)))


@people.command("away")
def send_away(
    name: Name,
    until: Annotated[str, typer.Option(help="Last day away (YYYY-MM-DD).")],
    deputy: Annotated[str | None, typer.Option(help="Who stands in; the last one by default.")] = None,
) -> None:
    """Write down that somebody is away, and who hears for them."""
    gone = perform("send_away", name=name, until=until, deputy=deputy)
    print(spoken()("operator-person-away", name=gone["name"], until=gone["until"], deputy=gone["deputy"] or "none"))


@people.command("back")
def bring_back(name: Name) -> None:
    """Write down that somebody who was away is here again."""
    print(spoken()("operator-person-back", **perform("bring_back", name=name)))


@people.command("sign-out")
def sign_out(
    name: Annotated[str | None, typer.Option(help="Whose browsers.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody's.")] = False,
) -> None:
    """Close the console in every browser of a colleague, or of everybody; a new link opens it again."""
    if (name is None) != everybody:
        raise typer.BadParameter(spoken()("operator-sign-out-whom"))
    perform("sign_out", name=name)
    print(spoken()("operator-signed-out", name=name or "all"))


@people.command("list")
def list_people(json_: AsJson = False) -> None:
    """List colleagues."""
    show(perform("list_people"), SHOWN, as_json=json_)
