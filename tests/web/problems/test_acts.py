"""Acts at the screen: sent once, refused in words, nothing typed is lost, nothing done twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Story, acting
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.acts import WAYS

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
Address = Callable[..., str]


def state_of(story: Story) -> State:
    with acting("province_office"):
        return State(Problem.objects.values_list("state", flat=True).get(id=story.problem_id))


def told(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def send(at_desk: Desk, address_of: Address) -> Callable[..., Any]:
    """Send an act's form as a member of the cast, and go where it leads."""

    def post(login: str, story: Story, act: str, **typed: str) -> Any:
        return at_desk(login).post(address_of(story, act), typed, follow=True)

    return post


def test_every_act_of_the_way_but_submitting_is_done_at_the_screen() -> None:
    assert set(Act) - set(WAYS) == {Act.SUBMIT}


def test_an_ordinary_case_takes_the_handler_two_acts(send: Callable[..., Any], raised: Raised) -> None:
    story = raised()

    signed = send("park", story, "acknowledge", contact="已电话联系企业负责人")
    answered = send("park", story, "complete", outcome="solved", text="已调整错峰方案。")

    assert "已签收，现由本单位办理" in told(signed)
    assert "已办结，答复已送出。" in told(answered)
    assert state_of(story) is State.ANSWERED


def test_it_climbs_and_comes_back_and_is_closed_by_plain_forms(send: Callable[..., Any], raised: Raised) -> None:
    story = raised()
    way = [
        ("park", "acknowledge", {"contact": "已联系"}),
        ("park", "propose", {"tried": "已协商", "power_missing": "authority", "asked_for": "请协调错峰"}),
        ("park_office", "escalate", {"consent_by": "演示主任", "consent_on": "2018-04-27"}),
        ("zone", "acknowledge", {"contact": "已联系"}),
        ("zone", "complete", {"outcome": "explained", "text": "停电窗口已排到10月。"}),
        ("park", "pass_down", {"note": ""}),
        ("firm", "reject", {"words": "太晚了", "reply_rating": "basically"}),
        ("city_office", "uphold", {"reason": "电网改造须停电窗口，10月前不能提前。"}),
        ("firm", "confirm", {"rating": "basically", "reply_rating": "satisfied", "words": ""}),
        ("park_office", "verify", {"checked_by": "phone", "checked": "已电话向企业核实。"}),
        ("park_office", "close_off", {}),
    ]

    for login, act, typed in way:
        answer = send(login, story, act, **typed)
        assert answer.status_code == 200, (act, told(answer))
        assert answer.redirect_chain, act

    assert state_of(story) is State.CLOSED


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": "", "text": "好"}, "请填写这一项。"),
        ({"outcome": "planned", "text": "明年"}, "“列入计划”须写明计划完成日期。"),
        ({"outcome": "planned", "text": "明年", "planned_on": "2018-04-27"}, "计划完成日期应晚于今天"),
        ({"outcome": "planned", "text": "明年", "planned_on": "明年"}, "请填写日期，例如 2018-09-17。"),
        ({"outcome": "cannot", "text": "不能"}, "“无法解决”须选择缺少哪项权限或条件。"),
        ({"outcome": "solved", "text": "  "}, "请填写这一项。"),
        ({"outcome": "solved", "text": "长" * 2001}, "最多2000字，您写了2001字"),
        ({"outcome": "solved", "text": "见机密文件"}, "本系统为非涉密系统，不得填写国家秘密。"),
    ],
)
def test_a_form_that_cannot_be_taken_says_why_keeps_what_was_typed_and_changes_nothing(
    send: Callable[..., Any], raised: Raised, typed: dict[str, str], sentence: str
) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")

    answer = send("park", story, "complete", **typed)

    assert answer.status_code == 422
    assert sentence in told(answer)
    assert typed["text"].strip() in told(answer)
    assert state_of(story) is State.HANDLING


