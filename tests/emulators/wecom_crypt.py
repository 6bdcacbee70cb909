"""WeCom's side of the callback crypto, written from its documentation and apart from ours (document/path/96466)."""

from __future__ import annotations

import base64
import hashlib
import secrets
import struct
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

CORP, TOKEN, AES_KEY = "wwemulated0corp01", "EmulatedToken9", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@dataclass(frozen=True)
class Sealing:
    """The token and key of one callback address, as the admin console shows them."""

    token: str = TOKEN
    aes_key: str = AES_KEY
    receiver: str = CORP

    def seal(self, words: str, *, filled: int | None = None) -> str:
        """Encrypt as WeCom does: 16 random bytes, length in network order, words, receiver, PKCS#7 to 32."""
        body = words.encode()
        plain = secrets.token_bytes(16) + struct.pack(">I", len(body)) + body + self.receiver.encode()
        padder = PKCS7(32 * 8).padder()
        padded = padder.update(plain) + padder.finalize()
        if filled is not None:
            padded = padded[:-1] + bytes([filled])
        key = base64.b64decode(self.aes_key + "=")
        encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        return hashlib.sha1("".join(sorted([self.token, timestamp, nonce, sealed])).encode()).hexdigest()  # noqa: S324 - WeCom's own choice


def envelope(sealed: str, receiver: str = CORP, agent: str = "1000002") -> str:
    """Give the outer XML of a callback."""
    return (
        f"<xml><ToUserName><![CDATA[{receiver}]]></ToUserName><AgentID><![CDATA[{agent}]]></AgentID>"
        f"<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    )


def xml(**elements: object) -> str:
    """Give the inner XML; a dictionary becomes an element with elements."""
    return f"<xml>{_inside(elements)}</xml>"


def _inside(elements: dict[str, object]) -> str:
    parts = []
    for name, value in elements.items():
        inner = _inside(value) if isinstance(value, dict) else escape(str(value))
        parts.append(f"<{name}>{inner}</{name}>")
    return "".join(parts)
