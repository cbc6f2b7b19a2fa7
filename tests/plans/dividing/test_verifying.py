"""The command that holds every division against a query of its own, and what offices are told (R-C5)."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import viewer as member
from tests.following import follow_all
from tests.plans.dividing.conftest import SINCE, indicator, region, shares, target, townships, turn_of
from tests.plans.dividing.test_issuing import HOSPITALS, ROADS, issued
from tests.world import NOW
from zhitong.cli import cascade
from zhitong.config import database as config
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.actions.dividing.answering import answer, ask
from zhitong.domain.plans.actions.dividing.issuing import divide_at_once
from zhitong.domain.plans.models import TargetTerm
from zhitong.domain.plans.queries.dividing.verifying import counted_twice
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.domain.progress.models import Duty
from zhitong.kit.clock import held_at
from zhitong.work.reactions import FOLLOWER, react

within_a_test = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], **asked: Any) -> tuple[int, str]:
    """The command's answer and what it printed, as the province's office may see it."""
    with held_at(NOW), acting_as(member("province_office")):
        code = cascade.run(argparse.Namespace(**{"campaign": None, "json": False, **asked}))
    return code, capsys.readouterr().out


@within_a_test
def test_a_cascade_over_two_levels_is_exact_by_a_query_that_knows_no_shares(capsys: pytest.CaptureFixture[str]) -> None:
    for login, place in (("province_office", "13"), ("city_office", "1309")):
        with turn_of(login) as turn:
            divide_at_once(
                [target(HOSPITALS, place).id, target(ROADS, place).id], turn, method=DivisionMethod.WEIGHT, since=NOW.date(),
                weights_id=townships().id,
            )

    code, told = run(capsys)
    told_all = json.loads(run(capsys, json=True)[1])

    assert code == 0
    assert "河北省：分解2个目标，其中相加的2个；与目标相符2个" in told
    assert "沧州市：分解2个目标" in told
    assert {(one["region"], one["code"], one["whole"], one["independent"]) for one in told_all["lines"]} >= {
        ("河北省", HOSPITALS, "26.000000", "26.000000"), ("河北省", ROADS, "500.000000", "500.000000"),
    }
    assert counted_twice("hebei-2018") == []


@within_a_test
def test_what_is_not_given_and_what_is_given_twice_over_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 10, "xiongan": 0}, reason="其余由省直属医院承担", since=NOW.date())
    issued(ROADS, {"1309": 300, "1301": 300, "xiongan": 0}, since=NOW.date())

    code, told = run(capsys)

    assert code == 1
    assert "未分4家" in told
    assert "超分100公里" in told


@within_a_test
def test_a_value_changed_behind_the_divisions_back_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}, since=NOW.date())
    TargetTerm.objects.filter(target=target(HOSPITALS, "1309")).update(value=13)

    code, told = run(capsys)

    assert code == 1
    assert "另行核算为27家，不符" in told


@within_a_test
def test_another_campaign_is_none() -> None:
    with acting_as(member("province_office")):
        assert cascade.run(argparse.Namespace(campaign="none", json=False)) == cascade.EXIT_MISUSED


def told_to(login: str) -> list[tuple[NoticeKind, str]]:
    with acting_as(member(login)) as viewer:
        return [(notice.kind, notice.thing_number) for notice in unread_for(viewer)]


def test_the_offices_concerned_are_told_once_for_all_that_came_down(fresh_database: str) -> None:
    with turn_of("province_office") as turn:
        made = divide_at_once(
            [target(HOSPITALS).id, target(ROADS).id], turn, method=DivisionMethod.EQUAL, since=SINCE
        )
    share = next(one for one in shares(made[0]).values() if one.region_id == region("1309").id)
    with turn_of("city_office") as turn:
        ask(share.id, turn, value=Decimal(5), reason="两家医院今年改扩建")
    with turn_of("province_office") as turn:
        answer(share.id, turn, value=None, words="请统筹安排")

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    assert (NoticeKind.SHARES_ISSUED, "河北省2个目标") in told_to("city_office")
    assert [kind for kind, _name in told_to("province_office")] == [NoticeKind.SHARE_ASKED]
    assert NoticeKind.SHARE_ANSWERED in [kind for kind, _name in told_to("city_office")]
    with acting_as(member("province_office")):
        assert Duty.objects.filter(task=indicator(HOSPITALS).task, region__code="1309", until__isnull=True).exists()
