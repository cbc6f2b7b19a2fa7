"""Joint units: each reports its part with its own indicators, the first of them joins them (R-B3, R-E3)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from tests.cast import official_of, viewer
from tests.progress.way import CAMPAIGN, NOW, Sheet, opened
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.models import Indicator
from zhitong.domain.plans.rules import Role
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.progress.actions.assigning import assign_duties, load_rules
from zhitong.domain.progress.actions.deciding import Decision, accept_reports, approve_reports
from zhitong.domain.progress.actions.entering import Entry, Told, save_reports
from zhitong.domain.progress.actions.opening import open_period
from zhitong.domain.progress.actions.submitting import Submission, WaitsForOthers
from zhitong.domain.progress.actions.waiting import stop_waiting
from zhitong.domain.progress.actions.writing import NotYoursToDo
from zhitong.domain.progress.models import Duty, Report
from zhitong.domain.progress.queries.duties import ReportDuty, duties_for
from zhitong.domain.progress.queries.lists import Narrowing, ReportLens, count_for
from zhitong.domain.progress.queries.sheets import own_sheet
from zhitong.domain.progress.rules import ReportState
from zhitong.domain.progress.rules.duties import TaskLead, leads_of
from zhitong.domain.progress.rules.timetable import USUAL, AcceptedBy

TOILETS = "23"
JOINER, FARMS, ROADS = "13-housing", "13-agriculture", "13-transport"
LEAD, OTHER = UUID(int=1), UUID(int=2)


def toilets() -> dict[str, Report]:
    """August's reports of task 23 at the province, by unit."""
    with acting_as(viewer("province_office")):
        rows = Report.objects.filter(task__number=TOILETS, task__plan__campaign=CAMPAIGN, region__code="13", period="2018-08")
        return {row.unit.code: row for row in rows.select_related("unit")}


def sends(unit: str, value: int) -> Report:
    """A unit fills in every indicator of its report and sends it."""
    row = toilets()[unit]
    with acting_as(official_of(unit)) as here:
        figures = [
            Told(indicator_id, Decimal(value), note="演示")
            for indicator_id in row.figures.values_list("indicator_id", flat=True)
        ]
        save_reports([Entry(report_id=row.id, actor=here.actor("test"), progress_words="按计划推进。", figures=figures)], now=NOW)
        step = Submission(report_id=row.id, actor=here.actor("test"))
        submit_reports([ReportToSend(submission=step, asks_above=False)], now=NOW)
    return row


def approves(unit: str, row: Report) -> None:
    with acting_as(official_of(unit)) as here:
        approve_reports([Decision(report_id=row.id, actor=here.actor("test"))], now=NOW)


@pytest.mark.django_db
def test_each_of_several_units_sees_its_own_indicators_and_the_joiner_all() -> None:
    opened()

    asked = {}
    for unit in (JOINER, FARMS, ROADS):
        with acting_as(official_of(unit)) as here:
            [sheet] = [one for one in own_sheet(here, "2018-08", now=NOW) if one.number == TOILETS]
            codes = Indicator.objects.filter(id__in=[line.indicator_id for line in sheet.figures]).order_by("position")
            asked[unit] = list(codes.values_list("code", flat=True))

    assert asked == {
        JOINER: ["P106", "P107", "P108", "P109", "P110", "P111"], FARMS: ["P107"], ROADS: ["P108", "P109", "P110"],
    }


