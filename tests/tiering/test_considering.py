"""Diagnosis and footings follow figures and qualifications; rungs move by hand with a reason (R-D4, R-D5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.subjects.conftest import region_id
from tests.tiering.conftest import HEBEI, Known, tells
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import Diagnosis, SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.queries import differences
from zhitong.domain.tiering.actions.climbing import climb
from zhitong.domain.tiering.actions.considering import Considered, consider
from zhitong.domain.tiering.models import DiagnosisSpell, Footing
from zhitong.domain.tiering.queries.diagnoses import (
    DiagnosisFilters,
    count_diagnoses,
    diagnosed_by_region,
    diagnoses_for,
)
from zhitong.domain.tiering.queries.ladders import (
    FootingFilters,
    footings_for,
    ladder_of,
    proposed_rungs,
    rung_moves,
    rungs_counted,
)
from zhitong.domain.tiering.rules.cuts import CUTS
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
WAN = 10_000


def considered(*subject_ids: UUID, login: str = "province_office") -> Considered:
    with acting(login) as actor:
        return consider(subject_ids, campaign=HEBEI, actor=actor, now=NOW)


@pytest.fixture
def told(known: Known) -> Known:
    """Two firms with a month's figures: one profitable, one in difficulty."""
    with acting("province_office"):
        tells(known["large"], "2018-03", revenue_cny=1000 * WAN, profit_cny=100 * WAN)
        tells(known["small"], "2018-03", revenue_cny=1000 * WAN, profit_cny=-5 * WAN)
    considered(*known.values())
    return known


@pytest.fixture
def sme(db: None, firm: Callable[..., NewSubject], rules: list[TierRule]) -> UUID:
    """A tech firm of the zone that bears the province's recognition."""
    with acting("province_office") as office:
        entry = firm(kind=SubjectKind.TECH_SME, revenue_cny=300 * WAN, marks=frozenset({"provincial_recognition"}))
        [found] = register([entry], rules=rules, actor=office, now=NOW)
    considered(found)
    return found


def moved(login: str, rungs: dict[UUID, str], reason: str = "经科技部门评审") -> int:
    with acting(login) as actor:
        return climb(viewer(login), "growth", rungs, reason, campaign=HEBEI, actor=actor, now=NOW)


def test_figures_give_a_diagnosis_that_stands_on_the_register(told: Known) -> None:
    with acting_as(viewer("province_office")) as who:
        row = Subject.objects.get(id=told["small"])
        assert (row.diagnosis, row.diagnosis_words) == ("difficult", "2018年3月亏损5万元，诊断为困难。")
        assert [one.diagnosis for one in diagnoses_for(who, DiagnosisFilters(diagnosis=Diagnosis.DIFFICULT))] == [
            Diagnosis.DIFFICULT
        ]
        assert differences(CUTS[0]) == []


def test_considering_again_changes_nothing(told: Known) -> None:
    assert considered(*told.values()) == Considered()
    with acting("province_office"):
        assert DiagnosisSpell.objects.count() == 2


def test_a_change_is_kept_with_what_it_was_before(told: Known) -> None:
    with acting("province_office"):
        tells(told["large"], "2018-04", revenue_cny=1000 * WAN, profit_cny=10 * WAN)

    assert considered(told["large"]).diagnosed == 1

    with acting_as(viewer("province_office")) as who:
        [row] = diagnoses_for(who, DiagnosisFilters(only_changed=True))
        assert (row.before, row.diagnosis, row.period) == (Diagnosis.PROFITABLE, Diagnosis.THIN, "2018-04")
        assert DiagnosisSpell.objects.filter(subject_id=told["large"], until=NOW).count() == 1
        assert differences(CUTS[0]) == []


def test_who_moves_or_is_no_longer_served_is_counted_so(told: Known) -> None:
    with acting("province_office"):
        Subject.objects.filter(id=told["large"]).update(region_id=region_id("1301"))
        Subject.objects.filter(id=told["small"]).update(ended_on=date(2018, 4, 1))
    considered(told["large"], told["small"])

    with acting_as(viewer("province_office")) as who:
        numbers = {one.code: one.numbers for one in diagnosed_by_region(who)}
        assert (numbers["1301"], numbers["1309"]) == ((1, 0, 0), (0, 0, 0))
        assert differences(CUTS[0]) == []


