"""An inspection's way (R-G3): planned, approved, drawn, found, put right, checked, closed; refusals change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import Story, acting, official_of, viewer
from tests.inspections.looking import OBJECT, OFFICE, OTHER, approved, does, found, unit_id, wanted
from tests.inspections.looking import afternoon as afternoon
from tests.live.conftest import raise_one
from tests.problems.ways import confirmed
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.inspections.actions.drawing import Drawing, NothingToDraw, draw
from zhitong.domain.inspections.actions.finding import (
    Found,
    answer_finding,
    close_finding,
    register_finding,
    return_finding,
)
from zhitong.domain.inspections.actions.planning import (
    NotNow,
    change_plan,
    end_inspection,
    plan,
    refuse_plan,
    submit_plan,
)
from zhitong.domain.inspections.queries.choosing import approvers_for, objects_for
from zhitong.domain.inspections.queries.findings import FindingFilters, finding_seen, findings_for
from zhitong.domain.inspections.queries.inspections import (
    Filters,
    InspectionView,
    count_for,
    inspection_seen,
    inspections_for,
    sample_names,
    waiting_for,
)
from zhitong.domain.inspections.rules.kinds import FindingState, InspectionState, Population, Way
from zhitong.domain.inspections.rules.sampling import digest_of, drawn
from zhitong.domain.inspections.rules.way import FindingAct, InspectionAct
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
DRAWING = Drawing(population=Population.CLOSED, since=date(2018, 4, 1), until=date(2018, 4, 27), size=3)


def closed() -> Story:
    """A matter that the department of the park has solved and the office above has struck off."""
    story = confirmed(raise_one())
    story.does("zone_office", close_off, CloseOff)
    return story


def seen(who: Viewer | str, inspection: UUID) -> InspectionView:
    one = viewer(who) if isinstance(who, str) else who
    with acting_as(one) as here:
        return inspection_seen(here, inspection, now=NOW)


def test_a_plan_is_approved_by_an_inspection_office_before_anything_is_drawn() -> None:
    made = does("city_office", plan, wanted())
    office = official_of(OFFICE)

    with pytest.raises(NotNow, match="起草中"):
        does("city_office", draw, made, DRAWING)
    does("city_office", submit_plan, made)
    with pytest.raises(NotNow, match="由批准单位办理"):
        does("city_office", refuse_plan, made, "不")
    with acting_as(office):
        waiting = [one.id for one in waiting_for(office)]
    does(office, refuse_plan, made, "时间太长")
    told = seen("city_office", made)
    does("city_office", change_plan, made, replace(wanted(), until=date(2018, 5, 4)))
    does("city_office", submit_plan, made)

    assert waiting == [made]
    assert (told.row.state, told.words) == (InspectionState.REFUSED, "时间太长")
    assert seen(office, made).acts.keys() == {InspectionAct.APPROVE, InspectionAct.REFUSE}
    with acting("city_office"):
        kinds = [one.kind for one in facts_about(made)]
    assert kinds == [f"inspection.{one}" for one in ("drafted", "submitted", "refused", "drafted", "submitted")]


@pytest.mark.parametrize(("said", "field", "sentence"), [
    ({"title": " "}, "title", "名称"),
    ({"until": date(2018, 4, 1)}, "until", "不能早于"),
    ({"until": date(2019, 12, 1)}, "until", "不超过一年"),
    ({"objects_of": ()}, "objects_of", "哪些单位"),
    ({"way": Way.JOINT}, "partners", "与哪些单位联合"),
    ({"title": "绝密督查"}, "title", "非涉密"),
])
def test_a_plan_that_cannot_be_is_refused_beside_its_field(said: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        does("city_office", plan, wanted(**said))

    assert field in refused.value.fields
    with acting("city_office") as _:
        assert inspections_for(viewer("city_office")) == []


def test_nobody_is_looked_at_from_outside_and_no_department_inspects() -> None:
    with pytest.raises(BadInput, match="本辖区"):
        does("outsider", plan, wanted())
    with pytest.raises(NotYours):
        does("city", plan, wanted())

    assert unit_id(OBJECT) not in {one.id for one in objects_for(viewer("zone_office"))}
    assert OFFICE in [one.code for one in approvers_for(viewer("city_office"))]


def test_a_sample_can_be_drawn_again_by_anybody_and_is_drawn_once() -> None:
    for _ in range(3):
        closed()
    unit = unit_id("130973400-economy")
    made = approved("zone_office", official_of("130973-inspection"), objects_of=(unit,), approver_id=unit_id("130973-inspection"))

    does("zone_office", draw, made, replace(DRAWING, until=date(2018, 4, 27), size=2))

    [sample] = seen("zone_office", made).samples
    with acting("zone_office"):
        names = sample_names(viewer("zone_office"), sample.id)
    assert [one.name for one in sample.drawn] == drawn(sample.seed, names, 2)
    assert (sample.of, sample.digest) == (len(names), digest_of(names))
    assert all("销号" in one.reported for one in sample.drawn)
    with pytest.raises(NotNow, match="不能重抽"):
        does("zone_office", draw, made, DRAWING)


def test_nothing_is_drawn_where_there_is_nothing_and_not_from_days_to_come() -> None:
    made = approved()

    with pytest.raises(NothingToDraw, match="没有可抽的"):
        does("city_office", draw, made, DRAWING)
    for wrong, field in ((replace(DRAWING, size=0), "size"), (replace(DRAWING, until=date(2018, 5, 1)), "until")):
        with pytest.raises(BadInput) as refused:
            does("city_office", draw, made, wrong)
        assert field in refused.value.fields
    assert seen("city_office", made).samples == ()


def test_the_served_of_a_region_may_be_drawn_too() -> None:
    made = approved(objects_of=(unit_id("130973400-economy"),))

    does("city_office", draw, made, replace(DRAWING, population=Population.SUBJECTS))

    [sample] = seen("city_office", made).samples
    assert [one.about for one in sample.drawn] == ["演示南大港石化设备有限公司"]


def test_a_finding_is_put_right_checked_and_closed() -> None:
    made = approved()
    finding = found(made)

    with pytest.raises(NotNow, match="被督查单位办理"):
        does("city_office", answer_finding, finding, "已整改")
    does("city", answer_finding, finding, "已联系企业。")
    does("city_office", return_finding, finding, "没有照片")
    does("city", answer_finding, finding, "已补照片。")
    does("city_office", close_finding, finding, "现场核查属实")

    with acting("city"):
        told = finding_seen(viewer("city"), finding, now=NOW + timedelta(days=30))
    assert (told.row.state, told.returns, told.opinion) == (FindingState.CLOSED, 1, "现场核查属实")
    assert "到期" in told.due_words
    assert told.row.light.value == "none"
    assert [one.kind.value for one in told.told] == [
        f"finding.{one}" for one in ("found", "answered", "returned", "answered", "closed")
    ]
    with pytest.raises(NotNow, match="已销号"):
        does("city_office", return_finding, finding, "再改")


def test_what_was_found_beside_what_was_reported_is_shown_as_a_difference() -> None:
    closed()
    unit = unit_id("130973400-economy")
    made = approved("zone_office", official_of("130973-inspection"), objects_of=(unit,), approver_id=unit_id("130973-inspection"))
    does("zone_office", draw, made, DRAWING)
    [one] = seen("zone_office", made).samples[0].drawn

    def finds(**said: Any) -> UUID:
        finding: UUID = does("zone_office", register_finding, made, Found(
            unit_id=unit, what="企业说仍在限电。", demand="重新办理。", workdays=3, differs=True, **said
        ))
        return finding

    with pytest.raises(BadInput, match="自报"):
        finds()
    finding = finds(drawn_id=one.id)

    with acting("zone_office"):
        [row] = findings_for(viewer("zone_office"), FindingFilters(differs=True), now=NOW)
    assert (row.id, row.reported, row.differs) == (finding, one.reported, True)


def test_who_is_looked_at_unannounced_sees_it_when_it_is_over() -> None:
    made = approved(way=Way.UNANNOUNCED)

    with pytest.raises(NotFound):
        seen("city", made)
    finding = found(made)
    with acting("city"):
        mine = [one.id for one in findings_for(viewer("city"), now=NOW)]
    does("city_office", end_inspection, made, "总体较好。")

    assert mine == [finding]
    assert seen("city", made).conclusion == "总体较好。"


def test_each_sees_of_an_inspection_what_is_due_behind_both_walls() -> None:
    made = approved()
    finding = found(made)
    other = does("city_office", register_finding, made, Found(unit_id=unit_id(OTHER), what="甲", demand="乙", workdays=2))
    drafted = does("city_office", plan, wanted(title="另一次督查"))

    for one, plans, findings in (
        (viewer("city_office"), {made, drafted}, {finding, other}),
        (official_of(OFFICE), {made}, {finding, other}),
        (viewer("city"), {made}, {finding}),
        (viewer("province_office"), {made}, {finding, other}),
        (viewer("outsider"), set(), set()),
        (viewer("zone_office"), set(), set()),
        (viewer("firm"), set(), set()),
    ):
        for wall in (acting_as, lambda who: without_first_wall()):
            with acting_as(one), wall(one):
                assert {row.id for row in inspections_for(one)} == plans
                assert {row.id for row in findings_for(one, now=NOW)} == findings
                assert count_for(one, Filters(words="问题办理")) == len(plans - {drafted})
    assert finding_acts("city", finding) == {FindingAct.ANSWER}


def finding_acts(login: str, finding: UUID) -> set[FindingAct]:
    with acting(login):
        return set(finding_seen(viewer(login), finding, now=NOW).acts)


def test_how_often_a_unit_is_looked_at_in_a_year_is_counted() -> None:
    made = [approved(title=f"第{place}次督查", since=date(2018, place, 1)) for place in (3, 4)]
    approved(title="上年的督查", since=date(2017, 12, 1), until=date(2017, 12, 5))

    assert {one.times for one in seen("city_office", made[0]).units} == {2}
