"""A stranger guesses at an account of the demonstration, and its colleague mistypes twice: what administrators then see."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from zhitong.domain.accounts.actions.knocking import MustWait, knock, turned_away

STRANGER, OFFICE = "203.0.113.9", "192.0.2.17"  # addresses that nobody has (RFC 5737)
_MINUTES_AGO = {
    ("renqiuban", STRANGER): (60, 60, 59, 59, 58, 56, 50, 39, 8),
    ("renqiu", OFFICE): (22, 21),
}


def let_strangers_guess(now: datetime) -> None:
    """Let both fail as long ago as the table says; the stranger waits for most of an hour yet, the official does not."""
    for (login, address), moments in _MINUTES_AGO.items():
        for ago in moments:
            at = now - timedelta(minutes=ago)
            with suppress(MustWait):  # an operator may have set fewer tries
                turned_away(knock(login=login, address=address, device="", now=at), now=at)
