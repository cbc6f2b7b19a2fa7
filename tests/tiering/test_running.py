"""Judging a batch: tiers with their reasons, conflicts, quotas over and under by name (R-D2)."""

from __future__ import annotations

from uuid import UUID

import pytest

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.tiers import Condition, Facts, TierRule
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.running import Candidate, Outcome, decided_at, judge
from zhitong.domain.tiering.rules.standards import (
    QuotaLine,
    Standard,
    kept_form,
    read_standard,
    trouble_with,
)
from zhitong.domain.tiering.rules.summary import kept_form as kept_summary
from zhitong.domain.tiering.rules.summary import read_summary, summary_of

YI = 100_000_000
KIND = SubjectKind.INDUSTRY


def standard(province: int | None = None, city: int | None = None, county: int | None = None) -> Standard:
    """50亿元, 10亿元, 1亿元 (冀发〔2018〕7号 三.7) with small quotas; a mark makes a leader of any size."""
    rules = (
        TierRule(KIND, Rank.PROVINCE, (Condition(50 * YI), Condition(mark="industry_leader", label="行业排头兵企业"))),
        TierRule(KIND, Rank.CITY, (Condition(10 * YI),)),
        TierRule(KIND, Rank.COUNTY, (Condition(YI),)),
    )
    numbers = ((Rank.PROVINCE, province), (Rank.CITY, city), (Rank.COUNTY, county))
    return Standard(KIND, rules, tuple(QuotaLine(rank, number=number) for rank, number in numbers))


def firm(number: int, yi: float | None, **changes: object) -> Candidate:
    revenue = None if yi is None else int(yi * YI)
    marks = frozenset(changes.pop("marks", ()))  # type: ignore[call-overload]
    return Candidate(UUID(int=number), Facts(KIND, "", revenue, marks), size_cny=revenue, **changes)  # type: ignore[arg-type]


def told(outcome: Outcome) -> dict[int, tuple[Rank | None, QuotaPlace | None]]:
    return {one.candidate.id.int: (one.tier, one.place) for one in outcome.judged}


def conflicts(outcome: Outcome) -> dict[int, tuple[Conflict, ...]]:
    return {one.candidate.id.int: one.conflicts for one in outcome.judged if one.conflicts}


def test_over_quota_names_the_smallest_and_moves_nobody() -> None:
    outcome = judge([firm(1, 60), firm(2, 80), firm(3, 70)], standard(province=2))

    assert told(outcome) == {
        2: (Rank.PROVINCE, None), 3: (Rank.PROVINCE, None), 1: (Rank.PROVINCE, QuotaPlace.OVER)
    }
    assert outcome.judged[-1].words == (
        "营业收入60亿元，超过50亿元，列为省级重点帮扶。省级数额2户，排在第3位，超出数额。"
    )
    assert [line.difference for line in outcome.lines] == [1, None, None]


def test_trimming_moves_those_beyond_the_quota_one_level_down_and_on() -> None:
    outcome = judge([firm(1, 60), firm(2, 80), firm(3, 20), firm(4, 0.5)], standard(1, 1, 0), trims=True)

    assert told(outcome) == {
        2: (Rank.PROVINCE, None), 1: (Rank.CITY, QuotaPlace.OVER), 3: (None, QuotaPlace.OVER), 4: (None, None)
    }


def test_who_bears_a_mark_or_was_set_by_hand_keeps_the_place_before_the_larger() -> None:
    leader = firm(1, 2, marks=("industry_leader",))
    kept = firm(2, 3, tier=Rank.PROVINCE, hand_reason="省委专题会议确定")
    outcome = judge([firm(3, 60), leader, kept], standard(province=2), trims=True)

    assert told(outcome)[1] == (Rank.PROVINCE, None)
    assert told(outcome)[2] == (Rank.PROVINCE, None)
    assert told(outcome)[3] == (Rank.CITY, QuotaPlace.OVER)


