"""Curves per region: proposed there, accepted or returned by the office above, forward only (R-C4, R-C8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, official_of, viewer
from tests.plans.conftest import region
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.plans.actions.curving import (
    CurveAnswered,
    CurveWrong,
    NoCurveNow,
    accept_curve,
    propose_curve,
    return_curve,
)
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Curve, Indicator, Target
from zhitong.domain.plans.queries.one_target import target_seen
from zhitong.domain.plans.queries.targets import curves_on, shares_on
from zhitong.domain.plans.rules import Comparator, CurveShape, TermSource
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

TODAY = date(2018, 4, 27)
MAY = date(2018, 5, 1)


@pytest.fixture
def target_id(db: None) -> UUID:
    """A city's part of the 500 kilometres of motorway."""
    indicator = Indicator.objects.get(code="P116")
    term = NewTerm(
        indicator.id, region("1309").id, Comparator.EQUAL, Decimal(40), None, None, date(2018, 2, 1), TermSource.DIVISION,
        None, "",
    )
    return set_terms([term], now=NOW)[0]


def propose(target_id: UUID, login: str = "city_office", **values: Any) -> UUID:
    asked = {"shape": CurveShape.S_CURVE, "reason": "冬季停工", **values}
    with acting(login) as actor:
        return propose_curve(viewer(login), target_id, actor=actor, now=NOW, **asked)


def answer(act: Any, curve_id: UUID, login: str = "province_office", decision: str = "同意") -> None:
    with acting(login) as actor:
        act(viewer(login), curve_id, decision=decision, actor=actor, now=NOW)


@contextmanager
def nothing_proposed(target_id: UUID) -> Iterator[None]:
    yield
    assert not Curve.objects.filter(target=target_id).exists()


def test_a_proposed_curve_holds_for_nothing_until_the_office_above_accepts_it(target_id: UUID) -> None:
    curve_id = propose(target_id)
    before = curves_on([target_id], MAY)[target_id]

    answer(accept_curve, curve_id)

    after = curves_on([target_id], MAY)[target_id]
    assert (before.id, before.shape) == (None, CurveShape.LINEAR)
    assert (after.id, after.shape, after.since) == (curve_id, CurveShape.S_CURVE, MAY)


def test_a_later_curve_applies_forward_only_and_the_first_stays_drawn(target_id: UUID) -> None:
    answer(accept_curve, propose(target_id))

    assert curves_on([target_id], date(2018, 4, 30))[target_id].shape is CurveShape.LINEAR
    with acting("city_office"):
        seen = target_seen(viewer("city_office"), target_id, MAY)
    assert [day.isoformat() for day, _ in seen.first] == ["2018-01-01", "2018-12-31"]
    assert (seen.curve.shape, [one.number for one in seen.curves]) == (CurveShape.S_CURVE, [1])


def test_the_unit_that_keeps_the_line_of_the_lead_proposes_too(target_id: UUID) -> None:
    with acting_as(official_of("1309-transport")) as here:
        propose_curve(here, target_id, shape=CurveShape.STEP, reason="", actor=here.actor("test"), now=NOW)

    assert Curve.objects.get(target=target_id).by_unit.code == "1309-transport"  # type: ignore[union-attr]


@pytest.mark.parametrize("login", ["city", "zone_office", "province_office", "outsider"])
def test_nobody_else_proposes(target_id: UUID, login: str) -> None:
    with nothing_proposed(target_id), pytest.raises(NotYours, match="本地活动办公室或牵头单位"):
        propose(target_id, login)


def test_a_firm_finds_no_target(target_id: UUID) -> None:
    with nothing_proposed(target_id), pytest.raises(NotFound):
        propose(target_id, "firm")


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"shape": CurveShape.MONTHLY, "given": [Decimal(1)] * 3}, "months", "逐月填写12个数"),
        ({"shape": CurveShape.MONTHLY, "given": [Decimal("0.5"), Decimal("0.4"), *[Decimal(1)] * 10]}, "months", "不能比上个月低"),
        ({"shape": CurveShape.MONTHLY, "given": [Decimal("0.9")] * 12}, "months", "应为100%，现在是90%"),
        ({"shape": CurveShape.SEASONAL, "given": [Decimal("0.1")] * 12}, "months", "现在是120%"),
        ({"since": TODAY}, "since", "最早从2018年5月1日起"),
    ],
)
def test_what_makes_no_curve_is_refused_beside_its_field(
    target_id: UUID, values: dict[str, Any], field: str, said: str
) -> None:
    with nothing_proposed(target_id), pytest.raises(CurveWrong, match=said) as refused:
        propose(target_id, **values)

    assert list(refused.value.fields) == [field]


def test_a_second_proposal_waits_for_the_answer_to_the_first(target_id: UUID) -> None:
    propose(target_id)

    with pytest.raises(NoCurveNow, match="等上级认可"):
        propose(target_id)


def test_a_cancelled_target_needs_no_curve(target_id: UUID) -> None:
    Target.objects.filter(id=target_id).update(is_cancelled=True)

    with nothing_proposed(target_id), pytest.raises(NoCurveNow, match="已经取消"):
        propose(target_id)


def test_only_the_office_above_answers_and_only_once(target_id: UUID) -> None:
    curve_id = propose(target_id)

    for login in ("city_office", "province", "outsider"):
        with pytest.raises(NotYours, match="上一级活动办公室"):
            answer(accept_curve, curve_id, login)
    answer(return_curve, curve_id, decision="前三季度安排过低")
    with pytest.raises(CurveAnswered):
        answer(accept_curve, curve_id)

    kept = Curve.objects.get(id=curve_id)
    assert (kept.state, kept.decision) == ("returned", "前三季度安排过低")
    assert curves_on([target_id], MAY)[target_id].id is None


def test_a_return_says_why(target_id: UUID) -> None:
    curve_id = propose(target_id)

    with pytest.raises(BadInput, match="理由"):
        answer(return_curve, curve_id, decision=" ")


def test_a_reason_too_long_to_keep_is_refused_beside_its_field(target_id: UUID) -> None:
    with nothing_proposed(target_id), pytest.raises(BadInput, match="最多400字") as refused:
        propose(target_id, reason="冻" * 401)

    assert list(refused.value.fields) == ["reason"]


def test_at_the_top_its_own_office_accepts() -> None:
    own = Target.objects.get(indicator__code="P116", region__code="13")

    answer(accept_curve, propose(own.id, "province_office"))

    assert curves_on([own.id], MAY)[own.id].shape is CurveShape.S_CURVE


def test_a_monthly_plan_never_lowers_the_gate_of_october(target_id: UUID) -> None:
    slow = [Decimal("0.05") * step for step in range(11)] + [Decimal(1)]
    answer(accept_curve, propose(target_id, shape=CurveShape.MONTHLY, given=slow))

    due = {day: shares_on([target_id], day)[target_id] for day in (date(2018, 9, 30), date(2018, 10, 31))}

    assert due == {date(2018, 9, 30): Decimal("0.4"), date(2018, 10, 31): Decimal("0.8")}


def test_facts_tell_who_is_to_answer_and_who_asked(target_id: UUID) -> None:
    answer(accept_curve, propose(target_id))

    with acting("province_office"):
        told = facts_about(target_id)
    assert [one.kind for one in told] == ["plans.curve_proposed", "plans.curve_accepted"]
