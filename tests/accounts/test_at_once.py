"""Tries sent at once are counted one after another: nobody gains a try by haste (R-A3)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.cast import NOW
from tests.races import race
from zhitong.domain.accounts.actions.knocking import Knocked, MustWait, knock

pytestmark = pytest.mark.postgres


def guess() -> Knocked:
    """Try as somebody whom nobody knows."""
    return knock(login="nobody", address="203.0.113.9", device="", now=NOW)


def test_of_the_fifth_and_sixth_try_at_once_the_sixth_waits(
    fresh_database: str, owner_connection: psycopg.Connection[Any]
) -> None:
    for _try in range(4):
        guess()

    fifth, sixth = race(owner_connection, guess, guess)

    assert isinstance(fifth, Knocked)
    assert fifth.shut_until is not None
    assert isinstance(sixth, MustWait)
