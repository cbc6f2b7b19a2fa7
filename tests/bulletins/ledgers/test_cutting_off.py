"""The cut-off of a paper: which may be asked for, what the choices mean, how it is said (R-H7)."""

from __future__ import annotations

from datetime import datetime

import pytest

from zhitong.domain.bulletins.rules.cutting_off import CutOff, cut_off_of, judge_cut_off
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.official.wording import moment_on_paper
from zhitong.kit.refusals import BadInput

NOW = datetime(2018, 9, 17, 14, 32, 5, 250_000, SHANGHAI)
"""A Monday."""


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("chosen", "moment", "said"),
    [
        (CutOff.NOW, at(2018, 9, 17, 14, 32, 5), "2018年9月17日14时32分05秒"),
        (CutOff.DAY, at(2018, 9, 16, 23, 59, 59), "2018年9月16日24时"),
        (CutOff.WEEK, at(2018, 9, 16, 23, 59, 59), "2018年9月16日24时"),
        (CutOff.MONTH, at(2018, 8, 31, 23, 59, 59), "2018年8月31日24时"),
    ],
)
def test_a_choice_means_one_moment(chosen: CutOff, moment: datetime, said: str) -> None:
    assert cut_off_of(chosen, NOW) == moment
    assert moment_on_paper(moment) == said


def test_ones_own_moment_is_taken_as_it_is() -> None:
    assert cut_off_of(CutOff.OWN, NOW, at(2018, 5, 4, 9, 0)) == at(2018, 5, 4, 9, 0)
    assert moment_on_paper(at(2018, 5, 4, 9, 0)) == "2018年5月4日9时00分"


@pytest.mark.parametrize(
    ("moment", "sentence"), [(at(2018, 9, 17, 14, 33), "不能晚于现在"), (at(2017, 12, 31, 23, 59, 59), "从2018年1月1日开始")]
)
def test_what_is_ahead_or_before_the_campaign_is_refused(moment: datetime, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        judge_cut_off(moment, NOW, 2018)

    assert "at" in refused.value.fields


def test_without_a_campaign_only_the_future_is_refused() -> None:
    judge_cut_off(at(2016, 1, 1), NOW, None)
    with pytest.raises(BadInput):
        judge_cut_off(at(2018, 9, 18), NOW, None)
