"""Groups: linked by a colleague with a code, heard where they speak to us, answered there, and nothing personal said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storage.groups import CODE_LASTS
from storage.inbox import inbox
from tests.emulators.telegram import Bubble
from tests.emulators.telegram_rules import moment
from tests.telegram.stage import Client, Stage

GROUP = -100_200
FAULT = "the pump in hall 3 is broken!"
NAME = "@rapport_test_bot"


class Group:
    """A group of people, and our bot among them."""

    def __init__(self, stage: Stage, id_: int = GROUP, title: str = "Acme pumps") -> None:
        self.stage, self.id = stage, id_
        self.chat = {"id": id_, "type": "supergroup", "title": title}
        stage.telegram.chats.setdefault(id_, [])

    @property
    def bubbles(self) -> list[Bubble]:
        return self.stage.telegram.chats[self.id]

    @property
    def said(self) -> list[str]:
        return [bubble.text for bubble in self.bubbles]

    def hears(self, who: Client, text: str, **more: Any) -> int:
        """Let somebody write in the group; the app marks names and commands."""
        return who.writes(text, chat=self.chat, entities=marks(text), **more)

    def member(self, who: Client, old: str, new: str) -> None:
        change = who._member(old, new)
        who._reports("my_chat_member", change | {"chat": self.chat})

    def moves(self, who: Client, to: int) -> None:
        who.writes(chat=self.chat, migrate_to_chat_id=to)


def marks(text: str) -> list[dict[str, Any]]:
    """Mark what the app marks: a command at the start, else names."""
    if text.startswith("/"):
        return [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    names = re.finditer(r"@\w+", text)
    return [{"type": "mention", "offset": name.start(), "length": len(name[0])} for name in names]


class Cast:
    """Acme with its owner, and a group that a code can link."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.li = stage.worker("Li Na")
        self.chen = stage.known("Acme", "Chen Wei", owner=self.li.person)
        self.wu = stage.someone("Wu Min")
        self.group = Group(stage)

    def code(self, line: str = "/group link Acme") -> str:
        self.li.writes(line)
        return self.li.hears("/link").text.partition("/link ")[2].split()[0]

    def linked(self, line: str = "/group link Acme") -> Cast:
        self.group.hears(self.li, f"/link{NAME} {self.code(line)}")
        return self

    def contact(self) -> Any:
        return self.stage.ask(lambda store: store.contacts.at("telegram", str(self.group.id)))


@pytest.fixture
def cast(stage: Stage) -> Cast:
    return Cast(stage)


def rows(stage: Stage) -> int:
    return int(stage.ask(lambda store: len(store.connection.execute(inbox.select()).all())))


def test_a_linked_group_is_heard_and_answered_where_it_spoke(cast: Cast) -> None:
    """From the code to the colleague's answer: all of it stands in the group, as answers to what was said."""
    stage, group, li = cast.stage, cast.linked().group, cast.li
    assert "connected with" in group.said[-1]
    li.hears("Acme pumps", "is linked to Acme")
    asked = stage.telegram.next_id() + 1
    group.hears(cast.wu, f"{NAME}, {FAULT}")
    ticket = stage.ticket
    assert ticket.customer_id == cast.contact().customer_id
    assert ticket.words == f"Wu Min: {FAULT}"
    assert ticket.number in group.said[-1]
    assert group.bubbles[-1].reply_to == asked
    li.hears(ticket.number, "Wu Min")
    li.writes(f"/ticket reply {ticket.number} We are on our way.")
    stage.wait(seconds=11)
    assert "We are on our way." in group.said[-1]
    li.writes(f"/ticket resolve {ticket.number} Mended.")
    bubble = next(b for b in reversed(group.bubbles) if "5" in b.buttons)
    cast.wu._reports("callback_query", press(cast, bubble, "5"))
    assert stage.ticket.rating == 5
    assert cast.chen.bubbles == [], "nobody hears of it elsewhere"
    assert cast.wu.bubbles == []


