"""The one journey through the API: reported, climbed to the province, answered down, confirmed, closed off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import TEXT, Answered, Caller, Calls
from zhitong.api.v1.acts import OFFERS
from zhitong.domain.problems.rules.way import MOVES, Act

pytestmark = pytest.mark.django_db


def state(answer: Answered) -> str:
    assert answer.status == 200, answer.body
    return str(answer.body["state"]["code"])


def climb(department: Caller, office: Caller, number: str) -> str:
    assert state(department.act(number, "acknowledge", contact="已电话联系企业负责人")) == "handling"
    proposed = department.act(
        number, "propose", tried="已与供电公司协商两次", power_missing="authority", asked_for="协调调整错峰方案"
    )
    assert state(proposed) == "proposed"
    return state(office.act(number, "escalate", consent_by="演示主任", consent_on="2018-04-27"))


def test_it_climbs_to_the_province_and_returns(calls: Calls, reported: str) -> None:
    for level in ("park", "zone", "city"):
        assert climb(calls(level), calls(f"{level}_office"), reported) == "dispatched"
    assert state(calls("province").act(reported, "acknowledge", contact="已联系")) == "handling"
    assert state(calls("province").act(reported, "complete", outcome="solved", text="已调整错峰方案。")) == "returning"
    for level in ("city", "zone"):
        assert state(calls(level).act(reported, "pass_down", note="请告知企业")) == "returning"
    assert state(calls("park").act(reported, "pass_down")) == "answered"
    assert state(calls("firm").act(reported, "confirm", rating="satisfied")) == "confirmed"
    closed = calls("park_office").act(reported, "close_off")

    assert state(closed) == "closed"
    assert closed.body["unit"] is None


def test_the_province_sees_it_at_once_and_the_neighbour_never(calls: Calls, reported: str) -> None:
    seen = calls("province_office").get(f"/problems/{reported}")
    unseen = calls("outsider").get(f"/problems/{reported}")

    assert (seen.status, seen.body["number"], seen.body["text"]) == (200, reported, TEXT)
    assert (unseen.status, unseen.body["code"]) == (404, "not_found")


def test_an_outsider_meets_a_404_at_every_act(calls: Calls, reported: str) -> None:
    for offer in OFFERS:
        answer = calls("outsider").act(reported, str(offer.act), **SAID[offer.act])

        assert (answer.status, answer.body["code"]) == (404, "not_found"), offer.act


def test_every_act_of_the_table_has_its_address() -> None:
    assert {offer.act for offer in OFFERS} == set(MOVES)


def test_one_problem_tells_its_clocks_its_acts_and_what_happened(calls: Calls, reported: str) -> None:
    calls("park").act(reported, "acknowledge", contact="已电话联系企业负责人")
    page = calls("park").get(f"/problems/{reported}").body

    assert page["state"] == {"code": "handling", "label": "办理中"}
    assert page["unit"] == "南大港产业园区经发局"
    assert page["region_path"] == ["河北省", "沧州市", "沧州渤海新区", "南大港产业园区"]
    assert "个工作日" in page["clocks"][0]["arithmetic"]
    allowed = [choice["act"]["code"] for choice in page["acts"] if choice["allowed"]]
    assert allowed == ["reply", "send_back", "offer", "invite", "consult", "ask_extension", "ask_pause", "ask_park", "complete", "propose"]
    told = [line["kind"]["code"] for line in page["timeline"]]
    assert told == ["problem.submitted", "problem.accepted", "problem.dispatched", "problem.acknowledged"]
    assert page["timeline"][-1]["words"] == {"联系情况": "已电话联系企业负责人"}


def test_an_act_that_is_not_allowed_now_says_why_and_changes_nothing(calls: Calls, reported: str) -> None:
    answer = calls("park").act(reported, "complete", outcome="solved", text="已解决")

    assert (answer.status, answer.body["code"]) == (409, "not_now")
    assert "现在是“待签收”，不能办结" in answer.sentence
    assert calls("park").get(f"/problems/{reported}").body["state"]["code"] == "dispatched"


def test_an_act_of_another_unit_is_refused_by_name(calls: Calls, reported: str) -> None:
    answer = calls("park_office").act(reported, "acknowledge", contact="已联系")

    assert (answer.status, answer.body["code"]) == (409, "not_now")
    assert "由南大港产业园区经发局办理" in answer.sentence


def test_a_post_without_the_permission_is_told_so(calls: Calls, reported: str) -> None:
    answer = calls("firm").act(reported, "acknowledge", contact="已联系")

    assert (answer.status, answer.body["code"]) == (403, "not_yours")


def test_a_unit_is_named_by_its_code(calls: Calls, reported: str) -> None:
    office = calls("park_office")

    moved = office.act(reported, "reassign", unit="130973400-safety", reason="属安全生产")
    unknown = office.act(reported, "reassign", unit="nobody", reason="试试")

    assert moved.body["unit"]["code"] == "130973400-safety"
    assert (unknown.status, list(unknown.body["fields"])) == (422, ["unit"])


def test_more_time_is_asked_for_and_granted_with_its_sum(calls: Calls, reported: str) -> None:
    calls("park").act(reported, "acknowledge", contact="已电话联系企业负责人")
    assert state(calls("park").act(reported, "ask_extension", workdays=3, reason="须作现场检测")) == "handling"
    [duty] = calls("zone_office").get("/duties").body["problems"]
    assert (duty["act"]["code"], duty["problem"]["stage"]["code"]) == ("grant_extension", "decide")

    granted = calls("zone_office").act(reported, "grant_extension", words="同意")

    assert state(granted) == "handling"
    page = calls("park").get(f"/problems/{reported}").body
    assert (page["first_due_at"], page["due_at"]) == ("2018-05-21T09:30:00Z", "2018-05-24T09:30:00Z")
    [request] = page["requests"]
    assert request["state"]["code"] == "granted"
    assert request["arithmetic"].endswith("延至 5月24日 17:30")
    assert [clock["name"] for clock in page["clocks"]][-2:] == ["现行时限", "首次时限"]


def test_so_many_days_cannot_be_asked_for(calls: Calls, reported: str) -> None:
    calls("park").act(reported, "acknowledge", contact="已电话联系企业负责人")

    answer = calls("park").act(reported, "ask_extension", workdays=31, reason="多要几天")

    assert (answer.status, list(answer.body["fields"])) == (422, ["workdays"])


def test_what_waits_is_a_duty_with_the_act_that_comes_next(calls: Calls, reported: str) -> None:
    [duty] = calls("park").get("/duties").body["problems"]

    assert (duty["act"]["code"], duty["problem"]["number"]) == ("acknowledge", reported)
    assert calls("outsider").get("/duties").body == {
        "problems": [], "cards": [], "pressing": [], "decisions": [], "reports": [], "milestones": [], "extras": [],
        "editions": [],
    }


SAID: dict[Act, dict[str, Any]] = {
    Act.ACCEPT: {}, Act.PRECHECK: {"finding": "true", "text": "属实"}, Act.ASK_MORE: {"question": "哪一天"}, Act.SUPPLY: {"text": "4月3日"},
    Act.DECLINE: {"reason": "in_court", "rule": "条例", "channel": "法院"},
    Act.DISPATCH: {"unit": "130123-office", "reason": "归口"}, Act.REASSIGN: {"unit": "130123-office", "reason": "归口"},
    Act.ACKNOWLEDGE: {"contact": "已联系"}, Act.REPLY: {"text": "正在办"},
    Act.SEND_BACK: {"rule": "三定", "whose": "供电公司"}, Act.COMPLETE: {"outcome": "solved", "text": "已办"},
    Act.PROPOSE: {"tried": "协商", "power_missing": "authority", "asked_for": "协调"}, Act.KEEP: {"reason": "可办"},
    Act.ESCALATE: {"consent_by": "演示主任", "consent_on": "2018-04-27"}, Act.ASK_LOWER: {"reason": "补充"},
    Act.RULE_OWN_LEVEL: {"reason": "本级可办"}, Act.PASS_DOWN: {}, Act.CONFIRM: {"rating": "satisfied"},
    Act.REJECT: {"words": "没解决"}, Act.HANDLE_ANEW: {"unit": "130123-office", "reason": "再办"},
    Act.DESIGNATE: {"unit": "130123-office", "reason": "归口"}, Act.OFFER: {"unit": "130123-office", "reason": "归口"},
    Act.TAKE: {"contact": "已联系"}, Act.TURN_DOWN: {"reason": "不归口"},
    Act.INVITE: {"units": ["130123-office"], "asked_for": "核对"},
    Act.CONSULT: {"unit": "130123-office", "letter": "函1号", "asked_for": "核对"}, Act.ANSWER_PART: {"text": "已核对"},
    Act.REGISTER_REPLY: {"unit": "130123-office", "text": "同意", "replied_on": "2018-04-27"},
    Act.ASK_EXTENSION: {"workdays": 3, "reason": "检测"}, Act.ASK_PARK: {"until": "2018-06-01", "reason": "待改造"},
    Act.ASK_PAUSE: {"pause_reason": "expertise", "until": "2018-05-07", "reason": "评价"},
    Act.ASK_WITHDRAWAL: {"reason": "已解决"}, Act.GRANT_EXTENSION: {}, Act.GRANT_PAUSE: {}, Act.GRANT_PARK: {},
    Act.GRANT_WITHDRAWAL: {}, Act.REFUSE_REQUEST: {"words": "不必"}, Act.RESUME: {"text": "报告已出"},
    Act.UPHOLD: {"reason": "依规"}, Act.END: {"rule": "办法"}, Act.CLOSE_OFF: {},
    Act.CORRECT: {"nature": "inquiry", "category": "energy", "urgency": "ordinary", "reason": "询问"},
    Act.MERGE: {"into": "130123", "reason": "重复"},
    Act.SPLIT: {"remains": "道路", "parts": [{"category": "energy", "text": "限电"}]}, Act.OBJECT: {"words": "应当受理"},
    Act.OVERRULE: {"reason": "应当受理"}, Act.UPHOLD_DECLINE: {"reason": "不属于"}, Act.ADVISE: {"reason": "按细则办"},
    Act.COORDINATE: {"held_on": "2018-04-27", "chaired_by": "演示主任", "decided": "五月底前",
                     "shares": [{"unit": "130123-office", "text": "督促"}]},
    Act.TAKE_OVER: {"reason": "全市"}, Act.LOOK_IN: {"words": "没有进展"}, Act.ANSWER_LOOK_IN: {"text": "已了解"},
    Act.REOPEN: {"new_facts": "新的情况"},
    Act.UPHOLD: {"reason": "依规"}, Act.END: {"rule": "办法"}, Act.CLOSE_OFF: {}, Act.RATE: {"rating": "satisfied"},
    Act.CONTACT: {"contact": "已联系"}, Act.CONFIRM_CONTACT: {}, Act.VOID_CONTACT: {},
    Act.VERIFY: {"checked_by": "phone", "checked": "属实"}, Act.FIND_WANTING: {"checked_by": "visit", "reason": "不符"},
    Act.CLOSE_UNRATED: {"checked_by": "papers", "checked": "属实"},
}
