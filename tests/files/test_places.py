"""Where a photo was taken: read from what phones write, nonsense left alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from zhitong.domain.files.rules.places import Place, place_told


@pytest.mark.parametrize(("told", "place"), [
    ({1: "N", 2: (38, 18, 7), 3: "E", 4: (116, 50, 6)}, Place(Decimal("38.301944"), Decimal("116.835000"))),
    ({1: "S", 2: (1, 30, 0), 3: "W", 4: (70, 0, 0)}, Place(Decimal("-1.500000"), Decimal("-70.000000"))),
    ({}, None),
    ({1: "N", 2: (38, 18, 7)}, None),
    ({1: "N", 2: (98, 0, 0), 3: "E", 4: (116, 50, 6)}, None),
    ({1: "N", 2: "38.3", 3: "E", 4: (116, 50, 6)}, None),
    ({1: "N", 2: (38, float("nan"), 7), 3: "E", 4: (116, 50, 6)}, None),
])
def test_a_place_is_told_whole_or_not_at_all(told: dict[int, Any], place: Place | None) -> None:
    assert place_told(told) == place


def test_a_place_is_written_as_people_read_it() -> None:
    assert str(Place(Decimal("38.301944"), Decimal("-70.5"))) == "北纬38.3019°，西经70.5000°"
