"""A day on which two months have been judged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.world import NOW
from zhitong.kit import clock


@pytest.fixture(autouse=True)
def _at_the_same_moment() -> Iterator[None]:
    with clock.held_at(NOW):
        yield
