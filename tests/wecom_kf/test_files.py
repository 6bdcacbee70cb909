"""Files of colleagues in WeChat: shown as what they are by their own bytes, or named, and nothing else is held up."""

from __future__ import annotations

from bot.channels.port import WontWork
from storage.messages import Kind, Message
from tests.wecom_kf.stage import Stage

PNG = b"\x89PNG\r\n\x1a\n what a customer sees"


class Shelf:
    """A channel that holds files."""

    name = "shelf"

    async def fetch(self, ref: str, _most: int) -> bytes:
        if ref == "gone":
            raise WontWork("no such file", "content")
        return {"picture": PNG, "program": b"MZ\x90 a program"}.get(ref, b"%PDF-1.7 an offer")


def _file(ref: str, label: str) -> dict[str, str]:
    return {"origin": "shelf", "ref": ref, "label": label, "name": label}


def test_files_follow_the_words_and_one_that_cannot_be_had_is_named(stage: Stage) -> None:
    stage.files.held_by([Shelf()])
    chen = stage.someone()
    chen.writes("/status")
    files = [_file("picture", "pump.png"), _file("gone", "old.zip"), _file("offer", "offer.pdf")]
    card = {"text": "请看附件", "from_person": "李娜", "files": files}
    message = Message(key="m", channel="wecom-kf", address=chen.address, card=card, kind=Kind.REPLY, receipt=True)
    stage.change(lambda store: store.outbox.say(message, stage.now))
    stage.settle()
    said = [(shown.kind, shown.text) for shown in chen.shown[1:]]
    assert said == [
        ("text", "【李娜】\n请看附件"),
        ("image", "pump.png"),
        ("text", "📎 old.zip"),
        ("file", "offer.pdf"),
    ]
    assert chen.shown[2].media == PNG
    assert stage.state("m") == "sent"


def test_a_program_is_named_and_goes_to_no_customer(stage: Stage) -> None:
    stage.files.held_by([Shelf()])
    chen = stage.someone()
    chen.writes("/status")
    card = {"text": "请看附件", "files": [_file("program", "price.pdf")]}
    message = Message(key="m", channel="wecom-kf", address=chen.address, card=card, kind=Kind.REPLY)
    stage.change(lambda store: store.outbox.say(message, stage.now))
    stage.settle()
    assert [(shown.kind, shown.text) for shown in chen.shown[1:]] == [("text", "请看附件"), ("text", "📎 price.pdf")]
