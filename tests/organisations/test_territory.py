"""The tree of regions as plain words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.organisations.rules.territory import circles, path

CODES = st.sampled_from("abcdefg")


def test_a_path_runs_from_the_region_to_the_root() -> None:
    assert path("c", {"a": "", "b": "a", "c": "b"}) == ["c", "b", "a"]


def test_a_path_stops_where_a_circle_would_begin() -> None:
    assert path("c", {"a": "b", "b": "a", "c": "b"}) == ["c", "b", "a"]


def test_each_circle_is_found_once_and_what_leads_into_it_is_not_part_of_it() -> None:
    parents = {"a": "", "b": "a", "x": "y", "y": "z", "z": "y", "s": "s"}

    assert sorted(circles(parents)) == [["s"], ["y", "z"]]


def test_a_parent_written_nowhere_is_no_circle() -> None:
    assert list(circles({"a": "gone"})) == []


@given(st.dictionaries(CODES, CODES))
def test_a_region_is_in_a_circle_exactly_when_climbing_comes_back_to_it(parents: dict[str, str]) -> None:
    found = [code for circle in circles(parents) for code in circle]

    def comes_back(code: str) -> bool:
        step = code
        for _ in parents:
            step = parents.get(step, "")
            if step == code:
                return True
        return False

    assert sorted(found) == sorted(code for code in parents if comes_back(code))
