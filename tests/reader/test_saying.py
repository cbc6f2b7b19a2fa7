"""What a correction may say (R-C7): the contract's fields and words, places inside the text; words are found nearest."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.papers import TEXT, place, plan
from zhitong.domain.papers.rules.doubts import doubts_in, key_of
from zhitong.domain.papers.rules.kinds import CorrectionKind
from zhitong.domain.papers.rules.places import place_of
from zhitong.domain.papers.rules.recording import codes_for
from zhitong.domain.papers.rules.saying import settled
from zhitong.domain.papers.rules.sorting import kind_of
from zhitong.domain.plans.rules import TaskKind
from zhitong.kit.refusals import BadInput
from zhitong.policy.shapes import Finding, Section, Task

KIND = CorrectionKind


@pytest.mark.parametrize(("kind", "after", "field"), [
    (KIND.TASK_ADDED, {"title": "没有位置"}, "words"),
    (KIND.TASK_CHANGED, {"start": 5, "end": 9999}, "words"),
    (KIND.TASK_CHANGED, {"start": 9, "end": 5}, "words"),
    (KIND.TASK_CHANGED, {"colour": "red"}, "colour"),
    (KIND.TASK_CHANGED, {"title": " "}, "title"),
    (KIND.TASK_CHANGED, {"kind": "big"}, "kind"),
    (KIND.TASK_CHANGED, {"responsible": [{"name": "甲", "role": "boss"}]}, "responsible"),
    (KIND.TASK_CHANGED, {"responsible": 5}, "responsible"),
    (KIND.TASK_CHANGED, {"responsible": ["甲"]}, "responsible"),
    (KIND.INDICATOR_CHANGED, {"values": 5}, "values"),
    (KIND.INDICATOR_CHANGED, {"value": "很多"}, "value"),
    (KIND.INDICATOR_CHANGED, {"value": "1e99"}, "value"),
    (KIND.INDICATOR_CHANGED, {"values": [5, 2]}, "values"),
    (KIND.INDICATOR_CHANGED, {"deadline": "年底"}, "deadline"),
    (KIND.INDICATOR_CHANGED, {"comparator": "约"}, "comparator"),
])
def test_what_no_plan_says_is_refused_at_its_field(kind: CorrectionKind, after: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        settled(kind, after, TEXT)

    assert set(refused.value.fields) == {field}


def test_a_number_or_a_range_is_whole_again() -> None:
    assert settled(KIND.INDICATOR_CHANGED, {"value": "2.50"}, TEXT) == {"value": 2.5, "damaged": False, "values": []}
    assert settled(KIND.INDICATOR_CHANGED, {"values": [1, "2"]}, TEXT) == {
        "values": [1, 2], "damaged": False, "value": None, "comparator": "range",
    }
    assert "damaged" not in settled(KIND.INDICATOR_CHANGED, {"value": None, "name": "仍然缺数"}, TEXT)


def test_words_are_found_nearest_to_the_place_and_never_guessed() -> None:
    first = TEXT.index("众创空间")
    second = TEXT.index("众创空间", first + 1)

    assert place_of(TEXT, " 众创空间\r\n", second + 3) == (second, second + 4)
    assert place_of(TEXT, "众创空间", 0) == (first, first + 4)
    for words in ("", "众创楼宇"):
        with pytest.raises(BadInput):
            place_of(TEXT, words, 0)


@pytest.mark.parametrize(("title", "above", "kind"), [
    ("推动政务公开", "加强组织领导", TaskKind.GENERAL),
    ("建设便民市场", "实施20项民心工程", TaskKind.LIVELIHOOD_WORK),
    ("开展招商专项行动", "服务企业", TaskKind.SPECIAL_ACTION),
    ("帮扶科技型中小企业", "", TaskKind.ENTERPRISE_SERVICE),
])
def test_the_kind_of_a_task_is_told_by_its_title_or_the_nearest_heading(title: str, above: str, kind: TaskKind) -> None:
    sections = [Section("一", "一、", 1, above, "一", 0, 90, 5)]

    assert kind_of(Task("1", title, "一/1", 10, 20), sections) is kind


def test_a_doubt_keeps_its_key_and_sums_that_hold_are_no_doubts() -> None:
    one = Finding("sum", "low", "相加不等。", (place("2家"),))
    other = Finding("rate", "high", "超过百分之百。")

    assert [found for _key, found in doubts_in([one, other, Finding("sum", "low", "相加相等。", holds=True)])] == [other, one]
    assert key_of(one) == key_of(Finding("sum", "low", "相加不等。", (place("2家"),))) != key_of(other)


def test_new_indicators_take_codes_that_nothing_else_has() -> None:
    counted = list(plan().indicators)

    assert codes_for(counted, ()) == {"I1": "I1", "I2": "I2", "I3": "I3"}
