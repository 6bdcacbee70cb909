"""Pictures in Slack: handed over, then shared, once; and the words that stand for them where that cannot be."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels.slack.channel import SlackChannel
from bot.pictures.drawing import png
from bot.pictures.easel import Busy, Easel
from handlers.cards import Button, Card
from handlers.pictures import CadenceRow, Picture, cadence_picture
from prompts.phrases import phrases
from storage.messages import Kind, Message
from tests.emulators.slack_rules import Piece
from tests.slack.office import SERVICE, Mate, Office, words

SLOT = "digest picture:wang:2026-06-01"


def picture(name: str = "Li Na", language: str = "en") -> Picture:
    return cadence_picture(phrases(language), [CadenceRow(name, 11, 12), CadenceRow("Tom", 3, 9)], target=90)


class Drawn:
    """An easel that has drawn beforehand; `trouble` is what happens instead, the last one first."""

    def __init__(self) -> None:
        self.sheet = png(picture())
        self.trouble: list[type[Exception] | None] = []
        self.asked = 0

    async def draw(self, _: Picture) -> bytes | None:
        self.asked += 1
        if self.trouble:
            wrong = self.trouble.pop()
            if wrong is not None:
                raise wrong
            return None
        return self.sheet


@pytest.fixture(autouse=True)
def easel(office: Office) -> Drawn:
    channel = office.bot.channels["slack"]
    assert isinstance(channel, SlackChannel)
    drawn = Drawn()
    vars(channel._pictures)["_easel"] = drawn
    return drawn


def say(office: Office, to: str, key: str = "p1", card: Card | None = None, slot: str = SLOT) -> None:
    card = card or Card(text="Cadence of the team & others", picture=picture())
    message = Message(key=key, channel="slack", address=to, card=card.kept(), kind=Kind.DIGEST, slot=slot)
    office.change(lambda store: store.outbox.say(message, office.now))
    office.settle()


def state(office: Office, key: str = "p1") -> str:
    found = office.ask(lambda store: store.outbox.get(key))
    assert found is not None
    return found.state


def shown(wang: Mate) -> list[Piece]:
    return [message for message in wang.direct() if message.get("files")]


def test_a_picture_is_handed_over_with_its_sentence_and_shared_with_its_words(office: Office) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    say(office, wang.user)
    (message,) = shown(wang)
    (file,) = message["files"]
    assert message["text"] == "Cadence of the team &amp; others"
    assert file["title"] == "Contacts in time, by person"
    assert file["alt_txt"] == picture().alt
    assert office.slack.files[file["id"]].body == png(picture())
    assert [call.method for call in office.slack.calls if "ile" in call.method or call.method == "upload"] == [
        "files.getUploadURLExternal",
        "upload",
        "files.completeUploadExternal",
    ]
    assert state(office) == "sent"


BEFORE = [(method, fault) for method in ("files.getUploadURLExternal", "upload") for fault in ("429", "500", "reset")]
AFTER = [(method, fault) for method in ("files.getUploadURLExternal", "upload") for fault in ("lost",)]
SHARING = [("files.completeUploadExternal", fault) for fault in ("429", "500", "reset", "lost")]


@pytest.mark.parametrize(("method", "fault"), [*BEFORE, *AFTER, *SHARING])
def test_whatever_breaks_the_picture_stands_once_and_the_words_that_follow_do_not_wait(
    office: Office, method: str, fault: str
) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    office.slack.faults.append((method, fault))
    office.slack.retry_after = 600
    say(office, wang.user)
    say(office, wang.user, "words", Card(text="a word in between"), slot="words")
    assert state(office, "words") == "sent"
    office.pause(minutes=2)
    assert len(shown(wang)) == 1
    assert state(office) == "sent"
    assert len(wang.direct()) == 2


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_a_stalled_step_is_given_up_and_taken_again(
    office: Office, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.pictures.SECONDS", 0.3)
    office.bot.channels["slack"].patience = timedelta(seconds=0.6)
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    office.slack.faults.append((method, "stall"))
    say(office, wang.user)
    office.pause(minutes=2)
    assert (len(shown(wang)), state(office)) == (1, "sent")


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_where_files_stay_broken_the_words_arrive(office: Office, method: str) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    office.slack.faults.extend([(method, "429")] * 20)
    say(office, wang.user)
    for _ in range(6):
        office.pause(minutes=2)
    assert shown(wang) == []
    (said,) = wang.direct()
    assert "Cadence of the team" in said["text"]
    assert picture().alt in said["text"]
    assert state(office) == "sent"


def test_without_the_permission_the_sentence_is_said_and_the_reason_once(office: Office) -> None:
    wang = office.mate("U0WANG", "王芳", "manager")
    office.slack.scopes.discard("files:write")
    for number in range(2):
        chinese = Card(text="跟进", picture=picture(language="zh-CN"))
        say(office, wang.user, f"p{number}", chinese, slot=f"{SLOT}{number}")
    first, second = wang.direct()
    assert picture(language="zh-CN").alt in words(first)
    assert "files:write" in words(first)
    assert "files:write" not in words(second)
    assert picture(language="zh-CN").alt in words(second)
    say(office, wang.user, "words", Card(text="a word"), slot="words")
    assert state(office, "words") == "sent", "the account goes on"


def test_words_in_place_of_a_picture_are_looked_for_before_they_are_said_again(office: Office) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    office.slack.scopes.discard("files:write")
    office.slack.faults.append(("chat.postMessage", "lost"))
    say(office, wang.user)
    office.pause(minutes=2)
    assert len(wang.direct()) == 1


def test_a_picture_that_cannot_be_drawn_is_said(office: Office, easel: Drawn) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    easel.trouble = [None]
    say(office, wang.user)
    assert picture().alt in wang.hears("Cadence of the team")["text"]
    assert (easel.asked, shown(wang), state(office)) == (1, [], "sent")


def test_while_another_picture_is_drawn_this_one_comes_again_without_counting_an_attempt(
    office: Office, easel: Drawn
) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    easel.trouble = [Busy] * 9
    say(office, wang.user)
    for _ in range(12):
        office.pause(seconds=1)
    assert (len(shown(wang)), easel.asked) == (1, 10)


def test_a_picture_said_anew_takes_the_place_of_the_old_one(office: Office, easel: Drawn) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    say(office, wang.user)
    say(office, wang.user, "p2", Card(text="Later", picture=picture("Li Na II")))
    (message,) = shown(wang)
    assert message["text"] == "Later"
    easel.trouble = [None]
    say(office, wang.user, "p3", Card(text="Now in words", picture=picture()))
    wang.hears("Now in words")
    assert state(office, "p3") == "sent"


def test_a_picture_can_stand_in_a_channel_but_a_whisper_and_a_card_with_more_are_words(
    office: Office,
) -> None:
    wang = office.mate("U0WANG", "Wang Fang", "manager")
    say(office, SERVICE)
    assert [len(message["files"]) for message in office.cards] == [1]
    say(office, f"{SERVICE}:{wang.user}", "whisper")
    assert picture().alt in words(wang.whispers()[-1])
    more = Card(text="More", picture=picture(), buttons=(Button(label="List", command="due"),))
    say(office, wang.user, "more", more, slot="more")
    assert picture().alt in words(wang.hears("More"))
    assert shown(wang) == []


def test_a_real_drawing_leaves_the_loop_free(office: Office) -> None:
    """Everything else goes on while the process draws: the loop gets its turns meanwhile."""

    async def beside() -> int:
        drawing = asyncio.create_task(Easel(patience=60).draw(picture()))
        turns = 0
        while not drawing.done():
            await asyncio.sleep(0.001)
            turns += 1
        assert await drawing == png(picture())
        return turns

    assert office.run(beside()) > 20
