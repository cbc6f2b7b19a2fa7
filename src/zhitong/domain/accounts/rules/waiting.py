"""How long somebody waits after failures, and which failures count together. Pure.

Who is known, by a device or an address from which he came in before, waits only for failures made there: a stranger
elsewhere cannot shut him out. Who is unknown shares the count of his address and of the account's strangers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from zhitong.domain.accounts.rules.words import Place

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 10, 30, 60))
"""Each failure more waits longer; the last of them is the longest."""
FORGOTTEN = timedelta(days=1)
"""After so long without a failure counting begins anew."""
KNOWN = timedelta(days=90)
"""So long an address stays known from the last sitting that began there."""
SEVERAL = {Place.DEVICE: 1, Place.ADDRESS: 1, Place.CODE: 1, Place.SOURCE: 4, Place.ACCOUNT: 6}
"""How many times the free tries of one place hold where several people, or several places, share a count (本系统设定)."""


def places_of(*, is_device_known: bool, is_address_known: bool) -> tuple[Place, ...]:
    """Which counts a try belongs to."""
    if is_device_known:
        return (Place.DEVICE,)
    return (Place.ADDRESS,) if is_address_known else (Place.ADDRESS, Place.SOURCE, Place.ACCOUNT)


def wait_after(failures: int, place: Place, tries: int) -> timedelta:
    """How long nobody may try there after so many failures; nothing below the free tries."""
    beyond = failures - tries * SEVERAL[place]
    return timedelta() if beyond < 0 else WAITS[min(beyond, len(WAITS) - 1)]


def wait_in_words(left: timedelta) -> str:
    """How long is left, in whole minutes upwards."""
    return f"{max(1, -(-int(left.total_seconds()) // 60))}分钟"


def is_forgotten(last_at: datetime, now: datetime) -> bool:
    """Whether the failures of a place count no more."""
    return now - last_at > FORGOTTEN