def test_diagnoses_are_for_offices_and_small_totals_are_kept_from_lines(told: Known) -> None:
    with acting_as(viewer("city_office")) as who:
        assert diagnosed_by_region(who)[0].numbers == (1, 0, 1)
        assert count_diagnoses(who, DiagnosisFilters(), most=10) == 2
    with acting_as(viewer("city")) as who:
        assert diagnosed_by_region(who)[0].numbers == (None, 0, None)
        assert diagnoses_for(who, DiagnosisFilters()) == []
    with acting_as(viewer("outsider")) as who:
        assert diagnosed_by_region(who)[0].numbers == (0, 0, 0)
        assert diagnoses_for(who, DiagnosisFilters()) == []
    with acting_as(viewer("outsider")), without_first_wall():
        assert not DiagnosisSpell.objects.exists()
    with acting_as(viewer("firm")) as who, pytest.raises(NotFound):
        diagnosed_by_region(who)


def test_a_qualification_makes_a_firm_ready_for_its_rung(sme: UUID) -> None:
    with acting_as(viewer("province_office")) as who:
        ladder = ladder_of(HEBEI, "growth")
        [row] = footings_for(who, HEBEI, ladder, FootingFilters(only_ready=True))
        assert (row.subject_id, row.rung, row.proposed) == (sme, "", "苗圃")
        assert row.words == "属于省级科技型中小企业，符合“苗圃”的条件。"
        assert row.lacking == "距“雏鹰”还差：已通过国家认定、年营业收入500万元以上（现为300万元）。"
        assert proposed_rungs(HEBEI, ladder, [row.id]) == {sme: "seedling"}
        assert {one.name: (one.standing, one.ready) for one in rungs_counted(who, HEBEI, ladder)} == {
            "苗圃": (0, 0), "雏鹰": (0, 0), "小巨人": (0, 0), "上市": (0, 0), "": (1, 1)
        }


def test_a_move_is_kept_with_its_reason_and_counted(sme: UUID) -> None:
    assert moved("city_office", {sme: "seedling"}) == 1
    assert moved("city_office", {sme: "seedling"}) == 0

    with acting_as(viewer("zone_office")) as who:
        ladder = ladder_of(HEBEI, "growth")
        [move] = rung_moves(who, HEBEI, ladder, since=date(2018, 4, 1))
        assert (move.before, move.after, move.reason) == ("", "苗圃", "经科技部门评审")
        assert rungs_counted(who, HEBEI, ladder)[0].standing == 1
        assert footings_for(who, HEBEI, ladder, FootingFilters(only_ready=True)) == []
        assert differences(CUTS[1]) == []


def test_off_the_ladder_is_a_move_too(sme: UUID) -> None:
    moved("city_office", {sme: "seedling"})

    assert moved("city_office", {sme: ""}, "已迁出") == 1

    with acting("city_office"):
        assert differences(CUTS[1]) == []
        assert Footing.objects.get(subject_id=sme, ladder="growth").rung == ""


@pytest.mark.parametrize(
    ("login", "refused"), [("outsider", NotFound), ("city", NotYours), ("firm", NotYours)]
)
def test_others_move_nobody(sme: UUID, login: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        moved(login, {sme: "seedling"})


@pytest.mark.parametrize(
    ("rung", "reason", "field"), [("seedling", " ", "reason"), ("moon", "理由", "rung"), (None, "理由", "chosen")]
)
def test_a_move_needs_a_reason_a_rung_and_a_firm(sme: UUID, rung: str | None, reason: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        moved("city_office", {} if rung is None else {sme: rung}, reason)

    assert set(refused.value.fields) == {field}


def test_ladders_are_closed_to_the_served_and_hold_nothing_of_elsewhere(sme: UUID) -> None:
    with acting_as(viewer("firm")) as who, pytest.raises(NotFound):
        footings_for(who, HEBEI, ladder_of(HEBEI, "growth"), FootingFilters())
    with acting_as(viewer("outsider")) as who:
        assert footings_for(who, HEBEI, ladder_of(HEBEI, "growth"), FootingFilters()) == []
        assert rung_moves(who, HEBEI, ladder_of(HEBEI, "growth")) == []
    with pytest.raises(NotFound):
        ladder_of(HEBEI, "moon")
