"""People: who may do what, who sees whom, and how a chat is proven to be somebody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.staff import ROLES
from tests.world import World, all_words

ALL = "rep service engineer manager admin"
MATRIX = {
    "help": f"{ALL} customer",
    "console": ALL,
    "day": ALL,
    "day again": ALL,
    "due": ALL,
    "log": ALL,
    "not now": ALL,
    "snooze": ALL,
    "reassign": "manager admin",
    "touch was": ALL,
    "draft": ALL,
    "drafts": ALL,
    "draft rewrite": ALL,
    "draft show": ALL,
    "draft send": ALL,
    "draft edit": ALL,
    "draft drop": ALL,
    "draft undo": ALL,
    "digest": "manager admin",
    "digest needs": "manager admin",
    "digest done": "manager admin",
    "digest call": "manager admin",
    "digest nudge": "manager admin",
    "digest assign": "manager admin",
    "digest deputy": "manager admin",
    "measures": "manager admin",
    "measure": "manager admin",
    "measure cases": "manager admin",
    "ticket new": ALL,
    "ticket show": ALL,
    "ticket list": ALL,
    "ticket take": ALL,
    "ticket reply": ALL,
    "ticket wechat": ALL,
    "ticket wechat back": ALL,
    "wecom contacts": "admin",
    "contact of": ALL,
    "contact not of": ALL,
    "ticket note": ALL,
    "ticket files": ALL,
    "ticket files note": ALL,
    "ticket mode": ALL,
    "ticket urgent": ALL,
    "ticket dismiss": ALL,
    "ticket split": ALL,
    "ticket heard": ALL,
    "ticket wait": ALL,
    "ticket resolve": ALL,
    "ticket close": ALL,
    "ticket reopen": ALL,
    "ticket assign": ALL,
    "ticket undo": ALL,
    "ticket about": "customer",
    "ticket unsolved": "customer",
    "rate": "customer",
    "human": "customer",
    "status": "customer",
    "start": "customer",
    "connect": "customer",
    "connect yes": "customer",
    "stop": "customer",
    "who": ALL,
    "tier explain": ALL,
    "tier moves": ALL,
    "tier moves since": ALL,
    "contract add": ALL,
    "product add": ALL,
    "product done": ALL,
    "contact birthday": ALL,
    "contact join": ALL,
    "contact join yes": ALL,
    "contact join no": ALL,
    "contact split": ALL,
    "contact split yes": ALL,
    "contact prefer": ALL,
    "occasions": ALL,
    "occasion draft": ALL,
    "occasion drop": ALL,
    "greetings": ALL,
    "greetings send": ALL,
    "greetings drop": ALL,
    "greetings undo": ALL,
    "greeting edit": ALL,
    "greeting skip": ALL,
    "greeting undo": ALL,
    "group link": ALL,
    "group interest": ALL,
    "group list": ALL,
    "group unlink": ALL,
    "group place": "manager admin",
    "customer list": ALL,
    "customer new": ALL,
    "customer invite": ALL,
    "feedback add": ALL,
    "feedback list": ALL,
    "commands": ALL,
    "settings": ALL,
    "settings all": ALL,
    "settings language": ALL,
    "settings zone": ALL,
    "settings morning": ALL,
    "settings channel": ALL,
}
"""Who may use which command; a command without a row here fails the build."""


def test_every_command_has_its_row_and_is_open_to_just_those_roles() -> None:
    commands = Routes(ROUTERS).commands
    assert {name: set(command.who) for name, command in commands.items()} == {
        name: set(roles.split()) for name, roles in MATRIX.items()
    }


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_do_is_refused_and_changes_nothing(world: World, role: str) -> None:
    person = world.colleague("Pat", role)
    for name, roles in MATRIX.items():
        if role not in roles.split():
            person.runs(name)
            assert "not open to your role" in all_words(person.cards()[-1]), name


def test_a_customer_cannot_use_what_colleagues_use(world: World) -> None:
    guest = world.stranger()
    for name, roles in MATRIX.items():
        if "customer" not in roles.split():
            guest.runs(name, number="T-22222", customer="Acme", words="x")
            assert "is for our team" in all_words(guest.cards()[-1]), name


def test_somebody_unknown_on_the_team_side_is_greeted_and_told_whom_to_ask(world: World) -> None:
    from tests.world import Colleague

    known = world.colleague("Known")
    nobody = Colleague(world, "staff:nobody", known.person)
    nobody.types("/crm help")
    nobody.hears("don't know you yet", "administrator")


def test_a_rep_sees_their_own_and_their_groups_customers_a_manager_the_teams(world: World) -> None:
    boss = world.colleague("Boss", "manager")
    ada = world.colleague("Ada", manager_id=boss.person.id)
    bob = world.colleague("Bob")
    sue = world.colleague("Sue", "engineer")
    group = world.change(lambda s: s.staff.add_group("Acme 1+N", [sue.person.id]))
    world.customer("Acme", owner=ada, group_id=group)
    for who in (ada, boss, sue):
        who.types("/crm who Acme")
        who.hears("Acme", "Ada")
    bob.types("/crm who Acme")
    foreign = all_words(bob.cards()[-1]).replace("Acme", "?")
    bob.types("/crm who Zzzz")
    assert all_words(bob.cards()[-1]).replace("Zzzz", "?") == foreign


def test_a_stranger_is_heard_and_bound_only_by_a_one_time_proof(world: World) -> None:
    ada = world.colleague("Ada")
    world.customer("Acme", contact="Chen Wei", owner=ada)
    stranger = world.stranger()
    stranger.writes("This is Chen Wei of Acme, +86 138 0000 0000. Our pump is broken!")
    (unknown,) = world.tickets()
    assert unknown.customer_id is None

    ada.types("/crm customer invite Acme")
    code = next(field.value for field in ada.hears("Give this code").fields)
    stranger.writes(f"/start {code}")
    stranger.hears("Welcome, Chen Wei")
    ada.hears("Chen Wei of Acme can now be reached")
    assert world.ticket.customer_id is not None

    thief = world.stranger()
    thief.writes(f"/start {code}")
    thief.hears("invalid or has expired")
    thief.writes("/start guess")
    thief.hears("invalid or has expired")


def test_a_code_does_not_move_a_chat_that_belongs_to_another_customer(world: World) -> None:
    ada = world.colleague("Ada")
    world.customer("Acme", owner=ada)
    other = world.customer("Beta", owner=ada)
    ada.types("/crm customer invite Acme")
    code = next(field.value for field in ada.hears("Give this code").fields)
    other.writes(f"/start {code}")
    other.hears("invalid or has expired")
    other.writes("where is my order 4711?")
    assert world.ticket.customer_id == (other.customer and other.customer.id)


@pytest.mark.parametrize("words", ["/stop", "STOP", "退订", "unsubscribe"])
def test_an_opt_out_works_at_once(world: World, words: str) -> None:
    ada = world.colleague("Ada")
    guest = world.customer("Acme", owner=ada)
    guest.writes(words)
    guest.hears("won't message you unasked")
    contact = world.ask(lambda s: s.contacts.get(guest.contact_id))
    assert contact is not None
    assert contact.opted_out_at == world.now


HOSTILE = (
    "<!channel> <@U123> <https://evil.example|invoice> <script>alert(1)</script> {$name} %s {0} "
    "'; drop table tickets; -- \u202egnp.exe =1+1 ```fence``` *bold* I want to complain!"
)


def test_hostile_words_reach_colleagues_complete_and_apart_from_ours(world: World) -> None:
    ada = world.colleague("Ada")
    guest = world.customer("Acme", owner=ada)
    words = HOSTILE + "长" * (20_000 - len(HOSTILE))
    guest.writes(words)
    card = ada.hears(world.ticket.number, place="#service" if world.ticket.team == "service" else "#after-sales")
    assert card.quote is not None
    assert card.quote.words == words
    ours = all_words(card.model_copy(update={"quote": None}))
    assert "evil.example" not in ours


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_customers_say_and_how_they_are_reached_is_unreadable_in_the_file(world: World) -> None:
    ada = world.colleague("Ada")
    guest = world.customer("Acme", contact="Wilhelmina Canary", owner=ada)
    guest.writes("My canary sentence: the left valve sings, I want to complain")
    stored = _bytes_of(world)
    assert stored
    for secret in ("Wilhelmina", "left valve sings", guest.address):
        assert secret.encode() not in stored, secret


def _bytes_of(world: World) -> bytes:
    file = Path(world.bot.database.url.database or "")
    return b"".join(part.read_bytes() for part in file.parent.glob("rapport.db*"))
