"""The crypto of callbacks against the documentation's own examples, two other implementations, and forgers."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.work.crypto import WeChatCrypto  # type: ignore[import-untyped]

from bot.channels.wecom.crypto import Crypt, Forged
from tests.emulators.wecom_crypt import Sealing, envelope

# the examples of the documentation (加解密方案说明, sample code of the library that it offers)
OFFICIAL = Crypt("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
MESSAGE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)
ELSEWHERE = json.loads(Path(__file__).with_name("sealed_elsewhere.json").read_text("utf-8"))["rows"]
"""Sealed once with @wecom/crypto 1.0.1 (MIT), WeCom's own package for Node, with the token and key of the emulator."""
OURS = Crypt(Sealing.token, Sealing.aes_key, Sealing.receiver)
THEIRS = WeChatCrypto(Sealing.token, Sealing.aes_key, Sealing.receiver)


def test_the_documentations_echo_is_read() -> None:
    OFFICIAL.check("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", ECHO)
    assert OFFICIAL.decrypt(ECHO) == b"1616140317555161061"


def test_the_documentations_message_is_read() -> None:
    OFFICIAL.check("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", MESSAGE)
    plain = OFFICIAL.decrypt(MESSAGE).decode()
    assert "<Content><![CDATA[hello]]></Content>" in plain
    assert "<MsgId>4561255354251345929</MsgId>" in plain


@given(st.text(max_size=200))
def test_what_one_implementation_seals_every_other_opens(words: str) -> None:
    for sealed in (OURS.encrypt(words.encode()), Sealing().seal(words)):
        assert OURS.decrypt(sealed) == words.encode()
        signature = OURS.sign("1", "2", sealed)
        assert signature == Sealing().sign("1", "2", sealed)
        opened = THEIRS.decrypt_message(envelope(sealed), signature, "1", "2")
        assert (opened if isinstance(opened, bytes) else str(opened).encode()) == words.encode()


@pytest.mark.parametrize("row", ELSEWHERE, ids=lambda row: str(row["words"])[:12])
def test_what_wecoms_own_package_seals_is_read_and_what_we_seal_is_the_same_to_the_byte(
    row: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    OURS.check(row["signature"], row["timestamp"], row["nonce"], row["sealed"])
    assert OURS.decrypt(row["sealed"]) == row["words"].encode()
    monkeypatch.setattr("os.urandom", lambda _: bytes.fromhex(row["random"]))
    assert OURS.encrypt(row["words"].encode()) == row["sealed"]


@pytest.mark.parametrize("length", range(33))
def test_every_length_of_the_padding_is_read(length: int) -> None:
    assert OURS.decrypt(Sealing().seal("x" * length)) == b"x" * length


def test_the_same_words_never_look_the_same() -> None:
    assert OURS.encrypt(b"words") != OURS.encrypt(b"words")


def test_another_signature_is_forged() -> None:
    signature = OURS.sign("1", "2", ECHO)
    OURS.check(signature, "1", "2", ECHO)
    for forged in ("", signature[:-1], signature[:-1] + "x", signature.upper() + " ", "ü" * 40):
        with pytest.raises(Forged):
            OURS.check(forged, "1", "2", ECHO)
    with pytest.raises(Forged):
        OURS.check(signature, "1", "3", ECHO)


@pytest.mark.parametrize("filled", [0, 33, 255])
def test_a_padding_that_nobody_writes_is_forged(filled: int) -> None:
    with pytest.raises(Forged):
        OURS.decrypt(Sealing().seal("x" * 40, filled=filled))


def test_a_padding_of_more_than_a_block_is_forged() -> None:
    plain = b"x" * 16 + (4).to_bytes(4, "big") + b"word" + Sealing.receiver.encode()
    filling = 64 - len(plain) % 32
    encryptor = OURS._cipher.encryptor()
    sealed = encryptor.update(plain + bytes([filling]) * filling) + encryptor.finalize()
    with pytest.raises(Forged, match="padding"):
        OURS.decrypt(base64.b64encode(sealed).decode())


def test_what_is_for_another_company_is_forged() -> None:
    with pytest.raises(Forged, match="receiver"):
        OURS.decrypt(Sealing(receiver="wwsomebodyelse").seal("words"))


def test_what_is_not_whole_is_forged() -> None:
    sealed = base64.b64decode(Sealing().seal("words" * 30))
    for part in (b"", sealed[:-1], sealed[:32], sealed[32:], sealed[:-32]):
        with pytest.raises(Forged):
            OURS.decrypt(base64.b64encode(part).decode())
    for junk in ("", "====", "no base64!", "ü", "A" * 31):
        with pytest.raises(Forged):
            OURS.decrypt(junk)


def test_a_key_that_is_none_is_refused_when_it_is_set() -> None:
    for key in ("", "x" * 42, "x" * 44, "x" * 42 + "="):
        with pytest.raises(ValueError, match="43"):
            Crypt("token", key, "corp")
    assert "token" not in repr(OURS)
    assert Sealing.aes_key not in repr(OURS)
