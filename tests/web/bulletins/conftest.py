"""Problems to put on paper, and a moment to do it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.problems.conftest import raised as raised
from tests.world import NOW
from zhitong.kit import clock


@pytest.fixture(autouse=True)
def _at_the_same_moment() -> Iterator[None]:
    with clock.held_at(NOW):
        yield
