"""Problems to fill forms with, on the afternoon of the story."""

from collections.abc import Iterator

import pytest

from tests.problems.conftest import raised
from tests.world import NOW
from zhitong.kit import clock

__all__ = ["raised"]


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with clock.held_at(NOW):
        yield