def press(cast: Cast, bubble: Bubble, label: str) -> dict[str, Any]:
    about = {"message_id": bubble.id, "date": moment(), "chat": cast.group.chat, "text": "…"}
    query = {"id": "q77", "from": cast.wu.user, "chat_instance": "1", "data": bubble.data(label)}
    return query | {"message": about}


@pytest.mark.parametrize(
    ("text", "more", "is_heard"),
    [
        (f"{NAME} {FAULT}", {}, True),
        (f"hello {NAME.upper()} {FAULT}", {}, True),
        (FAULT, {"reply_to_message": "ours"}, True),
        (FAULT, {"reply_to_message": "theirs"}, False),
        (FAULT, {}, False),
        ("hello @rapport_test_bot_2, it is broken!", {}, False),
        ("/human", {}, True),
        (f"/human{NAME}", {}, True),
        ("/human@another_bot", {}, False),
    ],
)
def test_only_what_is_said_to_us_is_heard(cast: Cast, text: str, more: dict[str, Any], *, is_heard: bool) -> None:
    cast.linked()
    if more:
        bot = {"id": 4711, "is_bot": True, "first_name": "Rapport"}
        author = bot if more["reply_to_message"] == "ours" else cast.chen.user
        more = {"reply_to_message": {"message_id": 1, "date": 1, "chat": cast.group.chat, "from": author, "text": "x"}}
    before, known = len(cast.group.said), rows(cast.stage)
    cast.group.hears(cast.wu, text, **more)
    cast.group.hears(cast.wu, "and the weather is fine")
    assert len(cast.stage.tickets()) == is_heard
    assert (len(cast.group.said) > before) == is_heard
    if not is_heard:
        assert rows(cast.stage) - known <= 1
        assert "weather" not in str(cast.stage.ask(lambda store: store.inbox.newest()))


def test_a_group_that_nobody_linked_is_told_once_and_not_heard(cast: Cast) -> None:
    for text in (f"{NAME} {FAULT}", "hello", f"/status{NAME}", f"{NAME} again: {FAULT}"):
        cast.group.hears(cast.wu, text)
    assert cast.group.said == ["I only talk in private chats. Please write to me directly."]
    assert cast.stage.tickets() == []


def test_what_strangers_ask_in_a_group_that_nobody_linked_leaves_nothing_behind(cast: Cast) -> None:
    for n in range(5):
        cast.group.hears(cast.wu, f"{NAME} {FAULT} ({n})")
        cast.group.hears(cast.wu, f"/link{NAME} nonsense")
    slots = cast.stage.ask(lambda store: [post.slot for post in store.posts.of("telegram", str(GROUP))])
    assert slots == ["telegram-group-refused", "group-link-colleagues"]


def test_a_code_links_once_in_time_and_by_a_colleague_only(cast: Cast) -> None:
    code = cast.code()
    cast.group.hears(cast.wu, f"/link {code}")
    assert "Only colleagues" in cast.group.said[-1]
    cast.group.hears(cast.li, "/link made-up")
    assert "invalid or has expired" in cast.group.said[-1]
    cast.group.hears(cast.li, f"/link {code}")
    assert "connected with" in cast.group.said[-1]
    cast.group.hears(cast.li, f"/link {cast.code()}")
    assert "linked already" in cast.group.said[-1]
    other = Group(cast.stage, -100_300)
    other.hears(cast.li, f"/link {code}")
    assert "invalid or has expired" in other.said[-1]
    late = cast.code()
    cast.stage.clock.moment += CODE_LASTS
    other.hears(cast.li, f"/link {late}")
    assert "invalid or has expired" in other.said[-1]