def test_what_another_outcome_asks_for_is_left_out(send: Callable[..., Any], raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")

    answer = send("park", story, "complete", outcome="solved", text="已解决。", planned_on="乱写", power_missing="policy")

    assert answer.redirect_chain
    assert "计划完成" not in told(answer)


def test_a_form_sent_twice_happens_once_and_says_so(send: Callable[..., Any], raised: Raised) -> None:
    story = raised()

    send("park", story, "acknowledge", contact="已电话联系", once_key="k1")
    again = send("park", story, "acknowledge", contact="已电话联系", once_key="k1")

    assert "这张表单已经办过，没有重复办理。" in told(again)
    assert told(again).count("签收并联系企业") == 1


def test_the_facts_of_a_form_carry_the_number_of_the_request_that_brought_it(
    at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story, given = raised(), "01890a5d-ac96-774b-bcce-b302099a8057"

    answer = at_desk("park").post(
        address_of(story, "acknowledge"), {"contact": "已电话联系", "once_key": "k1"}, headers={"X-Request-Id": given}
    )

    assert (answer.status_code, answer["X-Request-Id"]) == (302, given)
    with acting("park"), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.opened', %s, true)", [str(story.problem_id)])  # who has opened it sees its facts
        cursor.execute("SELECT kind, via FROM history_fact WHERE thing_id = %s AND request_id = %s", [story.problem_id, given])
        assert cursor.fetchall() == [("problem.acknowledged", "web")]


def test_the_same_form_with_another_content_is_not_taken(send: Callable[..., Any], raised: Raised) -> None:
    story = raised()
    send("park", story, "acknowledge", contact="已电话联系", once_key="k1")

    answer = send("park", story, "acknowledge", contact="改成上门", once_key="k1")

    assert answer.status_code == 422
    assert "这次内容不同，没有采用" in told(answer)
    assert "改成上门" in told(answer)


def test_who_comes_second_is_told_what_happened_and_keeps_his_words(
    at_desk: Desk, address_of: Address, raised: Raised
) -> None:
    story = raised()
    late = at_desk("park")
    late.get(address_of(story, "acknowledge"))
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")

    answer = late.post(address_of(story, "acknowledge"), {"contact": "我也打过电话", "once_key": "k2"})

    assert answer.status_code == 409
    assert "由南大港产业园区经发局签收并联系，现在是“办理中”，不能签收并联系。" in told(answer)
    assert "我也打过电话" in told(answer)
    assert '<button class="btn btn-primary"' not in told(answer)


def test_another_units_act_is_refused_at_its_address_too(send: Callable[..., Any], raised: Raised) -> None:
    story = raised()

    answer = send("zone", story, "acknowledge", contact="我来办")

    assert answer.status_code == 409
    assert "“签收并联系”由南大港产业园区经发局办理，不是本单位。" in told(answer)
    assert state_of(story) is State.DISPATCHED


def test_a_post_without_the_right_is_refused(send: Callable[..., Any], raised: Raised) -> None:
    answer = send("park", raised(), "reassign", reason="换一家")

    assert answer.status_code == 403
    assert "您现在的岗位没有" in told(answer)


def test_the_form_names_who_will_be_responsible(at_desk: Desk, address_of: Address, raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系")

    html = told(at_desk("park").get(address_of(story, "propose")))

    assert "提交后由本级活动办公室审核；同意的，将由渤海新区经发局负责。" in html


def test_an_office_chooses_among_the_units_up_to_its_own_the_suggested_first(
    at_desk: Desk, address_of: Address, raised: Raised, send: Callable[..., Any]
) -> None:
    story = raised(category="other", subject_kind="work")
    send("park_office", story, "accept")

    html = told(at_desk("park_office").get(address_of(story, "dispatch")))

    assert '<optgroup label="南大港产业园区">' in html
    assert '<optgroup label="河北省">' not in html


def test_a_unit_outside_the_territory_is_refused_with_the_way(
    send: Callable[..., Any], raised: Raised
) -> None:
    from zhitong.domain.organisations.queries import directory

    story = raised()
    unit = directory().unit_coded("13-development")
    assert unit is not None

    answer = send("park_office", story, "reassign", unit_id=str(unit.id), reason="请省里办")

    assert answer.status_code == 409
    assert "只能交给本辖区内的单位" in told(answer)
    assert "请省里办" in told(answer)
