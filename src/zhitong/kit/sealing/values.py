"""Sealing one value for its place, opening it there, and the keyed digest by which an exact value is found."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import ciphers
from cryptography.hazmat.primitives.ciphers import aead, algorithms, modes

from zhitong.kit.sealing.ring import Cipher, Key, KeysUnusable, Ring, ring, seals_now
from zhitong.kit.trouble import Trouble

MARK = "~z1."
"""How every sealed value begins: no number or name does."""
_NONCE, _TAG = 12, 16


class NotGenuine(Trouble):
    """A sealed value was altered, or was sealed for another row or column, or under another key of the same id."""


class Stored(str):
    """A value as the column keeps it, sealed."""

    __slots__ = ()


def is_sealed(text: str) -> bool:
    """Whether a kept value is a sealed one."""
    return text.startswith(MARK)


def key_of(text: str) -> str:
    """The id of the key under which a value is sealed; empty where it is not sealed."""
    return text[len(MARK):].partition(".")[0] if is_sealed(text) else ""


def place(table: str, column: str, row: Any) -> str:
    """What a value is bound to: a sealed value copied to any other place does not open there."""
    return f"{table}.{column}:{row}"


def seal(text: str, at: str, keys: Ring | None = None) -> str:
    """A value sealed for its place; the empty text stays empty, for that something is not known is no secret.

    While sealing is held (`ring.seals_now`) the value is given back as it stands.
    """
    if not text or not seals_now():
        return text
    key = (keys or ring()).sealing
    nonce = os.urandom(_NONCE)
    sealed = nonce + _encrypt(key, nonce, text.encode(), at.encode())
    return f"{MARK}{key.id}.{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def opened(text: str, at: str, keys: Ring | None = None) -> str:
    """The value that was sealed for a place; one that is not sealed is given back as it stands.

    Raises KeysUnusable: its key is not on the ring. Raises NotGenuine: it is not what was sealed for this place.
    """
    if not is_sealed(text):
        return str(text)
    number, _, encoded = text[len(MARK):].partition(".")
    key = (keys or ring()).opening.get(number)
    if key is None:
        raise KeysUnusable(
            f"字段加密的密钥 {number} 不在密钥文件里，用它加密的内容读不出来。"
            "请把原来的密钥文件放回，再运行 zhitong keys status 查看。"
        )
    try:
        sealed = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        return _decrypt(key, sealed, at.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise NotGenuine(
            f"{at.partition(':')[0]} 中有一项加密内容与所在的行不符，或密钥 {number} 不是原来的那一个；没有显示。"
            "请联系系统管理员运行 zhitong keys status。"
        ) from error


def digest(text: str, column: str, keys: Ring | None = None) -> str:
    """The keyed digest of a value in one column: equal values have equal ones, and without the key nobody can try numbers."""
    if not text:
        return ""
    said = f"{column}|{text.strip()}".encode()
    return hmac.new((keys or ring()).search, said, hashlib.sha256).hexdigest()


def _encrypt(key: Key, nonce: bytes, text: bytes, at: bytes) -> bytes:
    if key.cipher == Cipher.AES.value:
        return aead.AESGCM(key.secret).encrypt(nonce, text, at)
    machine = ciphers.Cipher(algorithms.SM4(key.secret), modes.GCM(nonce)).encryptor()
    machine.authenticate_additional_data(at)
    return machine.update(text) + machine.finalize() + machine.tag


def _decrypt(key: Key, sealed: bytes, at: bytes) -> bytes:
    nonce, body, tag = sealed[:_NONCE], sealed[_NONCE:-_TAG], sealed[-_TAG:]
    if key.cipher == Cipher.AES.value:
        return aead.AESGCM(key.secret).decrypt(nonce, body + tag, at)
    machine = ciphers.Cipher(algorithms.SM4(key.secret), modes.GCM(nonce, tag)).decryptor()
    machine.authenticate_additional_data(at)
    return machine.update(body) + machine.finalize()
