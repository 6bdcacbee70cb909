"""Files both ways: a customer's stand in the ticket's thread, a colleague's are kept by id; each once, or by its name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.files import LARGEST
from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.slack.channel import SlackChannel
from handlers.cards import Attachment, Card
from storage.messages import Kind, Message
from tests.emulators.slack_rules import Piece
from tests.slack.office import SERVICE, Office, words
from tests.slack.test_scenes import a_complaint

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 100


def attachment(ref: str = "p1", **more: Any) -> Attachment:
    return Attachment(
        **{"kind": "photo", "origin": "album", "ref": ref, "label": "damage.png", "name": "damage.png", **more}
    )


def say(office: Office, card: Card, key: str = "k1", to: str = SERVICE, **how: Any) -> None:
    message = Message(key=key, channel="slack", address=to, card=card.kept(), kind=Kind.CARD, **{"slot": "s", **how})
    office.change(lambda store: store.outbox.say(message, office.now))
    office.settle()


def state(office: Office, key: str = "k1") -> str:
    found = office.ask(lambda store: store.outbox.get(key))
    assert found is not None
    return found.state


def shared(messages: list[Piece]) -> list[str]:
    return [file["name"] for message in messages for file in message.get("files") or []]


def test_a_customers_files_stand_below_the_card_in_their_order(office: Office) -> None:
    office.album.files = {"p1": PNG, "p2": b"%PDF-1.7 bill"}
    files = (attachment(), attachment("p2", kind="document", label="bill", name="../../etc/bill.pdf"))
    say(office, Card(title="T-1", files=files))
    (card,) = office.cards
    assert "T-1" in words(card)
    assert shared(office.thread(card)) == ["damage.png", "bill.pdf"]
    assert [file.body for file in office.slack.files.values()] == [PNG, b"%PDF-1.7 bill"]
    assert state(office) == "sent"


def test_a_file_below_words_in_a_thread_stands_in_that_thread_and_in_direct_messages_below(office: Office) -> None:
    office.album.files = {"p1": PNG}
    li = office.mate("U0LI", "Li Na")
    say(office, Card(text="card"), "top", slot="top")
    say(office, Card(text="Chen Wei: look", files=(attachment(),)), "k2", slot="k2", thread="top")
    (card,) = office.cards
    assert shared(office.thread(card)) == ["damage.png"]
    say(office, Card(text="for you", files=(attachment(),)), "k3", to=li.user, slot="k3")
    assert shared(li.direct()) == ["damage.png"]
    say(office, Card(files=(attachment(),)), "k4", to=li.user, slot="k4")
    assert len(li.direct()) == 3, "a card of nothing but a file has no words"


def test_a_whisper_and_a_home_name_files(office: Office) -> None:
    li = office.mate("U0LI", "Li Na")
    say(office, Card(text="see", files=(attachment(),)), to=f"{SERVICE}:{li.user}")
    assert "📎 damage.png" in words(li.whispers()[-1])
    assert office.album.asked == []


@pytest.mark.parametrize(
    "trouble", [WontWork("gone", "content"), WontWork("token", "auth"), NotSent("away"), TryLater(timedelta(hours=2))]
)
def test_a_file_that_cannot_be_had_is_named_and_holds_nothing_up(office: Office, trouble: Exception) -> None:
    office.album.files = {"p1": PNG, "p2": PNG}
    office.album.trouble = [trouble] * 3
    say(office, Card(title="T-1", files=(attachment(), attachment("p2", label="b.png", name="b.png"))))
    say(office, Card(text="a word in between"), "words", slot="words")
    assert state(office, "words") == "sent"
    for _ in range(3):
        office.pause(minutes=2)
    card = next(card for card in office.cards if "T-1" in words(card))
    below = office.thread(card)
    assert "📎 damage.png" in words(below[0])
    assert state(office) == "sent"


@pytest.mark.parametrize(
    ("content", "size"), [(PNG, LARGEST + 1), (b"MZ\x90 a program", None), (b"", None), (b"#!/bin/sh\nrm -rf /", None)]
)
def test_what_is_too_large_empty_or_a_program_is_named(office: Office, content: bytes, size: int | None) -> None:
    office.album.files = {"p1": content}
    say(office, Card(title="T-1", files=(attachment(size=size),)))
    (card,) = office.cards
    assert "📎 damage.png" in words(office.thread(card)[0])
    assert office.slack.files == {}


UPLOADING = [(m, f) for m in ("files.getUploadURLExternal", "upload") for f in ("429", "500", "reset", "lost")]
SHARING = [("files.completeUploadExternal", fault) for fault in ("429", "500", "reset", "lost")]


@pytest.mark.parametrize(("method", "fault"), [*UPLOADING, *SHARING, ("chat.postMessage", "lost")])
def test_whatever_breaks_words_and_file_stand_once(office: Office, method: str, fault: str) -> None:
    office.album.files = {"p1": PNG}
    office.slack.faults.append((method, fault))
    say(office, Card(title="T-1", files=(attachment(),)))
    office.pause(minutes=2)
    (card,) = office.cards
    assert (shared(office.thread(card)), state(office)) == (["damage.png"], "sent")


def test_without_the_permission_files_are_named_and_the_account_goes_on(office: Office) -> None:
    office.album.files = {"p1": PNG}
    office.slack.scopes.discard("files:write")
    say(office, Card(title="T-1", files=(attachment(),)))
    (card,) = office.cards
    assert "📎 damage.png" in words(office.thread(card)[0])
    say(office, Card(text="a word"), "words", slot="words")
    assert state(office, "words") == "sent"


def test_an_edited_card_shows_only_files_that_are_new(office: Office) -> None:
    office.album.files = {"p1": PNG, "p2": PNG}
    say(office, Card(title="New", files=(attachment(),)))
    say(office, Card(title="Won", files=(attachment(), attachment("p2", name="b.png"))), "k2")
    (card,) = office.cards
    assert "Won" in words(card)
    assert shared(office.thread(card)) == ["damage.png", "b.png"]


def heard(office: Office) -> list[Any]:
    """Give what the last event of words carries."""
    newest = office.ask(lambda store: store.inbox.newest())
    assert newest is not None
    assert newest.kind == "words"
    return list(newest.body.get("files") or [])


def test_a_colleagues_files_in_a_thread_are_kept_by_their_ids_with_the_words(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    files = [office.slack.uploaded("../quote\u202e.pdf", b"%PDF", "application/pdf"), office.slack.uploaded("", PNG)]
    files.append({"id": "F9", "mode": "tombstone"})
    li.replies(card, "the quote", subtype="file_share", files=files)
    first, second = heard(office)
    assert (first["ref"], first["origin"], first["label"]) == (files[0]["id"], "slack", "quote.pdf")
    assert (second["kind"], second["label"]) == ("photo", "photo")
    assert first.keys() <= {"ref", "origin", "label", "name", "size"}, "no address is kept"


def fetched(office: Office, ref: str, most: int = LARGEST) -> bytes:
    channel = office.bot.channels["slack"]
    assert isinstance(channel, SlackChannel)
    return office.run(channel.fetch(ref, most))


def test_a_colleagues_file_is_fetched_from_slacks_own_house_alone(office: Office) -> None:
    ours = office.slack.uploaded("a.png", PNG)
    assert fetched(office, ours["id"]) == PNG
    for elsewhere in ("https://evil.example/a.png", "http://files.slack.com/a", "https://slack.com.evil.example/", ""):
        foreign = office.slack.uploaded("a.png", PNG, elsewhere=elsewhere or "file:///etc/passwd")
        with pytest.raises(WontWork):
            fetched(office, foreign["id"])
    assert len([call for call in office.slack.calls if call.method == "download"]) == 1


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (("files.info", "file_not_found"), WontWork),
        (("files.info", "token_revoked"), WontWork),
        (("files.info", "429"), TryLater),
        (("files.info", "500"), NotSent),
        (("files.info", "reset"), NotSent),
        (("download", "reset"), NotSent),
        (("download", "500"), NotSent),
        (("download", "404"), WontWork),
    ],
)
def test_a_file_that_slack_does_not_give_never_speaks_against_another_channel(
    office: Office, fault: tuple[str, str], raised: type[Exception]
) -> None:
    ours = office.slack.uploaded("a.png", PNG)
    office.slack.faults += [fault] * 3  # the library asks again by itself where a line broke
    with pytest.raises(raised) as failure:
        fetched(office, ours["id"])
    assert getattr(failure.value, "kind", "content") == "content"


def test_a_file_too_large_or_behind_a_sign_in_page_is_not_taken(office: Office) -> None:
    ours = office.slack.uploaded("a.png", PNG)
    with pytest.raises(WontWork):
        fetched(office, ours["id"], most=10)
    office.slack.scopes.discard("files:read")
    with pytest.raises(WontWork):
        fetched(office, ours["id"])
