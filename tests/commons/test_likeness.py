"""Which texts tell of the same: by examples and by chance (R-F8, 冀发〔2018〕7号 四（四）)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.commons.rules.likeness import Told, clusters, is_alike, pairs_of, shared_words

POWER = (
    "夜间限电，热处理炉不能连续生产，每月损失约80万元，请协调错峰方案。",
    "我公司热处理炉夜间限电停了三次，希望协调错峰方案。",
    "因为夜间限电，热处理炉经常停，请政府协调错峰方案",
)
LAND = "二期项目需用地45亩，土地指标没有落实，订单等着扩产。"


def told(*texts: str, reporters: Sequence[object] | None = None) -> list[Told]:
    return [
        Told(UUID(int=place), reporters[place] if reporters else place, text) for place, text in enumerate(texts)  # type: ignore[arg-type]
    ]


def test_three_reporters_of_the_same_make_a_cluster_that_says_what_they_share() -> None:
    [found] = clusters(told(*POWER, LAND))

    assert (found.ids, found.reporters) == ((UUID(int=0), UUID(int=1), UUID(int=2)), 3)
    assert "夜间限电" in found.words
    assert "热处理炉" in found.words


def test_one_reporter_who_says_it_three_times_makes_none() -> None:
    assert clusters(told(*POWER, reporters=["甲", "甲", "乙"])) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("夜间限电，热处理炉不能连续生产，损失80万元。", "夜间限电，热处理炉不能连续生产，损失3500万元。"),
        ("夜间限电，热处理炉停了（演示内容）", "热处理炉停了，夜间限电。【内部流转】"),
        ("ＥＲＰ上云补贴申报系统打不开", "erp上云补贴申报系统打不开"),
        ("不动产权证因历史遗留办不下来", "厂区地价款早已缴清，可是不动产权证因历史遗留办不下来，银行不肯抵押，三年了都没有结果"),
    ],
)
def test_figures_asides_widths_and_length_do_not_hide_the_same(one: str, other: str) -> None:
    assert is_alike(pairs_of(one), pairs_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (POWER[0], LAND),
        ("我公司目前存在困难，希望政府协调解决。", "我单位目前存在问题，希望部门协调解决。"),
        ("限电", "限电"),
        ("123,456.78", "123,456.78"),
        ("", ""),
    ],
)
def test_what_every_report_says_makes_nothing_alike(one: str, other: str) -> None:
    assert not is_alike(pairs_of(one), pairs_of(other))


def test_words_are_those_of_most_texts_the_longest_first() -> None:
    assert shared_words(["甲乙丙丁事项", "另有甲乙丙丁", "子丑寅卯"]) == ("甲乙丙丁",)


texts = st.lists(st.text("甲乙丙丁戊己庚辛", max_size=24), max_size=14)


@given(texts, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_makes_no_difference(said: list[str], draw: random.Random) -> None:
    listed = told(*said)
    turned = draw.sample(listed, len(listed))

    assert clusters(turned) == clusters(listed)
    assert shared_words(draw.sample(said, len(said))) == shared_words(said)


@given(st.text("甲乙丙丁戊己庚辛", max_size=24), st.text("甲乙丙丁戊己庚辛", max_size=24))
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert is_alike(pairs_of(one), pairs_of(other)) == is_alike(pairs_of(other), pairs_of(one))


@given(texts)
def test_every_two_alike_texts_stand_together_and_nothing_stands_twice(said: list[str]) -> None:
    found = clusters(told(*said), least=1)
    place = {one: cluster for cluster in found for one in cluster.ids}

    assert sum(len(cluster.ids) for cluster in found) == len(said) == len(place)
    for one in told(*said):
        for other in told(*said):
            if is_alike(pairs_of(one.text), pairs_of(other.text)):
                assert place[one.id] == place[other.id]


def test_fifteen_hundred_texts_fall_into_their_forty_matters() -> None:
    draw = random.Random(7)
    words = ["".join(draw.choices([chr(0x4E00 + n) for n in range(900)], k=draw.randint(2, 4))) for _ in range(1500)]
    matters = ["，".join("".join(draw.sample(words, 3)) for _ in range(4)) for _ in range(40)]
    listed = told(*(f"{draw.choice(matters)}，{''.join(draw.sample(words, 4))}" for _ in range(1500)))

    assert len(clusters(listed)) == 40
