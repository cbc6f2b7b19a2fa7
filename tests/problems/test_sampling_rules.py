"""A sample is drawn by its seed alone: whoever draws again draws the same. R-F9."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from zhitong.domain.problems.rules.kinds import CheckKind
from zhitong.domain.problems.rules.sampling import Share, drawn, seed_of

IDS = [UUID(int=number) for number in range(1, 201)]
TENTH = Share(CheckKind.DECLINED, per_hundred=10)
SEED = seed_of("hebei-2018", date(2018, 4, 30), "1309")


def test_the_seed_can_be_read() -> None:
    assert SEED == "hebei-2018/2018-04/1309"


def test_drawing_again_in_any_order_draws_the_same() -> None:
    assert drawn(SEED, reversed(IDS), TENTH) == drawn(SEED, IDS, TENTH)
    assert len(drawn(SEED, IDS, TENTH)) == 20


def test_another_month_or_place_draws_others() -> None:
    others = (seed_of("hebei-2018", date(2018, 5, 1), "1309"), seed_of("hebei-2018", date(2018, 4, 1), "1301"))

    assert all(drawn(one, IDS, TENTH) != drawn(SEED, IDS, TENTH) for one in others)


@pytest.mark.parametrize(("count", "per_hundred", "at_least", "wanted"), [
    (0, 10, 1, 0), (1, 10, 1, 1), (9, 10, 1, 1), (11, 10, 1, 2), (100, 10, 1, 10), (3, 10, 5, 3), (40, 100, 1, 40),
])
def test_a_share_is_rounded_up_and_never_below_its_least(count: int, per_hundred: int, at_least: int, wanted: int) -> None:
    assert len(drawn(SEED, IDS[:count], Share(CheckKind.DECLINED, per_hundred, at_least))) == wanted
