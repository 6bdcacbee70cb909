"""Files in the emulated workspace: an address for the bytes, the bytes, and only then the sharing; each step once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.emulators.slack_rules import Piece

if TYPE_CHECKING:
    from tests.emulators.slack import SlackEmulator

LONGEST_COMMENT = 4000
BOT_USER, BOT_ID = "U0BOT", "B0BOT"
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class File:
    """One file on its way: asked for, then full, then shared."""

    id: str
    name: str
    length: int
    alt: str = ""
    body: bytes = b""
    shared: bool = False
    mimetype: str = "image/png"
    elsewhere: str = ""


def asked_for(slack: SlackEmulator, args: Piece) -> Piece | str:
    """Give an address for bytes, or the code of a refusal."""
    length = str(args.get("length") or "")
    if not args.get("filename") or not length.isdigit() or not int(length):
        return "invalid_arguments"
    if len(str(args.get("alt_txt") or "")) > 1000:
        return "alt_txt_too_large"
    id_ = f"F{next(slack._count):08d}"
    slack.files[id_] = File(id_, str(args["filename"]), int(length), str(args.get("alt_txt") or ""))
    return {"upload_url": f"http://127.0.0.1:{slack.port}/upload/{id_}", "file_id": id_}


def filled(slack: SlackEmulator, id_: str, body: bytes) -> int:
    """Take the bytes once, if there are as many as announced; give the status of the answer."""
    file = slack.files.get(id_)
    if file is None or file.body:
        return 404
    if len(body) != file.length or (file.name.endswith(".png") and not body.startswith(PNG)):
        return 400
    file.body = body
    return 200


def shared(slack: SlackEmulator, args: Piece) -> Piece | str:
    """Share files that have arrived; the answer names no message, as the platform shares in its own time."""
    wanted = json.loads(args["files"]) if isinstance(args.get("files"), str) else args.get("files") or []
    files = [slack.files.get(str(one.get("id"))) for one in wanted]
    if not files:
        return "invalid_arguments"
    if any(file is None or not file.body or file.shared for file in files):
        return "file_not_found"
    talk = slack.talks.get(str(args.get("channel_id")))
    if talk is None:
        return "channel_not_found"
    talk.refuse_strangers()
    thread = args.get("thread_ts")
    if thread and not any(message["ts"] == thread for message in talk.messages):
        return "invalid_thread_ts"
    if len(str(args.get("initial_comment") or "")) > LONGEST_COMMENT:
        return "msg_too_long"
    shown = []
    for file, one in zip(files, wanted, strict=True):
        assert file is not None
        file.shared = True
        shown.append({"id": file.id, "name": file.name, "title": one.get("title"), "alt_txt": file.alt})
    message = {"ts": slack.next_ts(), "text": args.get("initial_comment") or "", "files": shown, "upload": True}
    by_us = {"user": BOT_USER, "bot_id": BOT_ID}
    talk.messages.append(message | by_us | ({"thread_ts": thread} if thread else {}))
    return {"files": [{"id": one["id"], "title": one["title"]} for one in shown]}


def told(slack: SlackEmulator, args: Piece) -> Piece | str:
    """Tell of a file where its bytes are; `elsewhere` is another house than Slack's, as for files of other services."""
    file = slack.files.get(str(args.get("file")))
    if file is None:
        return "file_not_found"
    address = file.elsewhere or f"http://127.0.0.1:{slack.port}/files-pri/{file.id}"
    about = {"id": file.id, "name": file.name, "size": file.length, "mimetype": file.mimetype}
    return {"file": {**about, "url_private": address, "url_private_download": address}}


def deleted(slack: SlackEmulator, args: Piece) -> Piece | str:
    if slack.files.pop(str(args.get("file")), None) is None:
        return "file_not_found"
    for talk in slack.talks.values():
        talk.messages = [
            m for m in talk.messages if all(f["id"] != args["file"] for f in m.get("files") or [{"id": ""}])
        ]
    return {}
