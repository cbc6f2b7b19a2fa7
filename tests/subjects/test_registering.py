"""Registering the served: one or many, with tiers that explain themselves, and doubts that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from tests.subjects.conftest import region_id
from tests.world import NOW
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.registering import NewSubject, NotRegistered, register
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.cuts import KINDS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.queries import counts

Firm = Callable[..., NewSubject]


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office registers its firms."""
    with acting("zone_office") as actor:
        yield actor


def test_a_firm_gets_a_unit_of_its_own_and_a_tier_with_its_reason(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    [subject_id] = register([firm(revenue_cny=5_230_000_000)], rules=rules, actor=clerk, now=NOW)

    subject = Subject.objects.select_related("unit").get(id=subject_id)
    assert (subject.tier, subject.tier_words) == ("province", "主营业务收入52.3亿元，超过50亿元，列为省级重点帮扶。")
    assert (subject.unit.kind, subject.unit.name) == ("served", subject.name)


def test_a_code_written_in_full_width_is_the_same_code(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    wide = firm().code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    [subject_id] = register([firm(code=wide)], rules=rules, actor=clerk, now=NOW)

    assert Subject.objects.get(id=subject_id).code.isascii()


def test_an_odd_code_asks_for_a_reason_and_then_goes_on(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    odd = firm(code="91350203M0001QKT19")

    with pytest.raises(NotRegistered) as refused:
        register([odd], rules=rules, actor=clerk, now=NOW)
    [subject_id] = register(
        [firm(code=odd.code, code_reason="2016年前发的执照，已看原件")], rules=rules, actor=clerk, now=NOW
    )

    assert "校验位不对" in refused.value.fields["0"]
    assert Subject.objects.get(id=subject_id).code_reason == "2016年前发的执照，已看原件"


def test_a_project_code_is_not_a_credit_code(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    project = firm(kind=SubjectKind.PROJECT, code="2018-130973-26-03-000001", stage="construction", revenue_cny=None)

    [subject_id] = register([project], rules=rules, actor=clerk, now=NOW)

    assert Subject.objects.get(id=subject_id).stage == "construction"


def test_one_wrong_entry_stops_them_all_and_each_is_told(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    good = firm()

    with pytest.raises(NotRegistered) as refused:
        register([good, firm(name=" "), firm(code=good.code), firm(tier=Rank.CITY)], rules=rules, actor=clerk, now=NOW)

    assert set(refused.value.fields) == {"0", "1", "2", "3"}
    assert "出现了两次" in refused.value.fields["2"]
    assert "缺少名称" in refused.value.fields["1"]
    assert "写明理由" in refused.value.fields["3"]
    assert not Subject.objects.filter(name__startswith="演示企业").exists()


def test_a_code_registered_before_is_not_registered_again(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    first = firm()
    register([first], rules=rules, actor=clerk, now=NOW)

    with pytest.raises(NotRegistered) as refused:
        register([firm(code=first.code)], rules=rules, actor=clerk, now=NOW)

    assert "已经登记过" in refused.value.fields["0"]


def test_a_tier_set_by_hand_keeps_its_reason_beside_what_the_rules_say(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    entry = firm(tier=Rank.PROVINCE, tier_reason="省领导直接联系")

    [subject_id] = register([entry], rules=rules, actor=clerk, now=NOW)

    subject = Subject.objects.get(id=subject_id)
    assert subject.tier == "province"
    assert subject.tier_words == (
        "人工确定为省级重点帮扶：省领导直接联系。按规则：主营业务收入2亿元，超过1亿元，列为县级重点帮扶。"
    )


def test_the_registry_is_counted_as_it_grows(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    zone = region_id("130973")
    before = counts(KINDS, [zone], by=("kind", "tier"))

    register([firm(), firm(), firm(revenue_cny=2_000_000_000)], rules=rules, actor=clerk, now=NOW)

    after = counts(KINDS, [zone], by=("kind", "tier"))
    grown = {key: number - before.get(key, 0) for key, number in after.items()}
    assert grown == {(zone, "industry", "county"): 2, (zone, "industry", "city"): 1}


def test_a_hundred_take_no_more_statements_than_two(clerk: Actor, firm: Firm, rules: list[TierRule]) -> None:
    two, hundred = [firm() for _ in range(2)], [firm() for _ in range(100)]
    register([firm()], rules=rules, actor=clerk, now=NOW)  # the directory is read once per request

    with CaptureQueriesContext(connection) as few:
        register(two, rules=rules, actor=clerk, now=NOW)
    with CaptureQueriesContext(connection) as many:
        register(hundred, rules=rules, actor=clerk, now=NOW)

    assert len(few) == len(many)
