"""Measures that cannot be flattered: like with like, few cases unranked, none neither 100 nor 0 (DESIGN Assessment)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.bulletins.rules.measures import (
    LEAST_CASES,
    Contender,
    Counts,
    first_names,
    share,
    share_words,
    standings,
)

NOBODY = UUID(int=1)


def one(code: str, due: int = 0, on_time: int = 0, solved: int = 0) -> Contender:
    return Contender(code, f"演示{code}", NOBODY, None, Counts(due, on_time, solved))


def test_no_case_is_none_and_neither_full_marks_nor_zero() -> None:
    assert (share(0, 0), share_words(0, 0), share_words(0, 3)) == (None, "无", "0.0%")
    assert share(2, 3) == Decimal("66.7")


def test_whoever_had_few_cases_is_told_without_a_place_however_good() -> None:
    found = standings([one("few", 4, 4, 4), one("many", 50, 40, 30), one("none")])

    assert [(row.contender.code, row.place_words) for row in found.placed] == [("many", "1"), ("few", "样本少"), ("none", "—")]
    assert (found.ranked, found.whole.due) == (1, 54)


def test_equals_share_a_place_and_the_next_one_is_left_out() -> None:
    found = standings([one("a", 10, 9, 5), one("b", 20, 18, 10), one("c", 10, 8, 8), one("d", 10, 9, 6)])

    assert [(row.contender.code, row.place) for row in found.placed] == [("d", 1), ("a", 2), ("b", 2), ("c", 4)]


def test_the_first_are_named_only_where_that_does_not_name_all() -> None:
    rows = standings([one(code, 10, 10 - place, 5) for place, code in enumerate("abcd")])

    assert first_names(rows.placed, 4) == ["演示a", "演示b", "演示c"]
    assert first_names(standings([one("a", 10, 9)]).placed, 4) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12))
def test_a_place_never_goes_to_a_lower_share_before_a_higher(rows: list[tuple[int, int]]) -> None:
    found = standings(one(f"{place:02}", due, min(on_time, due)) for place, (due, on_time) in enumerate(rows))
    ranked = [row for row in found.placed if row.place is not None]

    assert all(row.contender.counts.due >= LEAST_CASES for row in ranked)
    for before, after in pairwise(ranked):
        left, right = before.contender.counts, after.contender.counts
        assert left.on_time * right.due >= right.on_time * left.due
        assert (before.place or 0) <= (after.place or 0)
