"""补录 (R-F10): told afterwards in one act, answered in the same breath, confirmed by the firm, counted apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import SAFETY, unit_id
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.intake.actions.naming import NOBODY, Named
from zhitong.domain.intake.actions.recording import Record, record
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, Reject, close_off, confirm, reject
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import Problem, Signing
from zhitong.domain.problems.queries.verifying import findings_of, findings_of_counts
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import UNDECIDED, Outcome, Rating, Source, State
from zhitong.domain.problems.rules.signing import Steps
from zhitong.domain.problems.rules.way import Act
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db

FIRM = "演示南大港石化设备有限公司"


def told(login: str = "park", **said: Any) -> Any:
    """What a member of the cast writes down of a call by the firm of the park."""
    with acting_as(viewer("province_office")):
        subject = Subject.objects.get(name=FIRM)
    given: dict[str, Any] = {
        "campaign": "hebei-2018", "firm": Named(subject.id), "text": "配电房检修要停多久？", "how": Source.CALL,
        "happened_at": NOW - timedelta(hours=5), "answered_by": "演示丙", "result": "检修半天，已协调供电所当晚恢复。", **said,
    }
    with acting_as(viewer(login)) as here:
        return record(here, [Record(actor=here.actor("test"), now=NOW, **given)])[0]


def test_a_settled_call_is_answered_in_the_same_act_by_the_unit_of_who_wrote_it_down() -> None:
    standing = told()

    assert (standing.state, standing.outcome, standing.recorded) == (State.ANSWERED, Outcome.SOLVED, True)
    assert standing.accountable_unit_id == viewer("park").unit_id
    assert standing.accepted_at == standing.answered_at == NOW
    with acting("park"):
        assert Problem.objects.get(id=standing.id).happened_at == NOW - timedelta(hours=5)
        assert [fact.kind for fact in facts_about(standing.id)] == [
            "problem.submitted", "problem.accepted", "problem.dispatched", "problem.acknowledged", "problem.completed",
        ]


def test_the_firm_confirms_by_one_act_and_an_office_that_is_not_its_own_judge_closes_it_off() -> None:
    story = Story(told().id)

    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    closed = story.does("zone_office", close_off, CloseOff)

    assert closed.state is State.CLOSED
    with acting("province_office"):
        assert [str(found) for found in (*findings_of([closed.id], now=story.now), *findings_of_counts())] == []


def test_a_firm_to_which_it_never_happened_says_so_and_an_office_that_is_not_its_own_judge_looks_into_it() -> None:
    story = Story(told().id)

    standing = story.does("firm", reject, Reject, words="没有这件事。")

    assert standing.state is State.REVIEW
    assert standing.accountable_unit_id == viewer("zone_office").unit_id


def test_without_a_result_it_waits_at_the_desk_of_the_office_and_who_wrote_it_goes_on_seeing_it() -> None:
    standing = told(result="")

    assert (standing.state, standing.accountable_unit_id) == (State.SUBMITTED, viewer("park_office").unit_id)
    assert Story(standing.id).parties() == {"park": "informed", "firm": "informed", "park_office": "office"}


def test_with_a_category_and_no_result_a_rule_sends_it_on() -> None:
    standing = told(login="park_office", result="", category="energy")

    assert (standing.state, standing.accountable_unit_id) == (State.DISPATCHED, viewer("park").unit_id)


def test_an_office_names_who_has_it_in_hand_already() -> None:
    standing = told(login="park_office", result="", category="energy", taken_by_id=unit_id(SAFETY))

    assert (standing.state, standing.accountable_unit_id) == (State.DISPATCHED, unit_id(SAFETY))
    assert standing.routing_words == "南大港产业园区安监环保局原已承办，继续办理。"


@pytest.mark.parametrize(("login", "code", "refused"), [
    ("park", SAFETY, NotYours), ("park_office", "130973-economy", NotFound), ("zone_office", "1309-power", NotFound),
])
def test_nobody_else_and_nobody_elsewhere_is_named(login: str, code: str, refused: type[Refused]) -> None:
    with pytest.raises(refused):
        told(login=login, result="", category="energy", taken_by_id=unit_id(code))
    assert Problem.objects.count() == 0


def test_what_nobody_has_sorted_is_not_dispatched() -> None:
    story = Story(told(result="").id)
    story.does("park_office", accept, Accept)

    with story.unchanged(NotNow, "类别待定"):
        story.does("park_office", dispatch, Dispatch, unit_id=viewer("park").unit_id, reason="")


def test_a_firm_outside_the_registry_is_written_down_by_its_name() -> None:
    standing = told(firm=Named(None, "演示路边小厂"))

    assert (standing.subject_kind, standing.category, standing.reporter_unit_id) == ("", UNDECIDED, None)
    with acting("park"):
        assert Problem.objects.get(id=standing.id).subject_name == "演示路边小厂"


def test_no_name_at_all_is_said_so() -> None:
    with acting("park"):
        assert Problem.objects.get(id=told(firm=Named()).id).subject_name == NOBODY


def test_a_level_above_may_answer_a_firm_of_its_territory() -> None:
    standing = told(login="city")

    assert standing.state is State.ANSWERED
    assert standing.level_region_id == viewer("city").region_id


@pytest.mark.parametrize("login", ["outsider", "neighbour"])
def test_who_stands_elsewhere_finds_no_such_firm(login: str) -> None:
    with pytest.raises(NotFound):
        told(login=login)
    assert Problem.objects.count() == 0


def test_who_looks_after_a_firm_elsewhere_may_write_down_what_it_told() -> None:
    with acting_as(viewer("province_office")):
        subject = Subject.objects.get(name=FIRM)
        Care.objects.create(
            subject=subject, tier="county", unit_id=viewer("neighbour").unit_id, lead_official="演示赵", person_in_charge="演示钱",
            since=NOW.date(),
        )

    assert told(login="neighbour", result="").state is State.SUBMITTED


def test_a_region_of_elsewhere_is_not_found() -> None:
    with pytest.raises(NotFound):
        told(firm=Named(None, "演示厂", Region.objects.get(code="130982").id))


@pytest.mark.parametrize(
    ("said", "refused", "sentence"),
    [
        ({"happened_at": NOW + timedelta(minutes=1)}, BadInput, "发生时间不能晚于现在"),
        ({"how": Source.CARD}, BadInput, "补录的方式只能是来电"),
        ({"answered_by": " "}, BadInput, "由谁答复"),
        ({"text": "绝密★"}, BadInput, "非涉密"),
    ],
)
def test_what_cannot_be_taken_leaves_nothing(said: dict[str, Any], refused: type[Exception], sentence: str) -> None:
    with pytest.raises(refused, match=sentence):
        told(**said)
    with acting("province_office"):
        assert Problem.objects.count() == 0


def test_a_firm_does_not_write_down_for_itself() -> None:
    with pytest.raises(NotYours):
        told(login="firm")


def test_a_unit_that_signs_off_its_answers_does_not_go_around_it() -> None:
    with acting_as(viewer("park")) as here:
        Signing.objects.create(unit_id=here.unit_id, act=Act.COMPLETE.value, steps=Steps.SIGN.value)

    with pytest.raises(NotNow, match="须经审签"):
        told()
    with acting("province_office"):
        assert Problem.objects.count() == 0


def test_recorded_ones_count_in_a_column_of_their_own() -> None:
    told()
    told(how=Source.VISIT, result="")
    told(confidential=True)

    with acting("park_office"):
        found = counts(cuts.RECORDED, [viewer("park_office").region_id], by=("source", "state"))
    assert {key[1:]: number for key, number in found.items() if number} == {("call", "answered"): 1, ("visit", "submitted"): 1}