@pytest.mark.django_db
def test_the_joiner_approves_the_parts_and_is_held_against_them() -> None:
    opened()
    part = sends(ROADS, 9)
    with acting_as(official_of(JOINER)) as here:
        assert [one.count for one in duties_for(here, now=NOW) if one.kind is ReportDuty.APPROVE] == [1]
    with pytest.raises(NotYoursToDo):
        approves("13-office", part)
    with pytest.raises(WaitsForOthers, match="还有4家没有报齐"):
        sends(JOINER, 9)

    approves(JOINER, part)
    for unit in set(toilets()) - {JOINER, ROADS}:
        approves(JOINER, sends(unit, 9))
    with acting_as(viewer("province_office")):
        stop_waiting(now=NOW)
    sends(JOINER, 9)

    with acting_as(viewer("province_office")):
        rows = toilets()
        joined = {one.indicator.code: one.sum_below for one in rows[JOINER].figures.select_related("indicator")}
        assert rows[JOINER].state == ReportState.SUBMITTED.value
        assert {rows[one].state for one in set(rows) - {JOINER}} == {ReportState.APPROVED.value}
        assert (joined["P108"], joined["P106"]) == (9, None)
        assert joined["P107"] == 18, "two units have a part in it"


@pytest.mark.django_db
def test_a_keeper_of_several_lines_reports_once_below() -> None:
    opened()

    with acting_as(viewer("province_office")):
        rows = Duty.objects.filter(task__number=TOILETS, region__code="13", is_joiner=False).select_related("unit")
        assert {row.unit.code: row.indicator_codes for row in rows}[FARMS] == ["P107"]
        assert {one.part for one in rows} >= {"农村厕所改造", "交通沿线厕所建设", "旅游厕所建设"}


@pytest.mark.django_db
def test_where_the_package_says_so_the_lead_unit_above_accepts() -> None:
    opened()
    with acting_as(viewer("province_office")):
        load_rules(CAMPAIGN, replace(USUAL, accepted_by=AcceptedBy.LEAD))
    county = Sheet("130982")
    county.fills(4)
    county.sends()
    county.decided(approve_reports, "130982-office")
    with pytest.raises(NotYoursToDo, match="接受"):
        county.decided(accept_reports, "1309-office")
    for unit, count in (("1309-development", [1]), ("1309-office", [])):
        with acting_as(official_of(unit)) as here:
            assert [one.count for one in duties_for(here, now=NOW) if one.kind is ReportDuty.ACCEPT] == count

    county.decided(accept_reports, "1309-development")

    assert county.row.state == ReportState.ACCEPTED.value


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ([TaskLead(LEAD, Role.LEAD, ""), TaskLead(OTHER, Role.RESPONSIBLE, "农村", ("P2",))], [LEAD, OTHER]),
        ([TaskLead(LEAD, Role.LEAD, ""), TaskLead(OTHER, Role.RESPONSIBLE, "农村")], [LEAD]),
        ([TaskLead(LEAD, Role.LEAD, ""), TaskLead(LEAD, Role.RESPONSIBLE, "城区", ("P1",))], [LEAD]),
        ([TaskLead(OTHER, Role.RESPONSIBLE, ""), TaskLead(LEAD, Role.SUPPORT, "")], [OTHER]),
        ([TaskLead(LEAD, Role.JOINT, ""), TaskLead(OTHER, Role.JOINT, "")], [LEAD, OTHER]),
    ],
)
def test_who_shares_a_task_reports_it_and_who_has_indicators_of_its_own_reports_them(
    named: list[TaskLead], found: list[UUID]
) -> None:
    assert [one.unit_id for one in leads_of(named)] == found


@pytest.mark.django_db
def test_a_body_outside_the_territory_chain_sees_the_parts_that_it_joins_and_nothing_else() -> None:
    with acting_as(viewer("province_office")):
        assign_duties("bohai-2018", on=NOW.date())
        open_period("bohai-2018", period_of("2018-08"), now=NOW)

    with acting_as(official_of("130973-investment_group")) as here:
        [sheet] = [one for one in own_sheet(here, "2018-08", now=NOW) if one.number == "23"]
        others = Report.objects.exclude(unit_id=here.unit_id)
        assert len(sheet.missing) == 4
        assert set(others.values_list("task__number", flat=True)) == {"23"}
        assert count_for(here, ReportLens.TERRITORY, Narrowing(), most=100) == others.count() + len(own_sheet(here, "2018-08", now=NOW))
    with acting_as(official_of("130973-customs")):
        assert not Report.objects.exists()
