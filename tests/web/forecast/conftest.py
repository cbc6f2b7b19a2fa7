"""A morning after the reports of August."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.analysis.forecasting.stage import moment
from zhitong.kit import clock


@pytest.fixture(autouse=True)
def _in_september() -> Iterator[None]:
    with clock.held_at(moment(9, 22)):
        yield
