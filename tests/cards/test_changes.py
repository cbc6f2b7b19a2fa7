"""What changed between the versions of a card is told back from what each sending replaced (R-E3)."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.cards.rules.changes import replaced_by, unwound

VERSION = st.dictionaries(st.sampled_from(["revenue", "profit", "remarks"]), st.integers(0, 3))


@given(st.lists(VERSION, min_size=1, max_size=6))
def test_every_version_is_found_again_from_the_last_one(versions: list[dict[str, int]]) -> None:
    replaced = [replaced_by(before, after) for before, after in pairwise(versions)]

    told = unwound(versions[-1], replaced)

    for (before, after), step in zip(pairwise(versions), told, strict=True):
        assert step == {
            code: (before.get(code), after.get(code))
            for code in {*before, *after} if before.get(code) != after.get(code)
        }
