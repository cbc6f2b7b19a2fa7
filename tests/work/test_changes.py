"""What follows from curves and amendments as the worker does it: who decides is told, who asked hears."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.cast import acting, viewer
from tests.plans.conftest import region
from tests.work.test_reactions import react_to_all
from tests.world import NOW
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.plans.actions.amending.deciding import approve_amendment
from zhitong.domain.plans.actions.amending.drafting import AmendmentAsked, draft_amendment, submit_amendment
from zhitong.domain.plans.actions.curving import accept_curve, propose_curve
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Indicator, Plan
from zhitong.domain.plans.rules import Changed, Comparator, CurveShape, TermSource
from zhitong.domain.plans.rules.amending import ItemAsked


def told(login: str) -> list[tuple[NoticeKind, str]]:
    with acting(login):
        return [(one.kind, one.thing_number) for one in unread_for(viewer(login))]


def test_who_decides_is_told_and_who_asked_hears(fresh_database: str) -> None:
    indicator = Indicator.objects.get(code="P116")
    term = NewTerm(
        indicator.id, region("1309").id, Comparator.EQUAL, Decimal(40), None, None, date(2018, 2, 1), TermSource.DIVISION,
        None, "",
    )
    [target_id] = set_terms([term], now=NOW)
    asked = AmendmentAsked(
        "关于调整高速公路建设目标的请示", "征地", "", date(2018, 4, 27),
        [ItemAsked(Changed.VALUE, target_id, {"comparator": "=", "value": "36", "upper": ""})],
    )
    with acting("city_office") as actor:
        city = viewer("city_office")
        curve_id = propose_curve(city, target_id, shape=CurveShape.S_CURVE, reason="", actor=actor, now=NOW)
        amendment_id = draft_amendment(city, Plan.objects.get(campaign="hebei-2018").id, asked, actor=actor, now=NOW)
        submit_amendment(city, amendment_id, version=1, actor=actor, now=NOW)
    react_to_all(fresh_database)
    assert set(told("province_office")) == {
        (NoticeKind.CURVE_TO_DECIDE, indicator.name), (NoticeKind.AMENDMENT_TO_DECIDE, asked.title),
    }

    with acting("province_office") as actor:
        province = viewer("province_office")
        accept_curve(province, curve_id, decision="同意", actor=actor, now=NOW)
        approve_amendment(province, amendment_id, decision="同意", actor=actor, now=NOW)
    react_to_all(fresh_database)
    react_to_all(fresh_database)

    assert set(told("city_office")) == {
        (NoticeKind.CURVE_DECIDED, indicator.name), (NoticeKind.PLAN_AMENDED, asked.title),
    }
