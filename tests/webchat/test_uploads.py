"""Files in the web chat: kept sealed, sent with words, handed out to whoever's chat shows them, never to be run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.magic import bare_name, kind_of
from bot.channels.port import WontWork
from bot.channels.webchat import files as webchat_files
from storage.uploads import upload_parts
from tests.webchat.conftest import Browser, House

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x01secret picture" * 100
HTML = b"<script>alert(1)</script>"


def _hands(ada: Browser, content: bytes = PNG, name: str = "pump.png") -> dict[str, str]:
    answer = ada.post("/webchat/files", content=content, params={"name": name})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def _sends(ada: Browser, *ids: str, text: str = "Look") -> int:
    answer = ada.post("/webchat/messages", {"id": "m1", "text": text, "files": list(ids)})
    ada.house.settle()
    return answer.status_code


def test_a_picture_is_sent_with_words_and_comes_back_as_it_was(house: House) -> None:
    ada = house.browser().comes_in()
    file = _hands(ada)
    assert (file["kind"], file["name"]) == ("photo", "pump.png")
    assert _sends(ada, file["id"]) == 202
    line = ada.get("/webchat/posts").json()["posts"][0]
    assert line["card"]["files"] == [{"kind": "photo", "label": "pump.png", "size": len(PNG), "place": 0}]
    answer = ada.get(f"/webchat/files/{line['slot']}/0")
    assert answer.content == PNG
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''pump.png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_file_needs_no_words(house: House) -> None:
    ada = house.browser().comes_in()
    assert _sends(ada, _hands(ada)["id"], text="") == 202


def test_a_file_of_several_parts_is_whole_and_lies_sealed(house: House) -> None:
    ada = house.browser().comes_in()
    content = PNG + bytes(range(256)) * 6000
    _sends(ada, _hands(ada, content)["id"])
    slot = ada.get("/webchat/posts").json()["posts"][0]["slot"]
    assert ada.get(f"/webchat/files/{slot}/0").content == content
    with house.bot.database.reading() as connection:
        parts = list(connection.execute(select(upload_parts.c.sealed)).scalars())
    assert len(parts) == 3
    assert not any(b"secret picture" in part for part in parts)


def test_nobody_sends_or_reads_anothers_file(house: House) -> None:
    ada, eve = house.browser().comes_in(), house.browser().comes_in()
    file = _hands(ada)
    before = house.stored()
    assert _sends(eve, file["id"]) == 422
    assert house.stored() == before
    _sends(ada, file["id"])
    slot = ada.get("/webchat/posts").json()["posts"][0]["slot"]
    assert eve.get(f"/webchat/files/{slot}/0").status_code == 404
    assert house.browser().get(f"/webchat/files/{slot}/0").status_code == 401


@pytest.mark.parametrize(("name", "content"), [("x.html", HTML), ("x.svg", b"<svg onload=alert(1)>"), ("x.txt", b"a")])
def test_what_a_browser_might_run_is_handed_out_without_a_type(house: House, name: str, content: bytes) -> None:
    ada = house.browser().comes_in()
    _sends(ada, _hands(ada, content, name)["id"])
    slot = ada.get("/webchat/posts").json()["posts"][0]["slot"]
    answer = ada.get(f"/webchat/files/{slot}/0")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "status"), [(b"", 422), (b"MZ\x90\x00", 415), (b"\x7fELF", 415), (b"#!/bin/sh", 415)]
)
def test_programs_and_nothing_are_refused(house: House, content: bytes, status: int) -> None:
    assert house.browser().comes_in().post("/webchat/files", content=content).status_code == status


def test_a_file_over_the_limit_and_a_days_worth_are_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = house.browser().comes_in()
    monkeypatch.setattr(webchat_files, "LARGEST_UPLOAD", len(PNG))
    assert ada.post("/webchat/files", content=PNG + b"x").status_code == 413
    monkeypatch.setattr(webchat_files, "A_DAY", len(PNG))
    _hands(ada)
    assert ada.post("/webchat/files", content=PNG).status_code == 429


def test_so_many_files_a_minute_and_no_more(house: House) -> None:
    ada = house.browser().comes_in()
    answers = [ada.post("/webchat/files", content=b"hello").status_code for _ in range(21)]
    assert answers == [201] * 20 + [429]


def test_a_file_that_was_never_sent_is_forgotten_and_one_that_was_is_kept(house: House) -> None:
    ada = house.browser().comes_in()
    sent, unsent = _hands(ada), _hands(ada, name="other.png")
    _sends(ada, sent["id"])
    later = house.bot.clock.now() + timedelta(days=2)
    house.runner.run(house.bot.writer.do(lambda store: store.uploads.forget(later)))
    web = house.bot.channels["web"]
    fetch = web.fetch  # type: ignore[attr-defined]
    assert house.runner.run(fetch(sent["id"], 10**6)) == PNG
    with pytest.raises(WontWork):
        house.runner.run(fetch(unsent["id"], 10**6))


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\me\\a.png", "a.png"),
    ("a\x00b\n.png", "ab.png"),
    ("gpj.\u202eexe", "gpj.exe"),
    ("...", "photo"),
    ("", "photo"),
    ("水泵.jpg", "水泵.jpg"),
]


@pytest.mark.parametrize(("said", "bare"), NAMES)
def test_a_name_is_bare(said: str, bare: str) -> None:
    assert bare_name(said, "photo") == bare


def test_a_long_name_keeps_its_ending() -> None:
    assert bare_name("x" * 500 + ".pdf", "file").endswith("x.pdf")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "photo"), (b"\xff\xd8\xff\xe0", "photo"), (b"%PDF-1.7", "document"), (b"OggS", "audio"), (b"", "document"),
     (b"\x00\x00\x00\x18ftypmp42", "video"), (HTML, "document")],
)  # fmt: skip
def test_a_file_is_what_its_first_bytes_say(content: bytes, kind: str) -> None:
    assert kind_of(content)[0] == kind
