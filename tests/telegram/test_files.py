"""Files both ways: what people send is held by its id and shown elsewhere, and what colleagues send is shown here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.files import LARGEST, Files
from bot.channels.port import NotSent, TryLater, WontWork
from bot.pictures.drawing import png
from handlers.cards import Attachment, Button, Card
from storage.messages import Kind, Message
from tests.emulators.telegram import TOKEN
from tests.emulators.telegram_files import Held
from tests.telegram.breaking import breaks
from tests.telegram.stage import Client, Stage
from tests.telegram.test_pictures import picture

JPEG = b"\xff\xd8\xff" + b"picture" * 40
PDF = b"%PDF-1.7 " + b"x" * 400


def facts(stage: Stage) -> dict[str, Any]:
    """Give the body of the newest event."""
    newest = stage.ask(lambda store: store.inbox.newest())
    assert newest is not None
    return dict(newest.body)


def sends(client: Client, kind: str, content: bytes, name: str = "", **more: Any) -> str:
    drawer = client.world.telegram.drawer
    sizes = {"width": 90, "height": 90, "length": 90, "duration": 3}
    id_ = drawer.hold(kind, content, name)
    shown = drawer.described(id_, **sizes)
    small = drawer.described(drawer.hold("photo", b"small"), width=9, height=9)
    sent: dict[str, Any] = {kind: [small, shown] if kind == "photo" else shown}
    client.writes(**sent, **more)
    return id_


SENT = (
    ("photo", "", {"kind": "photo", "label": "photo"}),
    ("video", "", {"kind": "video", "label": "video"}),
    ("video_note", "", {"kind": "video", "label": "video"}),
    ("voice", "", {"kind": "voice", "label": "voice"}),
    ("audio", "song.mp3", {"kind": "audio", "label": "song.mp3", "name": "song.mp3"}),
    ("document", "offer.pdf", {"label": "offer.pdf", "name": "offer.pdf"}),
    ("document", "..\\..//etc/pass\u202ewd\x07.sh", {"label": "passwd.sh", "name": "passwd.sh"}),
)


def test_every_kind_of_file_comes_with_its_id_its_name_and_its_words(stage: Stage) -> None:
    someone = stage.someone()
    for kind, name, wanted in SENT:
        id_ = sends(someone, kind, b"content", name, caption="the pump")
        (file,) = facts(stage)["files"]
        assert file == {"origin": "telegram", "ref": f"4711:{id_}", "size": 7} | wanted
        assert (facts(stage)["text"], facts(stage)["unread"]) == ("the pump", True)
        assert facts(stage)["message"].isdigit()
        assert Attachment.model_validate(file)


def test_an_animation_is_one_file_although_it_is_a_document_too(stage: Stage) -> None:
    drawer = stage.telegram.drawer
    shown = drawer.described(drawer.hold("animation", b"x"), width=1, height=1, duration=1)
    stage.someone().writes(animation=shown, document=shown)
    assert [file["kind"] for file in facts(stage)["files"]] == ["video"]


def test_an_album_of_ten_photos_is_one_request_and_gets_one_answer(stage: Stage) -> None:
    stage.worker("Li Na")
    someone = stage.someone()
    for n in range(10):
        caption = {"caption": "all of these arrived damaged!"} if n == 0 else {}
        sends(someone, "photo", JPEG, media_group_id="77", **caption)
    assert len(stage.tickets()) == 1
    assert [bubble.text for bubble in someone.bubbles if stage.ticket.number in bubble.text] != []
    assert len(someone.bubbles) == 1


def fetch(stage: Stage, ref: str, most: int = LARGEST) -> bytes:
    found: bytes = stage.run(stage.channel.fetch(ref, most))
    return found


def test_a_file_is_fetched_by_its_id_and_by_no_other_account(stage: Stage) -> None:
    id_ = stage.telegram.drawer.hold("document", PDF, "offer.pdf")
    assert fetch(stage, f"4711:{id_}") == PDF
    for ref in (id_, f"99:{id_}", "4711:", "4711:nothing", "", "4711:https://evil.example/x"):
        with pytest.raises(WontWork):
            fetch(stage, ref)


def test_a_file_that_the_server_says_lies_elsewhere_is_not_fetched(stage: Stage) -> None:
    drawer = stage.telegram.drawer
    id_ = drawer.hold("document", PDF)
    for odd in ("/etc/passwd", "http://evil.example/x", "../../bot/getMe", "..", ""):
        drawer.paths[id_] = odd
        with pytest.raises(WontWork):
            fetch(stage, f"4711:{id_}")
    assert all(path.startswith("/file/bot") and ".." not in path for path in drawer.asked), "and no other host"


def test_a_file_is_read_no_further_than_asked(stage: Stage) -> None:
    id_ = stage.telegram.drawer.hold("document", PDF)
    assert fetch(stage, f"4711:{id_}", len(PDF)) == PDF
    with pytest.raises(WontWork, match="large"):
        fetch(stage, f"4711:{id_}", len(PDF) - 1)
    get = stage.telegram.drawer.get
    stage.telegram.drawer.get = lambda params: get(params) | {"file_size": 1}  # type: ignore[method-assign]
    with pytest.raises(WontWork, match="large"):
        fetch(stage, f"4711:{id_}", len(PDF) - 1)


@pytest.mark.parametrize(
    ("fault", "meant"),
    [("slow-down", TryLater), ("reset", NotSent), ("error", NotSent), ("lost-answer", NotSent), ("garbled", NotSent)],
)
def test_a_file_that_cannot_be_had_now_says_what_that_means(stage: Stage, fault: Any, meant: Any) -> None:
    id_ = stage.telegram.drawer.hold("document", PDF)
    with breaks(stage, fault, method="getFile"), pytest.raises(meant) as trouble:
        fetch(stage, f"4711:{id_}")
    assert TOKEN.partition(":")[2] not in str(trouble.value)


class Shelf:
    """Another channel that holds files."""

    name = "shelf"

    def __init__(self) -> None:
        self.held: dict[str, bytes | Exception] = {}

    async def fetch(self, ref: str, most: int) -> bytes:
        found = self.held.get(ref, WontWork("gone", "content"))
        if isinstance(found, Exception):
            raise found
        assert len(found) <= most
        return found

    def file(self, ref: str, content: bytes | Exception, **more: Any) -> Attachment:
        self.held[ref] = content
        return Attachment(origin="shelf", ref=ref, **({"label": ref, "name": ref} | more))


@pytest.fixture
def shelf(stage: Stage) -> Shelf:
    shelf = Shelf()
    files = Files()
    files.held_by([shelf, stage.channel])
    vars(stage.channel._filing)["_files"] = files
    return shelf


def say(stage: Stage, key: str, to: Client, *files: Attachment, **card: Any) -> None:
    kept = Card(files=files, **card).kept()
    stage.say(key, to, **({"text": ""} | kept))
    stage.settle()


def shown(client: Client) -> list[tuple[str, str]]:
    return [(bubble.file.kind if bubble.file else "", bubble.text) for bubble in client.bubbles]


def test_files_stand_below_the_words_as_photos_or_documents(stage: Stage, shelf: Shelf) -> None:
    someone = stage.someone()
    someone.opens()
    files = (
        shelf.file("pump.jpg", JPEG, kind="photo"),
        shelf.file("offer.pdf", PDF),
        shelf.file("chart.png", png(picture()), kind="photo"),
        shelf.file("picture that is none.jpg", PDF, kind="photo"),
    )
    say(stage, "k", someone, *files, text="Here they are", from_person="Li Na")
    assert shown(someone) == [
        ("", "Li Na\nHere they are"),
        ("photo", ""),
        ("document", ""),
        ("photo", ""),
        ("document", ""),
    ]
    assert [b.file.content for b in someone.bubbles if b.file] == [JPEG, PDF, png(picture()), PDF]
    assert stage.state("k") == "sent"


def test_files_alone_need_no_words(stage: Stage, shelf: Shelf) -> None:
    someone = stage.someone()
    someone.opens()
    say(stage, "k", someone, shelf.file("offer.pdf", PDF))
    assert shown(someone) == [("document", "")]


def test_what_lies_at_telegram_is_shown_by_its_id(stage: Stage, shelf: Shelf) -> None:  # noqa: ARG001 - it knows where Telegram keeps its own
    someone, drawer = stage.someone(), stage.telegram.drawer
    someone.opens()
    for kind in ("photo", "video", "voice", "audio"):
        ref = f"4711:{drawer.hold(kind, b'not fetched')}"
        say(stage, kind, someone, Attachment(kind=kind, origin="telegram", ref=ref, label=kind))
    assert [bubble.file for bubble in someone.bubbles] == list(drawer.held.values())
    assert stage.telegram.said("getFile") == []
    offer = Attachment(origin="telegram", ref=f"4711:{drawer.hold('document', PDF)}", label="offer.pdf")
    say(stage, "offer", someone, offer)
    assert someone.bubbles[-1].file == list(drawer.held.values())[-1], "by its id: it was not handed over anew"
    round_one = drawer.hold("video_note", b"round")
    say(stage, "round", someone, Attachment(kind="video", origin="telegram", ref=f"4711:{round_one}", label="Video"))
    assert someone.bubbles[-1].file == Held("document", b"round")


@pytest.mark.parametrize("content", [b"MZ\x90 a program", b"\x7fELF", b"#!/bin/sh\nrm -rf /"])
def test_a_program_goes_to_nobody_wherever_it_lies(stage: Stage, shelf: Shelf, content: bytes) -> None:
    someone = stage.someone()
    someone.opens()
    here = f"4711:{stage.telegram.drawer.hold('document', content, 'invoice.pdf')}"
    files = (shelf.file("offer.pdf", content), Attachment(origin="telegram", ref=here, label="invoice.pdf"))
    say(stage, "k", someone, *files, shelf.file("real.pdf", PDF))
    assert shown(someone) == [("", "📎 offer.pdf"), ("", "📎 invoice.pdf"), ("document", "")]


def test_a_file_that_cannot_be_had_is_said_by_its_label_and_the_rest_follows(stage: Stage, shelf: Shelf) -> None:
    someone = stage.someone()
    someone.opens()
    files = (
        shelf.file("gone.pdf", WontWork("gone", "content")),
        shelf.file("empty.txt", b""),
        shelf.file("huge.zip", b"", size=LARGEST + 1),
        Attachment(origin="nobody", ref="x", label="<b>Voice</b>, 0:12"),
        shelf.file("offer.pdf", PDF),
    )
    say(stage, "k", someone, *files, text="Here")
    assert shown(someone) == [
        ("", "Here"),
        ("", "📎 gone.pdf"),
        ("", "📎 empty.txt"),
        ("", "📎 huge.zip"),
        ("", "📎 <b>Voice</b>, 0:12"),
        ("document", ""),
    ]
    assert stage.state("k") == "sent"


@pytest.mark.parametrize("trouble", [NotSent("away"), OSError("away"), WontWork("token", "auth")])
def test_whoever_holds_a_file_and_does_not_answer_is_asked_a_few_times(
    stage: Stage, shelf: Shelf, trouble: Exception
) -> None:
    someone = stage.someone()
    someone.opens()
    say(stage, "k", someone, shelf.file("offer.pdf", trouble), shelf.file("other.pdf", PDF), text="Here")
    for _ in range(4):
        stage.wait(minutes=4)
    assert shown(someone) == [("", "Here"), ("", "📎 offer.pdf"), ("document", "")]


def test_a_file_that_is_there_in_time_is_shown_and_the_words_are_not_said_again(stage: Stage, shelf: Shelf) -> None:
    someone = stage.someone()
    someone.opens()
    say(stage, "k", someone, shelf.file("offer.pdf", NotSent("away")), text="Here")
    shelf.held["offer.pdf"] = PDF
    stage.wait(minutes=4)
    assert shown(someone) == [("", "Here"), ("document", "")]


def test_a_changed_card_shows_its_files_only_once(stage: Stage, shelf: Shelf) -> None:
    someone = stage.someone()
    someone.opens()
    file, button = shelf.file("offer.pdf", PDF), Button(label="Status", command="status")
    slotted(stage, someone, "a", Card(text="Here", files=(file,)))
    slotted(stage, someone, "b", Card(text="There", files=(file,), buttons=(button,)))
    assert shown(someone) == [("", "There"), ("document", "")]
    slotted(stage, someone, "c", Card(text="There", files=(file, shelf.file("more.pdf", PDF))))
    assert [kind for kind, _ in shown(someone)].count("document") >= 2
    assert stage.state("c") == "sent"


def slotted(stage: Stage, to: Client, key: str, card: Card) -> None:
    message = Message(key=key, channel="telegram", address=str(to.id), card=card.kept(), kind=Kind.CARD, slot="s")
    stage.change(lambda store: store.outbox.say(message, stage.now))
    stage.settle()


def test_fetching_a_file_stops_with_whoever_waits_for_it(stage: Stage) -> None:
    id_ = stage.telegram.drawer.hold("document", PDF)
    with breaks(stage, "stall", method="getFile"), pytest.raises(TimeoutError):
        stage.run(asyncio.wait_for(stage.channel.fetch(f"4711:{id_}", LARGEST), 0.3))
