"""Noting figures of periods: what is said later wins, equal values change nothing, the register row follows (R-D1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.actions.noting import NewFact, Noted, NotNoted, note_facts
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import DatedFact, Subject
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.noting import (
    Standing,
    Verdict,
    followed_value,
    last_day,
    period_in_words,
    period_trouble,
    value_trouble,
    verdict_on,
)
from zhitong.domain.subjects.rules.tiers import TierRule

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office."""
    with acting("zone_office") as actor:
        yield actor


@pytest.fixture
def firm_id(clerk: Actor, firm: Callable[..., NewSubject], rules: list[TierRule]) -> UUID:
    """A firm of the zone of which no figure is known."""
    return register([firm(revenue_cny=None)], rules=rules, actor=clerk, now=NOW)[0]


def figure(subject_id: UUID, value: str, code: Known = Known.REVENUE, period: str = "2017", **more: Any) -> NewFact:
    return NewFact(
        subject_id=subject_id, code=code, period=period, value=Decimal(value), source=FactSource.CARD, **more
    )


def kept(subject_id: UUID) -> dict[tuple[str, str], Decimal]:
    rows = DatedFact.objects.filter(subject_id=subject_id)
    return {(code, period): value for code, period, value in rows.values_list("code", "period", "value")}


def test_a_figure_is_kept_with_its_source_and_the_row_follows(clerk: Actor, firm_id: UUID) -> None:
    noted = note_facts([figure(firm_id, "230000000"), figure(firm_id, "18500000.5", Known.PROFIT, "2018-03")], actor=clerk, now=NOW)

    assert noted == Noted(new=2)
    assert kept(firm_id) == {("revenue_cny", "2017"): 230_000_000, ("profit_cny", "2018-03"): Decimal("18500000.5")}
    assert DatedFact.objects.filter(subject_id=firm_id, source="card", noted_at=NOW).count() == 2
    assert Subject.objects.get(id=firm_id).revenue_cny == 230_000_000
    told = facts_about(firm_id)[-1]
    assert (told.kind, [one["code"] for one in told.body["figures"]]) == ("subject.noted", ["revenue_cny", "profit_cny"])


def test_what_is_said_later_wins_and_what_it_replaced_is_told(clerk: Actor, firm_id: UUID) -> None:
    note_facts([figure(firm_id, "100")], actor=clerk, now=NOW)

    later = note_facts([figure(firm_id, "120")], actor=clerk, now=LATER)
    older = note_facts([figure(firm_id, "90", said_at=NOW)], actor=clerk, now=LATER)

    assert (later, older) == (Noted(replaced=1), Noted(older=1))
    assert kept(firm_id) == {("revenue_cny", "2017"): 120}
    assert Decimal(facts_about(firm_id)[-1].body["figures"][0]["was"]) == 100


def test_an_equal_value_changes_nothing_and_is_not_told(clerk: Actor, firm_id: UUID) -> None:
    note_facts([figure(firm_id, "100.12345")], actor=clerk, now=NOW)
    before = len(facts_about(firm_id))

    again = note_facts([figure(firm_id, "100.1235"), figure(firm_id, "100.1235")], actor=clerk, now=LATER)

    assert again == Noted(same=1)
    assert len(facts_about(firm_id)) == before
    assert DatedFact.objects.get(subject_id=firm_id).noted_at == NOW


def test_the_rows_revenue_is_that_of_the_newest_year_and_a_month_does_not_move_it(clerk: Actor, firm_id: UUID) -> None:
    note_facts([figure(firm_id, "500", period="2017"), figure(firm_id, "400", period="2016")], actor=clerk, now=NOW)
    note_facts([
        figure(firm_id, "45", period="2018-03"), figure(firm_id, "70", Known.INVESTED, "2018Q1"),
        figure(firm_id, "60", Known.INVESTED, "2017"),
    ], actor=clerk, now=LATER)

    row = Subject.objects.get(id=firm_id)
    assert (row.revenue_cny, row.invested_cny) == (500, 70)