@pytest.mark.parametrize("sender", ["anonymous", "channel", "bot"])
def test_who_hides_behind_the_group_or_a_channel_has_no_role(cast: Cast, sender: str) -> None:
    code = cast.code()
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
    more: dict[str, Any] = {
        "anonymous": {"sender_chat": cast.group.chat, "from": anonymous},
        "channel": {"sender_chat": {"id": -5, "type": "channel", "title": "x"}},
        "bot": {"from": cast.li.user | {"is_bot": True}},
    }[sender]
    cast.group.hears(cast.li, f"/link {code}", **more)
    assert cast.group.said == []
    assert cast.stage.ask(lambda store: store.groups.at("telegram", str(GROUP))) is None


def test_colleagues_and_questions_about_one_person_are_sent_to_a_private_chat(cast: Cast) -> None:
    group = cast.linked().group
    for text in ("/ticket_list", f"{NAME} who Acme", "/due"):
        group.hears(cast.li, text)
    assert [text for text in group.said if "private chat" in text] == [group.said[-1]]
    assert "Acme Ltd" not in str(group.said[1:])
    group.hears(cast.wu, "/stop")
    assert "private" in group.said[-1]
    assert cast.stage.tickets() == []


def test_a_group_is_no_person_to_whom_drafts_or_invitations_go(cast: Cast) -> None:
    cast.linked()
    found = cast.contact()
    assert found.opted_out_at is not None
    assert [c.name for c in cast.stage.ask(lambda store: store.contacts.of(found.customer_id))] == ["Chen Wei"]


def test_words_in_a_group_bind_nobody_and_their_own_chat_stays_their_own(cast: Cast) -> None:
    cast.linked().group.hears(cast.wu, f"{NAME} {FAULT}")
    cast.wu.writes("I want to complain, my own order arrived damaged!")
    mine = next(t for t in cast.stage.tickets() if "my own order" in t.words)
    assert mine.customer_id is None
    assert len(cast.stage.tickets()) == 2


def test_an_interest_group_is_heard_without_a_customer(cast: Cast) -> None:
    group = cast.linked("/group interest Pump users").group
    group.hears(cast.wu, f"{NAME} {FAULT}")
    assert cast.stage.ticket.customer_id is None
    assert cast.stage.ticket.number in group.said[-1]


def test_being_taken_out_ends_the_link_and_is_told_in_private(cast: Cast) -> None:
    group = cast.linked().group
    group.member(cast.wu, "member", "kicked")
    cast.li.hears("taken out of", "Acme pumps")
    said = len(group.said)
    group.hears(cast.wu, f"{NAME} {FAULT}")
    assert cast.stage.tickets() == []
    assert len(group.said) == said + 1, "it is a group like any other now"
    cast.linked().group.hears(cast.wu, f"{NAME} {FAULT}")
    assert len(cast.stage.tickets()) == 1


def test_a_colleague_can_list_and_end_links_of_customers_they_see(cast: Cast) -> None:
    cast.linked()
    other = cast.stage.worker("Zhou")
    other.writes("/group list")
    other.hears("No group is linked")
    cast.li.writes("/group list")
    cast.li.hears("Acme pumps", "Acme", "Li Na")
    cast.li.presses("Unlink")
    cast.li.hears("is not linked any more")
    cast.group.hears(cast.wu, f"{NAME} {FAULT}")
    assert cast.stage.tickets() == []


def test_a_group_that_grows_keeps_its_link_and_gets_what_was_on_its_way(cast: Cast) -> None:
    stage, group = cast.stage, cast.linked().group
    group.hears(cast.wu, f"{NAME} {FAULT}")
    grown = Group(stage, -100_900)
    stage.telegram.refusals[GROUP] = (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100_900})
    cast.li.writes(f"/ticket reply {stage.ticket.number} We are on our way.")
    stage.wait(seconds=11)
    assert "We are on our way." in grown.said[-1]
    group.moves(cast.wu, -100_900)
    grown.hears(cast.wu, f"{NAME} it leaks as well")
    assert len(stage.tickets()) == 1
    cast.li.writes(f"/ticket reply {stage.ticket.number} Nearly there.")
    stage.wait(seconds=11)
    assert "Nearly there." in grown.said[-1]
