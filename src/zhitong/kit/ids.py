"""Time-ordered ids that never collide between installations: UUID version 7 (RFC 9562).

The 48 bits of milliseconds come from the real clock of the machine, never from a demonstration's offset;
the next 12 bits count within a millisecond, so ids of one process rise strictly.
"""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0  # milliseconds << 12 | counter of the newest id


def uuid7() -> UUID:
    """A new id, greater than every id this process made before."""
    global _last
    with _lock:
        _last = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        stamp = _last
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | tail)


def many_uuid7(count: int) -> list[UUID]:
    """`count` new ids in rising order."""
    return [uuid7() for _ in range(count)]
