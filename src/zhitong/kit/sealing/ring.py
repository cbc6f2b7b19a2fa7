"""The ring of keys: those that open, the one that seals, and the one of the digests by which exact values are found."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from zhitong.kit.choices import Word
from zhitong.kit.trouble import Trouble


class Cipher(Word):
    """How a value is sealed; both tell an altered value from a true one."""

    AES = "aes-256-gcm", "AES-256-GCM"
    SM4 = "sm4-gcm", "SM4-GCM"


SEARCH = "search"
"""What stands in the place of a cipher before the key of the digests."""
KEY_BYTES = {Cipher.AES.value: 32, Cipher.SM4.value: 16, SEARCH: 32}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")


class KeysUnusable(Trouble):
    """The keys cannot be read as keys, or one that is needed is missing."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it is for."""

    id: str
    cipher: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Ring:
    """All keys of an installation: `sealing` is the one that new values are sealed under."""

    sealing: Key
    opening: Mapping[str, Key]
    search: bytes


def new_key(cipher: str, number: str) -> str:
    """A line with a new random key, as rings are written."""
    secret = base64.b64encode(secrets.token_bytes(KEY_BYTES[cipher])).decode()
    return f"{number}:{cipher}:{secret}"


def new_ring(cipher: str = Cipher.AES.value) -> str:
    """The text of a ring for a new installation."""
    return f"{new_key(cipher, 'k1')}\n{new_key(SEARCH, 's1')}\n"


def read_ring(text: str) -> Ring:
    """Keys as `id:cipher:base64`, one a line or separated by commas; the first that seals is used for new values.

    Raises KeysUnusable: a line is no key, an id comes twice, or the key that seals or the one of the digests is missing.
    """
    keys = [_key(line.strip()) for line in text.replace(",", "\n").splitlines() if line.strip()]
    if len({one.id for one in keys}) != len(keys):
        raise KeysUnusable("字段加密的密钥有重复的编号，请改正：每个编号只能出现一次。")
    ciphers = [one for one in keys if one.cipher != SEARCH]
    search = [one for one in keys if one.cipher == SEARCH]
    if not ciphers or len(search) != 1:
        raise KeysUnusable("字段加密的密钥不全：至少要有一个加密密钥，并且正好有一个查找密钥（search）。")
    return Ring(ciphers[0], {one.id: one for one in ciphers}, search[0].secret)


def _key(line: str) -> Key:
    number, _, rest = line.partition(":")
    cipher, _, encoded = rest.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not _ID.fullmatch(number) or cipher not in KEY_BYTES or len(secret) != KEY_BYTES[cipher]:
        words = "、".join(f"{one}（{size}字节）" for one, size in KEY_BYTES.items())
        raise KeysUnusable(f"字段加密的密钥中有一行读不懂：应为“编号:种类:base64”，种类是{words}。")
    return Key(number, cipher, secret)


def ring() -> Ring:
    """The keys of this installation. Raises KeysUnusable."""
    return _ring_of(settings.DATA_KEYS)


def checks_of(ring: Ring) -> dict[str, str]:
    """A check of every key by its id, that of the digests under `search`: it tells a key from another and gives none away."""
    secrets_by_id = {**{key.id: key.secret for key in ring.opening.values()}, SEARCH: ring.search}
    return {key: hmac.new(secret, b"zhitong key check", hashlib.sha256).hexdigest()[:16] for key, secret in secrets_by_id.items()}


def seals_now() -> bool:
    """Whether new values are sealed: not while processes of a release that cannot open them may still be at work.

    Asked at every value, so that the processes of a machine change over together. What is sealed is opened in either case.
    """
    return settings.SEALING == "on" or (settings.SEALING == "auto" and not settings.SEALING_HELD.exists())


@lru_cache(maxsize=4)
def _ring_of(text: str) -> Ring:
    return read_ring(text)
