"""Three firms of the park that report the same, and the cast's own firm as the fourth."""

from __future__ import annotations

import pytest

from tests.cast import Story
from tests.commons.acts import TEXT, report_of
from tests.problems.conftest import raised as raised
from tests.problems.ways import Raise


@pytest.fixture
def alike(db: None, raised: Raise) -> list[Story]:
    """Four problems that tell of the same, all dispatched by rule to the park's 经发局."""
    return [raised(text=TEXT), *(report_of(place) for place in (1, 2, 3))]
