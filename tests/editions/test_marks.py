"""R-H4: words can be edited; a number bound to facts cannot be lost unseen, nor one typed without a fact slip in."""

from __future__ import annotations

import pytest

from zhitong.domain.bulletins.rules.drawn import Section
from zhitong.domain.bulletins.rules.marks import lost, marks_in, pieces, plainly, unbound, unknown
from zhitong.domain.bulletins.rules.merging import merged
from zhitong.kit.official.shapes import Figure

FIGURE = Figure("reported", "12")


def test_a_text_comes_apart_into_words_and_bound_figures() -> None:
    found = pieces("本月反映【数:本期反映】件，销号【数：本期销号】件。", {"本期反映": FIGURE})

    assert found == ("本月反映", FIGURE, "件，销号【数：本期销号】件。")


def test_a_text_is_read_with_its_figures_written_out() -> None:
    assert plainly("反映【数:本期反映】件", {"本期反映": "12"}) == "反映12件"


def test_what_vanished_is_named_and_what_moved_to_another_section_is_not() -> None:
    before = ["反映【数:甲】件，销号【数:乙】件", "超期【数:丙】件"]

    assert lost(before, ["反映件", "超期【数:丙】件，其中【数:甲】件"]) == ["乙"]


def test_a_mark_that_names_no_figure_is_found() -> None:
    assert unknown(["【数:甲】【数: 丁 】"], ["甲"]) == ["丁"]
    assert marks_in("【数:】没有名称的不是记号") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共反映35件，办结率92.3%", ["35", "92.3%"]), ("共反映【数:累计反映】件", []),
        ("截至2018年8月31日18:00，按冀办〔2018〕7号、第3期要求", []), ("1. 压实责任\n（2）限期办结", []),
        ("冀-沧州-2018-000123号问题", []), ("共１２件", ["１２"]), ("8月份反映5件，又5件", ["5"]),
    ],
)
def test_numbers_typed_by_hand_are_told_from_dates_and_numbers_of_papers(text: str, found: list[str]) -> None:
    assert unbound(text) == found


A, B, C = Section("一", "甲"), Section("二", "乙"), Section("三", "丙")


def test_two_people_in_two_sections_both_keep_what_they_wrote() -> None:
    mine, theirs = Section("一", "我改的"), Section("二", "他改的")

    found = merged((A, B, C), (mine, B, C), (A, theirs, C))

    assert (found.sections, found.clashes) == ((mine, theirs, C), ())


def test_two_people_in_one_section_are_told_and_mine_is_still_there() -> None:
    mine = Section("一", "我改的")

    found = merged((A, B), (mine, B), (Section("一", "他改的"), B))

    assert (found.sections, found.clashes) == ((mine, B), (0,))


def test_the_same_change_twice_is_no_clash_and_an_added_section_stays() -> None:
    new = Section("四", "丁")

    assert merged((A,), (B,), (B,)).clashes == ()
    assert merged((A,), (A, new), (A,)).sections == (A, new)
    assert merged((A, B), (A,), (A, B)).sections == (A,)
