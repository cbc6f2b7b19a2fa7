"""Reports by period and region: owed, filled in, sent, approved level by level, locked, corrected (R-E3, R-E4, R-A5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.cast import official_of, viewer
from tests.progress.way import CAMPAIGN, LATE, LOCKED, NOW, Sheet, indicator, opened
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.models import Milestone, Target
from zhitong.domain.problems.models import Problem, Reported
from zhitong.domain.progress.actions import assigning
from zhitong.domain.progress.actions.assigning import assign_duties, pass_to_heirs
from zhitong.domain.progress.actions.correcting import AskedCorrection, ask_correction, decide_correction
from zhitong.domain.progress.actions.deciding import approve_reports, let_through, return_reports
from zhitong.domain.progress.actions.opening import open_due, open_period
from zhitong.domain.progress.actions.reminding import remind_due
from zhitong.domain.progress.actions.submitting import WaitsForOthers
from zhitong.domain.progress.actions.waiting import stop_waiting
from zhitong.domain.progress.actions.writing import Locked, NotNow, NotYoursToDo
from zhitong.domain.progress.models import Correction, Duty, Figure, Report, Standing
from zhitong.domain.progress.rules.counting import CUTS
from zhitong.domain.tallies.queries import differences
from zhitong.kit.keeping import Loaded
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

CITY, COUNTY, ZONE = Sheet("1309"), Sheet("130982"), Sheet("130973")
COUNTY_IN_JULY = Sheet("130982", "2018-07")


def counts_agree() -> bool:
    return [differences(cut) for cut in CUTS] == [[], [], []]


def test_who_reports_is_the_lead_above_and_the_keeper_of_its_line_below() -> None:
    opened()

    told = {row.region.code: row.unit.code for row in Duty.objects.filter(task=indicator().task).select_related("region", "unit")}
    assert told == {
        "13": "13-development", "1309": "1309-development", "130982": "130982-development", "130973": "130973-economy",
    }


def test_assigning_again_changes_nothing_and_what_is_gone_only_ends() -> None:
    opened()
    with acting_as(viewer("province_office")):
        assert not assign_duties(CAMPAIGN, on=NOW.date())
        Target.objects.filter(indicator=indicator(), region__code="130973").update(is_cancelled=True)

        assert assign_duties(CAMPAIGN, on=NOW.date()) == Loaded(removed=1)

        assert Duty.objects.get(task=indicator().task, region__code="130973").until == NOW.date()


def test_a_period_is_opened_once_with_an_empty_place_for_each_figure() -> None:
    assert opened() > 40
    with acting_as(viewer("province_office")):
        assert open_period(CAMPAIGN, period_of("2018-08"), now=NOW) == 0
    assert (CITY.figure.value, CITY.row.state, COUNTY.row.state) == (None, "waiting_below", "owed")
    assert CITY.row.due_at == datetime(2018, 9, 10, 9, 30, tzinfo=UTC)
    assert counts_agree()


@pytest.mark.parametrize("period", ["2018-01", "2019-02"])
def test_before_a_target_begins_and_after_its_deadline_nothing_is_owed(period: str) -> None:
    opened(period)

    with acting_as(viewer("province_office")):
        assert not Figure.objects.filter(report__period=period, indicator=indicator(), report__region__code="1309").exists()


def test_the_clock_opens_what_has_just_ended() -> None:
    opened("2018-07")
    with acting_as(viewer("province_office")):
        assert open_due(CAMPAIGN, now=NOW) > 40
        assert open_due(CAMPAIGN, now=NOW) == 0
        assert set(Report.objects.values_list("period", flat=True)) == {"2018-07", "2018-08"}


def test_a_report_goes_up_level_by_level_and_the_one_above_waits_until_all_are_in() -> None:
    opened()
    COUNTY.goes_up(4)
    with pytest.raises(WaitsForOthers, match="还有1家没有报齐：沧州渤海新区"):
        CITY.goes_up(11)

    ZONE.goes_up(7)
    with acting_as(viewer("province_office")):
        assert stop_waiting(now=NOW) == 1
    CITY.goes_up(11)

    assert (COUNTY.row.state, CITY.row.state) == ("accepted", "accepted")
    assert (CITY.figure.sum_below, CITY.figure.missing_below) == (Decimal(11), 0)
    with acting_as(viewer("province_office")):
        assert [one.kind for one in facts_about(CITY.row.id)] == ["report.submitted", "report.approved", "report.accepted"]
        assert Standing.objects.filter(indicator=indicator(), region__code="1309", period="2018-08", actual=11).exists()
    assert counts_agree()


def test_the_office_may_let_a_report_go_up_without_those_below() -> None:
    opened()
    CITY.fills(11, note="两县未报，按台账填")
    with pytest.raises(NotYoursToDo):
        CITY.decided(let_through, "13-office", reason="来不及")
    with pytest.raises(BadInput, match="写明原因"):
        CITY.decided(let_through, "1309-office")

    CITY.decided(let_through, "1309-office", reason="两县台风停工，先报")
    CITY.sends()

    assert (CITY.row.state, CITY.figure.sum_below, CITY.figure.missing_below) == ("submitted", None, 2)


def test_parts_above_the_whole_are_refused_until_somebody_says_why() -> None:
    opened()
    COUNTY.goes_up(4)
    ZONE.goes_up(7)
    CITY.fills(9)
    with pytest.raises(BadInput, match="核对") as refused:
        CITY.sends()
    assert "各部分之和不应超过总数" in refused.value.fields[f"{CITY.row.id}.{indicator().id}"]

    CITY.fills(9, note="两家同时报了跨县基地")
    CITY.sends()

    assert CITY.row.state == "submitted"


def test_a_figure_that_is_missing_stays_missing_and_is_explained() -> None:
    opened()
    COUNTY.fills(None)
    with pytest.raises(BadInput) as refused:
        COUNTY.sends()
    assert "不要填0" in refused.value.fields[f"{COUNTY.row.id}.{indicator().id}"]

    COUNTY.fills(None, note="统计口径待上级明确")
    COUNTY.sends()

    assert COUNTY.figure.value is None


def test_nobody_approves_what_is_not_his_or_what_he_sent_himself() -> None:
    opened()
    COUNTY.fills(4)
    COUNTY.sends()
    for office in ("1309-office", "130982-development", "13-office"):
        with pytest.raises(NotYoursToDo):
            COUNTY.decided(approve_reports, office)
    with acting_as(viewer("province_office")):
        post = official_of("130982-office").post_id
        Report.objects.filter(id=COUNTY.row.id).update(submitted_post_id=post)

    with pytest.raises(NotYoursToDo, match="另一个岗位"):
        COUNTY.decided(approve_reports, "130982-office")


def test_what_is_given_back_has_a_reason_and_counts_as_returned() -> None:
    opened()
    COUNTY.goes_up(4)
    with pytest.raises(BadInput, match="写明原因"):
        COUNTY.decided(return_reports, "1309-office")
    with pytest.raises(NotNow, match="不能退回"):
        COUNTY.decided(return_reports, "130982-office", reason="漏一家")

    COUNTY.decided(return_reports, "1309-office", reason="漏报一家")

    assert (COUNTY.row.state, COUNTY.row.return_reason, COUNTY.row.approved_at) == ("returned", "漏报一家", None)
    COUNTY.goes_up(5, LATE)
    assert COUNTY.row.first_submitted_at == NOW
    assert counts_agree()


def test_after_the_lock_nothing_is_written_but_a_correction_the_level_above_allows() -> None:
    opened()
    COUNTY.goes_up(4)
    with pytest.raises(Locked, match="申请更正"):
        ZONE.fills(7, LOCKED)
    with pytest.raises(NotNow, match="已经锁定"):
        COUNTY.decided(return_reports, "1309-office", LOCKED, reason="漏报")
    with COUNTY.reporter() as here:
        kept = ask_correction(
            AskedCorrection(figure_id=COUNTY.figure.id, after=Decimal(5), reason="漏报一家", actor=here.actor("test")), now=LOCKED,
        )
    with acting_as(official_of("130982-office")) as here, pytest.raises(NotYoursToDo):
        decide_correction(kept, is_allowed=True, words="", actor=here.actor("test"), now=LOCKED)

    with acting_as(official_of("1309-office")) as here:
        decide_correction(kept, is_allowed=True, words="同意", actor=here.actor("test"), now=LOCKED)

    with acting_as(viewer("province_office")):
        row = Correction.objects.get(id=kept)
        assert (row.before, row.after, row.is_allowed, COUNTY.figure.value) == (4, 5, True, 5)
        assert Standing.objects.get(indicator=indicator(), region__code="130982", period="2018-08").actual == 5


def test_a_report_never_sent_comes_late_by_a_correction_and_a_refused_one_changes_nothing() -> None:
    opened()
    decisions = []
    for after, is_allowed in ((Decimal(8), False), (Decimal(7), True)):
        with ZONE.reporter() as here:
            asked = AskedCorrection(figure_id=ZONE.figure.id, after=after, reason="当期漏报", actor=here.actor("test"))
            kept = ask_correction(asked, now=LOCKED)
            with pytest.raises(NotNow, match="已有一个更正"):
                ask_correction(asked, now=LOCKED)
        with acting_as(official_of("1309-office")) as here:
            decide_correction(kept, is_allowed=is_allowed, words="依据不足", actor=here.actor("test"), now=LOCKED)
        decisions.append((ZONE.row.state, ZONE.figure.value))

    assert decisions == [("owed", None), ("accepted", Decimal(7))]
    assert counts_agree()


def test_a_correction_is_not_asked_while_the_report_is_open() -> None:
    opened()
    with COUNTY.reporter() as here, pytest.raises(NotNow, match="还没有锁定"):
        ask_correction(AskedCorrection(figure_id=COUNTY.figure.id, after=Decimal(5), reason="改", actor=here.actor("test")), now=NOW)


def test_a_difficulty_becomes_one_problem_however_often_the_report_is_sent() -> None:
    opened()
    COUNTY.fills(4, trouble="两家基地用地指标没有落实，需市里协调。")
    COUNTY.sends(asks_above=True)
    COUNTY.decided(return_reports, "130982-office", reason="再核一遍")
    COUNTY.sends(asks_above=True)

    with acting_as(viewer("province_office")):
        [raised] = Reported.objects.filter(report=COUNTY.row).select_related("problem__region")
        assert (raised.problem.source, raised.problem.region.code) == ("progress", "130982")
        assert "用地指标" in raised.problem.text


def test_a_difficulty_that_nobody_has_written_down_raises_nothing() -> None:
    opened()
    COUNTY.fills(4)
    with pytest.raises(BadInput, match="存在什么问题"):
        COUNTY.sends(asks_above=True)

    assert COUNTY.row.state == "owed"
    with acting_as(viewer("province_office")):
        assert not Problem.objects.filter(source="progress").exists()


def test_a_milestone_done_in_the_period_wants_its_proof() -> None:
    opened()
    COUNTY.fills(4)
    with acting_as(viewer("province_office")):
        Milestone.objects.create(
            task=indicator().task, region=COUNTY.row.region, position=1, name="主体完工", due_on=NOW.date(), first_due_on=NOW.date(),
            needs_evidence=True, done_on=datetime(2018, 8, 20, tzinfo=UTC).date(),
        )

    with pytest.raises(BadInput) as refused:
        COUNTY.sends()

    assert "主体完工" in refused.value.fields[f"{COUNTY.row.id}.files"]


def test_others_neither_see_nor_write_what_is_not_theirs() -> None:
    opened()
    with acting_as(viewer("outsider")):
        assert not Report.objects.filter(region__code__in=["1309", "130982"]).exists()
    with pytest.raises(NotFound):
        COUNTY.decided(approve_reports, "130123-office")
    with acting_as(viewer("firm")):
        assert not Report.objects.exists()


def test_what_a_region_that_merged_still_owes_its_successor_reports_and_its_history_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    opened("2018-07")
    COUNTY_IN_JULY.goes_up(3, datetime(2018, 8, 6, 2, 0, tzinfo=UTC))
    opened()
    here = directory()
    ended, heir = (here.unit_coded(code) for code in ("130982-development", "1309-development"))
    assert ended
    assert heir
    merged = replace(here, heirs={ended.id: heir.id}, units={one: unit for one, unit in here.units.items() if one != ended.id})
    monkeypatch.setattr(assigning, "directory", lambda: merged)
    with acting_as(viewer("province_office")):
        assert pass_to_heirs(now=NOW) == 1
        assert pass_to_heirs(now=NOW) == 0

    COUNTY.fills(4)
    COUNTY.sends()

    assert (COUNTY.row.unit_id, COUNTY.row.region.code, COUNTY_IN_JULY.row.unit_id) == (heir.id, "130982", ended.id)
    assert counts_agree()


def test_who_is_late_is_reminded_once_a_day_and_his_office_later() -> None:
    opened()
    with acting_as(viewer("province_office")):
        assert remind_due(NOW) == 0
        first = datetime(2018, 9, 11, 2, 0, tzinfo=UTC)
        assert remind_due(first) > 40
        assert remind_due(first + timedelta(hours=3)) == 0
        told = [one for row in Report.objects.all() for one in facts_about(row.id) if one.kind == "report.reminded"]
        units = {one.body["unit"]: one.body["count"] for one in told}
        assert len(told) == len(units)
        assert sum(units.values()) == Report.objects.count()
        assert remind_due(datetime(2018, 9, 12, 2, 0, tzinfo=UTC)) > 40
        assert any(
            one.body["level"] == "office" for row in Report.objects.all() for one in facts_about(row.id) if one.kind == "report.reminded"
        )
