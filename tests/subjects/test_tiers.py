"""Which level helps whom: the shipped rules, each case with the line of the plan it comes from."""

from __future__ import annotations

import pytest

from tests import packages
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.plans.package import parse as parse_plan
from zhitong.domain.subjects.package import TierList, parse, rules_of
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.tiers import Facts, TierRule, tier_of, yuan_in_words

INDUSTRY, SERVICES, TECH = SubjectKind.INDUSTRY, SubjectKind.SERVICES, SubjectKind.TECH_SME
YI, WAN = 100_000_000, 10_000


@pytest.fixture(scope="module")
def lists() -> list[TierList]:
    found, findings = parse(packages.shipped("hebei-2018"))
    assert findings == []
    return found


@pytest.fixture(scope="module")
def rules(lists: list[TierList]) -> list[TierRule]:
    return rules_of(lists)


@pytest.mark.parametrize(
    ("kind", "sub_kind", "revenue", "rank"),
    [
        (INDUSTRY, "", 50 * YI + 1, Rank.PROVINCE),  # 7: 超50亿元
        (INDUSTRY, "", 50 * YI, Rank.CITY),
        (INDUSTRY, "", 10 * YI + 1, Rank.CITY),  # 7: 超10亿元
        (INDUSTRY, "", 10 * YI, Rank.COUNTY),
        (INDUSTRY, "", YI + 1, Rank.COUNTY),  # 7: 超亿元
        (INDUSTRY, "", YI, None),
        (SERVICES, "service", 9 * YI + 1, Rank.PROVINCE),  # 8: 超9亿元的服务业企业
        (SERVICES, "service", 8000 * WAN + 1, Rank.CITY),  # 8: 超8000万元的服务业企业
        (SERVICES, "service", 2000 * WAN + 1, Rank.COUNTY),  # 8: 超2000万元的服务业企业
        (SERVICES, "service", 2000 * WAN, None),
        (SERVICES, "wholesale", 52 * YI + 1, Rank.PROVINCE),  # 8: 超52亿元的批发业企业
        (SERVICES, "wholesale", 10 * YI + 1, Rank.CITY),  # 8: 超10亿元的批发业企业
        (SERVICES, "wholesale", 3 * YI + 1, Rank.COUNTY),  # 8: 超3亿元的批发业企业
        (SERVICES, "retail", 14 * YI + 1, Rank.PROVINCE),  # 8: 超14亿元的零售业企业
        (SERVICES, "retail", 5 * YI + 1, Rank.CITY),  # 8: 超5亿元的零售业企业
        (SERVICES, "retail", 2 * YI + 1, Rank.COUNTY),  # 8: 超2亿元的零售业企业
        (SERVICES, "retail", None, None),
    ],
)
def test_revenue_decides_the_tier(
    rules: list[TierRule], kind: SubjectKind, sub_kind: str, revenue: int | None, rank: Rank | None
) -> None:
    assert tier_of(Facts(kind, sub_kind, revenue), rules).rank is rank


@pytest.mark.parametrize(
    ("kind", "mark", "rank"),
    [
        (INDUSTRY, "industry_leader", Rank.PROVINCE),  # 7: 行业排头兵企业
        (INDUSTRY, "industry_backbone", Rank.CITY),  # 7: 行业骨干企业
        (INDUSTRY, "growing", Rank.COUNTY),  # 7: 成长型企业
        (TECH, "provincial_programme", Rank.PROVINCE),  # 9: 承担省科技计划项目需要落地转化
        (TECH, "national_recognition", Rank.CITY),  # 9: 已通过国家认定
        (TECH, "provincial_recognition", Rank.COUNTY),  # 9: 省级科技型中小企业
        (SubjectKind.PROJECT, "provincial_key", Rank.PROVINCE),
        (SubjectKind.PROJECT, "city_key", Rank.CITY),
        (TECH, "industry_leader", None),
    ],
)
def test_marks_decide_where_revenue_does_not(
    rules: list[TierRule], kind: SubjectKind, mark: str, rank: Rank | None
) -> None:
    assert tier_of(Facts(kind, marks=frozenset({mark})), rules).rank is rank


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts(INDUSTRY, "", 5_230_000_000), "主营业务收入52.3亿元，超过50亿元，列为省级重点帮扶。"),
        (Facts(INDUSTRY, "", 5_000_000_001), "主营业务收入5000000001元，超过50亿元，列为省级重点帮扶。"),
        (Facts(INDUSTRY, "", 90_000_000), "主营业务收入9000万元，没有超过县级标准1亿元，不列入分级帮扶。"),
        (Facts(INDUSTRY), "还没有主营业务收入，不能按标准分级，请补报后重新分级。"),
        (Facts(INDUSTRY, marks=frozenset({"industry_leader"})), "属于行业排头兵企业，列为省级重点帮扶。"),
        (Facts(SERVICES, "", 5_000_000_000), "还没有注明小类（如服务业、批发业、零售业），不能按标准分级，请补上后重新分级。"),
        (Facts(SubjectKind.PROJECT), "“省重点项目”“市重点项目”都不具备，不列入分级帮扶。"),
        (Facts(SubjectKind.WORK), "活动没有为民心工程规定分级标准，不列入分级帮扶。"),
    ],
)
def test_every_tiering_explains_itself(rules: list[TierRule], facts: Facts, words: str) -> None:
    assert tier_of(facts, rules).words == words


def test_quotas_are_those_of_the_plan(lists: list[TierList]) -> None:
    by_kind = {one.kind: one for one in lists}

    assert [by_kind[INDUSTRY].quota_of(rank) for rank in (Rank.PROVINCE, Rank.CITY, Rank.COUNTY)] == [216, 600, 5747]
    assert [by_kind[SERVICES].quota_of(rank) for rank in (Rank.PROVINCE, Rank.CITY, Rank.COUNTY)] == [106, 587, 1357]
    assert [by_kind[TECH].quota_of(rank) for rank in (Rank.PROVINCE, Rank.CITY, Rank.COUNTY)] == [100, 500, 1400]
    assert {one.kind: one.total.number for one in lists} == {
        INDUSTRY: 6563, SERVICES: 2050, TECH: 2000, SubjectKind.PROJECT: 3550
    }
    assert {quota.stage: quota.number for quota in by_kind[SubjectKind.PROJECT].quotas} == {
        ProjectStage.PREPARATION: 1143, ProjectStage.CONSTRUCTION: 1882, ProjectStage.COMPLETION: 525
    }


def test_every_quota_is_the_coverage_that_the_plan_prints(lists: list[TierList]) -> None:
    plan, _ = parse_plan(packages.shipped("hebei-2018"))
    assert plan is not None
    printed = {one.code: one.value for one in plan.indicators}

    for one in lists:
        for quota in (one.total, *one.quotas):
            assert quota.number == printed[quota.reading], quota.reading


@pytest.mark.parametrize(
    ("amount", "words"),
    [(5_230_000_000, "52.3亿元"), (80_000_000, "8000万元"), (123_456, "12.3456万元"), (123_456_789, "123456789元"),
     (0, "0万元"), (-20_000_000, "-2000万元"), (None, "")],
)
def test_amounts_are_said_as_officials_say_them(amount: int | None, words: str) -> None:
    assert yuan_in_words(amount) == words