def test_one_wrong_figure_stops_them_all_and_each_is_told(clerk: Actor, firm_id: UUID) -> None:
    strange = UUID(int=1)
    wrong = [
        figure(firm_id, "1"), figure(strange, "1"), figure(firm_id, "1", period="2018年"), figure(firm_id, "-1", period="2016"),
        figure(firm_id, "2"), figure(firm_id, "1.5", Known.EMPLOYEES), figure(firm_id, "NaN", period="2015"),
    ]

    with pytest.raises(NotNoted) as refused:
        note_facts(wrong, actor=clerk, now=NOW)

    assert set(refused.value.fields) == {"1", "2", "3", "4", "5", "6"}
    assert "2018Q3" in refused.value.fields["2"]
    assert "两个不同的数" in refused.value.fields["4"]
    assert kept(firm_id) == {}


def test_a_thousand_take_no_more_statements_than_two(clerk: Actor, firm_id: UUID) -> None:
    periods = [f"{year}-{month:02d}" for year in range(2010, 2018) for month in range(1, 13)]
    many = [figure(firm_id, str(value), period=period) for value, period in enumerate(periods)]

    with CaptureQueriesContext(connection) as few:
        note_facts([figure(firm_id, "1"), figure(firm_id, "1", period="2016")], actor=clerk, now=NOW)
    with CaptureQueriesContext(connection) as more:
        note_facts([figure(firm_id, "2"), *many], actor=clerk, now=LATER)

    assert len(few) == len(more)


@pytest.mark.parametrize(
    ("login", "sees"), [("zone_office", 1), ("province_office", 1), ("zone", 0), ("outsider", 0), ("firm", 0)]
)
def test_figures_stand_behind_a_wall_of_their_own(
    login: str, sees: int, firm: Callable[..., NewSubject], rules: list[TierRule], db: None
) -> None:
    with acting("zone_office") as actor:
        [subject_id] = register([firm(revenue_cny=None)], rules=rules, actor=actor, now=NOW)
        note_facts([figure(subject_id, "100")], actor=actor, now=NOW)

    with acting_as(viewer(login)):
        assert DatedFact.objects.filter(subject_id=subject_id).count() == sees


def test_another_territory_finds_nobody_to_note_for(firm: Callable[..., NewSubject], rules: list[TierRule], db: None) -> None:
    with acting("zone_office") as actor:
        [subject_id] = register([firm()], rules=rules, actor=actor, now=NOW)

    with acting("outsider") as actor, pytest.raises(NotNoted, match="1个数"):
        note_facts([figure(subject_id, "100")], actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("standing", "value", "verdict"),
    [
        (None, "5", Verdict.NEW), (Standing(Decimal(5), NOW), "5.0000", Verdict.SAME),
        (Standing(Decimal(5), NOW), "6", Verdict.REPLACES), (Standing(Decimal(5), LATER), "6", Verdict.OLDER),
        (Standing(Decimal(5), LATER), "5", Verdict.SAME),
    ],
)
def test_which_figure_stands(standing: Standing | None, value: str, verdict: Verdict) -> None:
    assert verdict_on(standing, Decimal(value), NOW) is verdict


@pytest.mark.parametrize(
    ("period", "ends", "said"),
    [
        ("2018", date(2018, 12, 31), "2018年"), ("2018Q1", date(2018, 3, 31), "2018年一季度"),
        ("2016-02", date(2016, 2, 29), "2016年2月"),
    ],
)
def test_a_period_has_a_last_day_and_words(period: str, ends: date, said: str) -> None:
    assert (last_day(period), period_in_words(period), period_trouble(period)) == (ends, said, "")


@pytest.mark.parametrize("period", ["", "18", "2018-13", "2018Q5", "2018-8", "2018年8月", " 2018"])
def test_other_writings_are_no_periods(period: str) -> None:
    assert "2018-08" in period_trouble(period)


@pytest.mark.parametrize(
    ("code", "told", "value"),
    [
        (Known.REVENUE, [("2018-03", "9")], None), (Known.REVENUE, [("2016", "7"), ("2017", "8"), ("2018Q1", "9")], 8),
        (Known.INVESTED, [("2017", "8"), ("2017-12", "6"), ("2018Q1", "9")], 9),
        (Known.INVESTED, [("2017", "8"), ("2017-12", "6")], 8), (Known.INVESTED, [], None),
    ],
)
def test_the_row_follows_the_newest(code: Known, told: list[tuple[str, str]], value: int | None) -> None:
    assert followed_value(code, [(period, Decimal(one)) for period, one in told]) == value


def test_a_loss_may_be_said_and_an_endless_figure_not() -> None:
    assert value_trouble(Known.PROFIT, Decimal(-5)) == ""
    assert "单位" in value_trouble(Known.ASSETS, Decimal(10) ** 17)
