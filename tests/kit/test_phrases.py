"""Words taken apart into phrases, and phrases found again in texts, whatever the texts hold. Issue 7, 8."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.kit.phrases import LONGEST, around, marks_in, phrases_of, plain, trouble_with


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("过桥资金", ("过桥资金",)), ("  限电　　路灯 限电", ("限电", "路灯")), ("冀-沧州-2018-000123", ("冀", "沧州", "2018", "000123")),
        ("ＡＢＣ公司（沧州）", ("abc公司", "沧州")), ("%", ()), ("_\\'\"", ()), ("", ()), ("😀😀", ("😀😀",)),
    ],
)
def test_words_become_phrases(words: str, phrases: tuple[str, ...]) -> None:
    assert phrases_of(words) == phrases


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("限电", ""), ("", ""), ("路 灯坏", ""), ("电", "请输入两个以上的字"), ("%", "请输入两个以上的字"), ("😀", "请输入两个以上的字"),
        ("电" * 10_240, f"最多输入 {LONGEST} 个字，现在有 10240 个字"),
        ("一二 三四 五六 七八 九十 甲乙 丙丁 戊己 庚辛", "一次最多查找 8 个词"),
    ],
)
def test_what_cannot_be_looked_for_is_said(words: str, sentence: str) -> None:
    said = trouble_with(words)

    assert said.startswith(sentence)
    assert bool(said) is bool(sentence)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("夜间限电，限电两周", "限电", ["限电", "限电"]), ("ＡＢｃ公司", "abc", ["ＡＢｃ"]), ("贷款贷", "贷款 款贷", ["贷款贷"]),
        ("<b>限电</b>", "限电", ["限电"]), ("㎏限电㎏", "kg限", ["㎏限"]), ("没有", "限电", []), ("限电", "", []),
    ],
)
def test_phrases_are_marked_where_they_stand(text: str, words: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks_in(text, phrases_of(words))] == marked


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=12))
def test_marks_never_break_a_text(text: str, words: str) -> None:
    spans = marks_in(text, phrases_of(words))

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))
    if spans:
        said = plain(text)
        assert any(phrase in said or phrase in text.lower() for phrase in phrases_of(words))


def test_the_words_around_begin_shortly_before_the_first_phrase() -> None:
    text = "前" * 200 + "过桥资金" + "后" * 200

    said = around(text, ("过桥",), 60)

    assert said.startswith("…前")
    assert said.endswith("…")
    assert said.index("过桥") == 21
    assert around("过桥资金", ("过桥",), 60) == "过桥资金"