def test_under_quota_names_who_is_nearest_below_the_threshold() -> None:
    outcome = judge([firm(1, 60), firm(2, 49), firm(3, 30), firm(4, 48)], standard(province=3))

    assert {one for one, (_tier, place) in told(outcome).items() if place is QuotaPlace.NEXT} == {2, 4}
    nearest = next(one for one in outcome.judged if one.candidate.id.int == 2)
    assert nearest.words == (
        "营业收入49亿元，超过10亿元，列为市级重点帮扶。省级数额3户还缺2户，距标准50亿元差1亿元，可以递补。"
    )


def test_every_conflict_is_told() -> None:
    outcome = judge([
        firm(1, 60, tier=Rank.CITY, hand_reason="已停产"), firm(2, 60, listed=frozenset({Rank.CITY})),
        firm(3, 60, listed=frozenset({Rank.CITY, Rank.PROVINCE})), firm(4, None), firm(5, 0.9),
        firm(6, 60, listed=frozenset({Rank.PROVINCE})), firm(7, 60, tier=Rank.PROVINCE, hand_reason="会议确定"),
    ], standard())  # fmt: skip

    assert conflicts(outcome) == {
        1: (Conflict.HAND_DIFFERS,), 2: (Conflict.LIST_DIFFERS,), 3: (Conflict.TWO_LISTS,), 4: (Conflict.NO_FIGURE,),
        5: (Conflict.BELOW,),
    }
    by_hand = next(one for one in outcome.judged if one.candidate.id.int == 1)
    assert by_hand.words == (
        "人工确定为市级重点帮扶：已停产。按规则：营业收入60亿元，超过50亿元，列为省级重点帮扶。"
    )


def test_a_service_firm_without_its_sub_kind_lacks_a_figure() -> None:
    rules = (TierRule(SubjectKind.SERVICES, Rank.COUNTY, (Condition(YI),), "retail"),)
    one = Candidate(UUID(int=1), Facts(SubjectKind.SERVICES, "", 2 * YI))

    outcome = judge([one], Standard(SubjectKind.SERVICES, rules, ()))

    assert outcome.judged[0].conflicts == (Conflict.NO_FIGURE,)


def test_stages_are_counted_against_their_quota_with_the_smallest_beyond_it_named() -> None:
    kind = SubjectKind.PROJECT
    rules = (TierRule(kind, Rank.PROVINCE, (Condition(mark="provincial_key", label="省重点项目"),)),)
    quotas = (QuotaLine(Rank.PROVINCE), QuotaLine(None, stage=ProjectStage.PREPARATION, number=1))
    projects = [
        Candidate(UUID(int=number), Facts(kind, marks=frozenset({"provincial_key"})), "preparation", size_cny=number)
        for number in (1, 2)
    ]

    outcome = judge(projects, Standard(kind, rules, quotas), trims=True)

    assert told(outcome) == {2: (Rank.PROVINCE, None), 1: (Rank.PROVINCE, QuotaPlace.OVER)}
    assert [line.given for line in outcome.lines] == [2, 2]


@pytest.mark.parametrize(
    ("before", "after", "level"),
    [
        (None, Rank.COUNTY, Rank.COUNTY), (Rank.COUNTY, None, Rank.COUNTY), (Rank.COUNTY, Rank.CITY, Rank.CITY),
        (Rank.PROVINCE, Rank.CITY, Rank.PROVINCE), (Rank.CITY, Rank.CITY, None), (None, None, None),
    ],
)
def test_the_higher_of_two_levels_decides_a_move(before: Rank | None, after: Rank | None, level: Rank | None) -> None:
    assert decided_at(before, after) is level


def test_a_standard_and_a_summary_are_kept_and_read_again_without_loss() -> None:
    mine = standard(2, 1).changed({"city": 20 * YI}, {"county": 7})
    summary = summary_of(judge([firm(1, 60), firm(2, None), firm(3, 30, tier=Rank.COUNTY)], mine))

    assert read_standard(kept_form(mine)) == mine
    assert read_summary(kept_summary(summary), mine) == summary
    assert (summary.decided_by(Rank.CITY), summary.decided_by(Rank.PROVINCE)) == (1, 1)
    assert mine.total == 10


def test_thresholds_that_cross_are_found() -> None:
    crossed = standard().changed({"city": 60 * YI}, {})

    assert trouble_with(crossed) == {"city": "市级的标准要低于省级的标准，请改正。"}
    assert trouble_with(standard()) == {}
