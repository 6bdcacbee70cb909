"""The crypto of WeCom's callbacks: AES-256-CBC with the key's own start as vector, padded to 32, signed with SHA-1.

Source: developer.work.weixin.qq.com/document/path/96466 (加解密方案说明).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

AES_KEY: Final = re.compile(r"[A-Za-z0-9]{43}")
BLOCK: Final = 32
"""Padding fills up to so many bytes, twice AES's own block."""
SALT: Final = 16
LENGTH: Final = 4


class Forged(Exception):
    """It is not from WeCom, or not for us; nothing in it may be believed."""


@dataclass(frozen=True)
class Crypt:
    """What one callback address is protected by; `receive_id` is whom it is for, the company's id for its own apps."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    receive_id: str

    def __post_init__(self) -> None:
        if not AES_KEY.fullmatch(self.aes_key):
            raise ValueError("an EncodingAESKey has 43 letters and digits")

    @cached_property
    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(self.aes_key + "=")  # the last sign's spare bits are ignored, as WeCom's own code does
        return Cipher(algorithms.AES256(key), modes.CBC(key[:16]))

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        parts = "".join(sorted((self.token, timestamp, nonce, encrypted)))
        return hashlib.sha1(parts.encode(), usedforsecurity=False).hexdigest()

    def check(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Make sure that whoever wrote this knows the token.

        Raises:
            Forged: they do not.
        """
        expected = self.sign(timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), signature.encode(errors="replace")):
            raise Forged("signature")

    def decrypt(self, encrypted: str) -> bytes:
        """Open what was encrypted for us.

        Raises:
            Forged: it was not, or somebody changed it.
        """
        padded = self._opened(encrypted)
        filled = padded[-1] if padded else 0
        if not 1 <= filled <= BLOCK or padded[-filled:] != bytes([filled]) * filled:
            raise Forged("padding")
        plain = padded[SALT:-filled]
        end = LENGTH + int.from_bytes(plain[:LENGTH], "big")
        if not LENGTH <= end <= len(plain):
            raise Forged("length")
        if not hmac.compare_digest(plain[end:], self.receive_id.encode()):
            raise Forged("receiver")
        return plain[LENGTH:end]

    def _opened(self, encrypted: str) -> bytes:
        try:
            sealed = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Forged("not base64") from error
        if not sealed or len(sealed) % BLOCK:
            raise Forged("not whole blocks")
        decryptor = self._cipher.decryptor()
        return decryptor.update(sealed) + decryptor.finalize()

    def encrypt(self, words: bytes) -> str:
        """Seal something as WeCom does; the same words never look the same."""
        plain = os.urandom(SALT) + len(words).to_bytes(LENGTH, "big") + words + self.receive_id.encode()
        filling = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes([filling]) * filling) + encryptor.finalize()
        return base64.b64encode(sealed).decode()
