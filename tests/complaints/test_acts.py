"""Bringing a complaint and handling it: who may do what, what the complainant reads, what limits run (R-F13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.cast import acting
from tests.complaints.acts import ABOVE, LETTER, PERSON, RECEIVER, TEXT, does, page, who
from tests.complaints.conftest import Bring
from tests.problems.ways import unit_id
from tests.world import NOW
from zhitong.domain.complaints.actions.handling import NotNow, acknowledge, ask, notify, refer, supply
from zhitong.domain.complaints.actions.submitting import Charge, submit
from zhitong.domain.complaints.queries.lists import complaints_for, waiting_for
from zhitong.domain.complaints.queries.rulebook import NoChannel
from zhitong.domain.complaints.rules.kinds import Act, State
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.rules.lights import Light
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def test_the_receiver_one_level_above_reads_it_and_two_limits_run(bring: Bring) -> None:
    seen = page(RECEIVER, bring())

    assert (seen.text, seen.happened, seen.row.accused) == (TEXT, "4月20日上午，服务大厅", "南大港产业园区经发局")
    assert (seen.row.complainant, seen.row.holder) == ("演示南大港石化设备有限公司", "渤海新区督查室")
    assert seen.row.due_at.astimezone(SHANGHAI).isoformat() == "2018-05-07T17:30:00+08:00"
    assert seen.standing.notify_due_at.astimezone(SHANGHAI).date() == date(2018, 6, 19)
    assert [choice.act for choice in seen.acts if choice.allowed] == [Act.ACKNOWLEDGE]


def test_the_receiver_does_not_learn_who_an_unnamed_complainant_is(bring: Bring) -> None:
    number = bring(is_unnamed=True)
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充退件的日期。")
    does("firm", supply, number, text="4月18日、19日和20日。")

    seen = page(RECEIVER, number)

    assert (seen.row.complainant, seen.row.is_unnamed) == ("", True)
    assert [(step.act, step.unit, step.person) for step in seen.steps if step.act in (Act.SUBMIT, Act.SUPPLY)] == [
        (Act.SUBMIT, "", ""), (Act.SUPPLY, "", ""),
    ]
    assert seen.steps[-1].text == "4月18日、19日和20日。"


def test_the_complainant_reads_units_and_results_but_no_officials_names(bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, notify, number, text="经核查属实，已责令改正并批评教育。")

    seen = page("firm", number)

    assert seen.standing.state is State.NOTIFIED
    assert (seen.row.due_at, seen.row.light, seen.acts) == (None, Light.NONE, ())
    assert seen.steps[-1].text == "经核查属实，已责令改正并批评教育。"
    assert {(step.unit, step.person) for step in seen.steps} == {("", ""), ("渤海新区督查室", "")}
    assert page(RECEIVER, number).steps[-1].person == "演示"


def test_after_acknowledging_the_limit_for_notifying_runs_and_is_never_moved(bring: Bring) -> None:
    number = bring()
    first = page(RECEIVER, number).standing.notify_due_at
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充。")
    does("firm", supply, number, text="已补充。")

    seen = page(RECEIVER, number, at=first + timedelta(seconds=1))

    assert seen.row.due_at == seen.standing.notify_due_at == first
    assert seen.row.light is Light.OVERDUE


def test_it_is_asked_once_and_only_the_complainant_answers(bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充日期。")
    with pytest.raises(NotYours):
        does(RECEIVER, supply, number, text="代答")
    does("firm", supply, number, text="4月20日。")

    with pytest.raises(NotNow, match="已请投诉人补充过一次"):
        does(RECEIVER, ask, number, question="再补充。")
    assert page(RECEIVER, number).standing.state is State.HANDLING


def test_who_it_is_referred_to_sees_it_and_notifies_and_who_referred_only_reads(bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)

    standing = does(RECEIVER, refer, number, letter=replace(LETTER, body="", unit_id=unit_id(ABOVE)))

    assert (standing.state, standing.holder_id) == (State.REFERRED, unit_id(ABOVE))
    assert page(ABOVE, number).text == TEXT
    with pytest.raises(NotNow, match="现在不由本单位办理"):
        does(RECEIVER, notify, number, text="代为告知")
    does(ABOVE, acknowledge, number)
    assert does(ABOVE, notify, number, text="已处理。").state is State.NOTIFIED
    referred = next(step for step in page("firm", number).steps if step.act is Act.REFER)
    assert (referred.to, referred.letter_number, referred.letter_on, referred.text) == (
        "沧州市委市政府督查室", LETTER.number, LETTER.on, ""
    )


def test_referred_by_letter_to_a_body_outside_the_holder_still_notifies(bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)

    standing = does(RECEIVER, refer, number, letter=LETTER)

    assert (standing.state, standing.holder_id) == (State.HANDLING, unit_id(RECEIVER))
    assert page(RECEIVER, number).steps[-1].text == LETTER.note
    assert page("firm", number).steps[-1].to == LETTER.body


@pytest.mark.parametrize(("unit", "changes", "said"), [
    ("130973400-economy", {"body": ""}, "不能移送给这个单位"),  # the accused itself
    ("130973-office", {"body": ""}, "不能移送给这个单位"),  # a campaign office
    ("130982-propaganda", {"body": ""}, "不能移送给这个单位"),  # not above the accused
    (RECEIVER, {"body": ""}, "不能移送给这个单位"),  # oneself
    (ABOVE, {}, "两者选一"),
    (None, {"body": ""}, "两者选一"),
    (None, {"on": date(2018, 4, 28)}, "函件日期不能晚于今天"),
])
def test_it_is_not_referred_to_just_anybody(bring: Bring, unit: str | None, changes: dict[str, object], said: str) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    given = {**changes, "unit_id": unit_id(unit) if unit else None}

    with pytest.raises(BadInput, match=said):
        does(RECEIVER, refer, number, letter=replace(LETTER, **given))  # type: ignore[arg-type]
    assert [step.act for step in page(RECEIVER, number).steps] == [Act.SUBMIT, Act.ACKNOWLEDGE]


def test_a_complaint_that_is_over_takes_no_act(bring: Bring) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, notify, number, text="已处理。")

    for act, values in ((acknowledge, {}), (ask, {"question": "?"}), (notify, {"text": "再"}), (refer, {"letter": LETTER})):
        with pytest.raises(NotNow, match="已告知结果"):
            does(RECEIVER, act, number, **values)


def test_an_act_is_the_receiving_posts_alone(bring: Bring) -> None:
    number = bring()

    for name in ("park_office", "province_office", "zone_office", "city_office", "other_firm", "outsider", ABOVE):
        with pytest.raises(NotFound):
            does(name, acknowledge, number)
    with pytest.raises(NotYours):
        does("firm", acknowledge, number)


def test_what_is_refused_changes_nothing(bring: Bring) -> None:
    number = bring()
    before = page(RECEIVER, number)

    with pytest.raises(NotNow):
        does(RECEIVER, notify, number, text="未签收先告知")
    assert page(RECEIVER, number).steps == before.steps
    assert page(RECEIVER, number).standing == before.standing


def test_somebody_named_in_words_is_complained_of_at_the_level_named(bring: Bring) -> None:
    city = Region.objects.get(code="1309").id
    with acting("firm") as actor:
        sealed = submit(
            Charge(campaign="hebei-2018", region_id=city, person=PERSON, text=TEXT), actor=actor, now=NOW
        )

    assert sealed.receiver.code == "13-inspection"
    assert page("13-inspection", sealed.number).row.accused == f"沧州市 · {PERSON}"


@pytest.mark.parametrize(("changes", "field", "said"), [
    ({"unit_id": None}, "person", "请选择被投诉的单位，或者写明被投诉的人员"),
    ({"unit_id": None, "person": PERSON}, "region_id", "请选择被投诉的人员在哪一级"),
    ({"unit_id": uuid4()}, "unit_id", "没有这个单位"),
    ({"text": " \n"}, "text", "请写明发生了什么事"),
    ({"text": "内有机密文件"}, "text", "不得填写国家秘密"),
    ({"text": "长" * 5001}, "text", "最多5000字"),
    ({"happened": "在绝密会上"}, "happened", "不得填写国家秘密"),
    ({"person": "名" * 121}, "person", "最多120字"),
])
def test_a_complaint_that_cannot_be_taken_says_what_is_wrong(
    bring: Bring, changes: dict[str, object], field: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        bring(**changes)

    assert list(refused.value.fields) == [field]
    with acting("firm") as _actor, acting_as(who("firm")) as here:
        assert complaints_for(here, now=NOW).rows == []


def test_an_official_brings_none(bring: Bring) -> None:
    with pytest.raises(NotYours):
        bring(login="park_office")


def test_a_campaign_without_receivers_names_another_way(bring: Bring) -> None:
    with pytest.raises(NoChannel, match="请向当地信访或纪检监察机关反映"):
        bring(campaign="bohai-2018")


def test_each_party_lists_its_own_the_newest_first_and_page_by_page(bring: Bring) -> None:
    numbers = [bring() for _ in range(3)]

    for name in ("firm", RECEIVER):
        with acting_as(who(name)) as here:
            first = complaints_for(here, now=NOW, limit=2)
            rest = complaints_for(here, now=NOW, limit=2, after=first.next_id)
        assert [row.number for row in (*first.rows, *rest.rows)] == numbers[::-1]
        assert rest.next_id is None


def test_only_those_that_wait_for_the_unit_itself_are_counted_for_it(bring: Bring) -> None:
    number, _other = bring(), bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充。")

    counts = {}
    for name in (RECEIVER, ABOVE, "zone_office", "firm"):
        with acting_as(who(name)) as here:
            counts[name] = waiting_for(here)
    assert counts == {RECEIVER: 1, ABOVE: 0, "zone_office": 0, "firm": 0}


def test_receipt_numbers_are_all_different_and_say_nothing(bring: Bring) -> None:
    numbers = [bring() for _ in range(5)]

    assert len(set(numbers)) == 5
    assert not any(sign in number for number in numbers for sign in ("2018", "沧", "冀"))


def test_a_number_is_found_however_typed(bring: Bring) -> None:
    number = bring()

    assert page("firm", f" {number.lower()} ").row.number == number
