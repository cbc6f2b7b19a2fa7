"""Values in force: every value a target ever had stays with its days, the newest one stands in the target (R-C4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plans.conftest import region
from tests.world import NOW
from zhitong.domain.plans.actions.loading import load
from zhitong.domain.plans.actions.setting import NewTerm, TermTooEarly, set_terms
from zhitong.domain.plans.models import Curve, Indicator, Target, TargetTerm
from zhitong.domain.plans.package import PlanRecord
from zhitong.domain.plans.queries.targets import curves_on, shares_on, terms_on
from zhitong.domain.plans.rules import Comparator, CurveShape, TermSource
from zhitong.kit.keeping import Loaded

pytestmark = pytest.mark.django_db

JULY = date(2018, 7, 1)


def own(code: str, campaign: str = "hebei-2018") -> Target:
    return Target.objects.get(indicator__code=code, indicator__plan__campaign=campaign, region__code__in=("13", "130973"))


def new_term(code: str = "P116", place: str = "13", value: int = 520, since: date = JULY) -> NewTerm:
    indicator = Indicator.objects.get(code=code)
    return NewTerm(
        indicator.id, region(place).id, Comparator.AT_LEAST, Decimal(value), None, None, since, TermSource.AMENDMENT, None,
        "按省交通运输厅意见调整",
    )


def ways_of(target: Target) -> Sequence[tuple[int, Decimal, str, str | None]]:
    rows = TargetTerm.objects.filter(target=target).order_by("number")
    return [(row.number, row.value, row.since.isoformat(), row.until and row.until.isoformat()) for row in rows]


def test_a_loaded_plan_has_a_first_value_from_the_day_it_was_issued_or_the_campaign_began() -> None:
    provincial, local = own("P116"), own("B003", "bohai-2018")

    assert ways_of(provincial) == [(1, 500, "2018-01-01", None)]
    assert [since for _, _, since, _ in ways_of(local)] == ["2018-04-20"]
    assert not Target.objects.filter(terms__isnull=True).exists()


def test_a_new_value_ends_the_one_before_and_stands_in_the_target() -> None:
    target = own("P116")

    assert set_terms([new_term()], now=NOW) == [target.id]

    assert ways_of(target) == [(1, 500, "2018-01-01", "2018-07-01"), (2, 520, "2018-07-01", None)]
    target.refresh_from_db()
    assert (target.value, target.comparator) == (520, ">=")


def test_a_day_has_the_value_that_was_in_force_on_it() -> None:
    target = own("P116")
    set_terms([new_term()], now=NOW)

    by_day = {day: terms_on([target.id], day).get(target.id) for day in (date(2017, 12, 31), date(2018, 6, 30), JULY)}

    assert [term and term.value for term in by_day.values()] == [None, 500, 520]


def test_a_value_of_the_same_day_takes_the_place_and_leaves_the_other_without_a_day() -> None:
    target = own("P116")
    set_terms([new_term()], now=NOW)
    set_terms([new_term(value=540)], now=NOW)

    assert ways_of(target)[1:] == [(2, 520, "2018-07-01", "2018-07-01"), (3, 540, "2018-07-01", None)]
    assert terms_on([target.id], JULY)[target.id].value == 540


def test_the_same_value_again_changes_nothing() -> None:
    set_terms([new_term()], now=NOW)
    set_terms([new_term(since=date(2018, 8, 1))], now=NOW)

    assert len(ways_of(own("P116"))) == 2


def test_a_value_before_one_that_is_set_already_is_refused_and_nothing_is_kept() -> None:
    set_terms([new_term()], now=NOW)

    with pytest.raises(TermTooEarly, match="2018年7月1日"):
        set_terms([new_term("P103", value=90), new_term(value=560, since=date(2018, 6, 1))], now=NOW)

    assert own("P103").value == 94
    assert len(ways_of(own("P116"))) == 2


def test_a_region_without_a_target_gets_one_that_cites_the_plan() -> None:
    [target_id] = set_terms([new_term(place="1309", value=40)], now=NOW)

    made = Target.objects.get(id=target_id)

    assert (made.region.code, made.value, made.clause_start) == ("1309", 40, 5987)
    assert ways_of(made) == [(1, 40, "2018-07-01", None)]


def test_many_values_are_set_in_a_fixed_number_of_statements() -> None:
    def asked(codes: Sequence[str]) -> int:
        terms = [new_term(code, place) for code in codes for place in ("1309", "1301")]
        with CaptureQueriesContext(connection) as queries:
            set_terms(terms, now=NOW)
        return len(queries)

    assert asked(["P116"]) == asked(["P030", "P031", "P041", "P103"])


@pytest.mark.usefixtures("from_the_province")
def test_loading_again_leaves_what_was_amended_and_what_was_divided(written: list[PlanRecord]) -> None:
    set_terms([new_term(), new_term(place="1309", value=40)], now=NOW)

    assert load(written, now=NOW) == Loaded()

    assert own("P116").value == 520
    assert Target.objects.filter(indicator__code="P116").count() == 2


@pytest.mark.usefixtures("from_the_province")
def test_a_corrected_reading_takes_the_place_of_the_plans_value_and_leaves_lower_regions(written: list[PlanRecord]) -> None:
    set_terms([new_term(place="1309", value=40)], now=NOW)
    province = written[0]
    corrected = tuple(replace(one, value=Decimal(510)) if one.code == "P116" else one for one in province.indicators)

    assert load([replace(province, indicators=corrected)], now=NOW) == Loaded(changed=1)

    assert ways_of(own("P116")) == [(1, 500, "2018-01-01", "2018-01-01"), (2, 510, "2018-01-01", None)]
    assert Target.objects.get(indicator__code="P116", region__code="1309").value == 40


def test_without_an_accepted_curve_the_default_shape_holds_from_the_campaigns_first_day() -> None:
    roads, waste = own("P116"), own("P103")

    curves = curves_on([roads.id, waste.id], JULY)

    assert (curves[roads.id].shape, curves[roads.id].id) == (CurveShape.LINEAR, None)
    assert [day.isoformat() for day, _ in curves[roads.id].points] == ["2018-01-01", "2018-12-31"]
    assert curves[waste.id].shape is CurveShape.LEVEL


def test_an_accepted_curve_speaks_from_its_day_on_and_a_proposed_one_never() -> None:
    target = own("P116")
    for number, state in ((1, "accepted"), (2, "proposed")):
        Curve.objects.create(
            target=target, number=number, shape="step", since=JULY, state=state, proposed_at=NOW,
            points=[["2018-01-01", "0"], ["2018-12-30", "0.1"], ["2018-12-31", "1"]],
        )

    before, after = (curves_on([target.id], day)[target.id] for day in (date(2018, 6, 30), JULY))

    assert (before.number, after.number, after.shape) == (0, 1, CurveShape.STEP)
    assert shares_on([target.id], date(2018, 9, 30))[target.id] < Decimal("0.1")
    assert shares_on([target.id], date(2018, 10, 31))[target.id] == Decimal("0.8")


def test_values_curves_and_shares_of_many_targets_cost_as_much_as_of_one() -> None:
    ids = list(Target.objects.values_list("id", flat=True))

    for ask, cost in ((terms_on, 1), (curves_on, 2), (shares_on, 3)):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(ids, date(2018, 8, 31))
        assert (len(queries), len(answer)) == (cost, len(ids)), ask
