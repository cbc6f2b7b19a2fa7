"""Problems to look at from above, and a moment to look from."""

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
