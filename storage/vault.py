"""Encryption at rest: sealed columns, a blind index for exact look-up, and hashed bigrams for part of a name."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import TypeCoerce
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID_BYTES = 4


class BadKey(ValueError):
    """The encryption key is missing, malformed, or not the one the data was sealed with."""


@dataclass(frozen=True)
class _Key:
    mark: bytes
    cipher: AESGCM
    index: bytes


def new_key() -> str:
    """Make a key: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def _read_key(text: str) -> _Key:
    try:
        raw = base64.urlsafe_b64decode(text.strip())
    except ValueError as error:
        raise BadKey("not URL-safe base64") from error
    if len(raw) != KEY_BYTES:
        raise BadKey(f"{len(raw)} bytes instead of {KEY_BYTES}")
    index = hashlib.sha256(b"blind index" + raw).digest()
    return _Key(hashlib.sha256(raw).digest()[:KEY_ID_BYTES], AESGCM(raw), index)


class Vault:
    """Seals with the newest key and opens with any it was given; the blind index stays with the oldest key."""

    def __init__(self) -> None:
        self._keys: dict[bytes, _Key] = {}
        self._newest: _Key | None = None
        self._index = b""

    def use(self, keys: str) -> None:
        """Take the keys in force, newest first, separated by commas.

        Raises:
            BadKey: a key is malformed or none is given.
        """
        found = [_read_key(part) for part in keys.split(",") if part.strip()]
        if not found:
            raise BadKey("no key")
        self._keys = {key.mark: key for key in found}
        self._newest, self._index = found[0], found[-1].index

    def seal(self, plain: bytes) -> bytes:
        if self._newest is None:
            raise BadKey("no key")
        nonce = os.urandom(NONCE_BYTES)
        return self._newest.mark + nonce + self._newest.cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        key = self._keys.get(sealed[:KEY_ID_BYTES])
        if key is None:
            raise BadKey("sealed with a key that is not here")
        nonce = sealed[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
        try:
            return key.cipher.decrypt(nonce, sealed[KEY_ID_BYTES + NONCE_BYTES :], None)
        except InvalidTag as error:
            raise BadKey("the sealed value was changed") from error

    def open_json(self, sealed: bytes) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(self.open(sealed))
        return opened

    def blind(self, value: str) -> str:
        """Give the keyed hash by which an exact value is found without opening anything."""
        return hmac.new(self._index, value.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]

    def bigrams(self, value: str) -> set[str]:
        """Give keyed hashes of every two neighbouring characters: they find part of a name, in any script."""
        folded = "".join(unicodedata.normalize("NFKC", value).casefold().split())
        return {self.blind(f"2:{folded[i : i + 2]}")[:12] for i in range(len(folded) - 1)}


vault = Vault()
"""The one key ring of this process: one deployment serves one company."""


def unopened(column: Column[Any]) -> TypeCoerce[bytes]:
    """Read a sealed column as it lies there, where one row that cannot be opened must not spoil the others."""
    return type_coerce(column, LargeBinary)


class Sealed(TypeDecorator[str]):
    """A text column that is encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else vault.seal(value.encode("utf-8", "replace"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else vault.open(value).decode()


class SealedJson(TypeDecorator[dict[str, Any]]):
    """A JSON column that is encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return vault.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else vault.open_json(value)
