"""The text of a paper with its marks (LOOK.md, the policy reader): nested, overlapping, in time, and never a sign lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from time import perf_counter

import pytest

from tests.reader.papers import TEXT, place, plan
from zhitong.policy.shapes import Finding
from zhitong.web.reader.marking import Anchors, Line, Mark, anchors_of, lines_of, marks_of


def drawn(text: str, marks: list[Mark]) -> list[Line]:
    return lines_of(text, sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def bare(line: Line) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", line.html))


def test_every_line_says_what_the_text_says_at_its_place() -> None:
    read = plan()
    for line in lines_of(TEXT, marks_of(read, anchors_of(read)), headings={place("一、重点任务")[0]: 1}):
        assert bare(line) == TEXT[line.start:line.end]
        assert line.level == (1 if line.html.startswith("一、重点任务") else 0)


def test_each_thing_of_a_plan_is_marked_and_led_to_its_own_side() -> None:
    read = plan()
    doubt = Finding("no_unit", "low", "没有单位<。", (place("2.改造老旧小区"),))
    page = "".join(line.html for line in lines_of(TEXT, marks_of(read, anchors_of(read, ["key"]), [("key", doubt)])))

    assert re.findall(r'id="(x-[^"]+)"', page) == [
        "x-t0", "x-i0", "x-i1", "x-t0-u0", "x-t0-u1", "x-t1", "x-d0-0", "x-i2",
    ]
    assert 'href="#p-i0" title="指标：新建众创空间">新建众创空间2家以上</a>' in page
    assert "没有单位&lt;。" in page


def test_marks_that_nest_and_overlap_are_cut_into_pieces_that_lead_to_the_shortest() -> None:
    marks = [
        Mark("title", 0, 8, "x-a", "p-a", "甲"), Mark("value", 2, 5, "x-b", "p-b", "乙"), Mark("doubt", 4, 10, "x-c", "p-c", "丙"),
    ]

    [line] = drawn("一二三四五六七八九十", marks)

    pieces = re.findall(r'class="zt-m ([^"]+)"[^>]*href="#(p-.)"[^>]*>([^<]+)<', line.html)
    assert pieces == [
        ("zt-m-title", "p-a", "一二"), ("zt-m-title zt-m-value", "p-b", "三四"), ("zt-m-title zt-m-value zt-m-doubt", "p-b", "五"),
        ("zt-m-title zt-m-doubt", "p-c", "六七八"), ("zt-m-doubt", "p-c", "九十"),
    ]
    assert sorted(re.findall(r'id="(x-.)"', line.html)) == ["x-a", "x-b", "x-c"]


@pytest.mark.parametrize("span", [(-3, 4), (5, 5), (8, 2), (3, 999)])
def test_a_span_that_is_not_in_the_text_is_left_out(span: tuple[int, int]) -> None:
    read = replace(plan(), tasks=(), indicators=())

    assert marks_of(read, Anchors(doubts={"k": "d0"}), [("k", Finding("x", "low", "疑", (span,)))]) == []


def test_a_mark_over_several_lines_stands_on_each_and_has_one_anchor() -> None:
    lines = drawn("甲乙\n\n丙丁", [Mark("value", 1, 6, "x-a", "p-a", "乙丙")])

    assert [line.html.count("zt-m-value") for line in lines] == [1, 1]
    assert sum(line.html.count('id="x-a"') for line in lines) == 1


def test_fifteen_thousand_characters_with_four_hundred_marks_are_drawn_in_time() -> None:
    text = "\n".join("全市新建众创空间十二家以上，由科技部门牵头，年底前完成任务，确保按期达到目标要求。" * 2 for _line in range(190))
    marks = [
        Mark(kind, at, at + 9 + place % 20, f"x-{place}", f"p-{place}", "指标")
        for place, (at, kind) in enumerate((at, ("value", "unit")[at % 2]) for at in range(0, len(text) - 40, len(text) // 400))
    ]

    begun = perf_counter()
    lines = drawn(text, marks)
    spent = perf_counter() - begun

    assert (len(marks) >= 400, len(text) > 15_000, len(lines)) == (True, True, 190)
    assert spent < 0.5, f"{spent:.3f} s"
