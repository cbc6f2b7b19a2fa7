"""What holds for passkeys: how many, how they are called, whom they stand for, and when their count goes wrong. Pure."""

from __future__ import annotations

import hashlib
from uuid import UUID

MOST_PASSKEYS, LONGEST_NAME = 10, 40
"""Of one person; signs of a name (本系统设定)."""


def handle_of(person_id: UUID) -> bytes:
    """What a device keeps of a person, 32 bytes: the same for all his keys, and nothing can be read from it.

    Source: W3C Web Authentication Level 3, 14.6.1.
    """
    return hashlib.sha256(b"zhitong.passkey\n" + person_id.bytes).digest()


def has_counted_back(kept: int, said: int) -> bool:
    """Whether a device counts less than it did: two of them hold the key. Devices that never count say 0 for ever.

    Source: W3C Web Authentication Level 3, 6.1.1.
    """
    return (kept > 0 or said > 0) and said <= kept
