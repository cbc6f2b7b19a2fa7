"""催办、督办、批示 by program: the same acts as at the screen, once for each key, and nothing of them for outsiders."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

import pytest

from tests.api.conftest import TEXT, Caller, Calls
from zhitong.domain.organisations.scope import without_first_wall

pytestmark = pytest.mark.django_db
NUMBER = "渤海新区双创双服办督字〔2018〕1号"
WORDS = "请抓紧协调，五月上旬见效。"


def draft(office: Caller, *numbers: str, key: str | None = "new") -> Any:
    said = {"problems": list(numbers), "grade": "key", "demand": "三日内提出方案。", "workdays": 3}
    return office.post("/supervisions", said, key=key)


def issued(office: Caller, number: str) -> str:
    paper = str(draft(office, number).body["id"])
    office.post(f"/supervisions/{paper}/issue", {"signed_by": "演示主任", "signed_on": "2018-04-27"})
    return paper


def registered(office: Caller, number: str, **changes: Any) -> Any:
    return office.post("/instructions", {
        "words": WORDS, "leader": "演示书记", "leader_title": "书记", "instructed_on": "2018-04-26", "problems": [number],
        "items": [{"unit": "130973400-economy", "demand": "提出方案。", "due_on": "2018-05-04"}], **changes,
    })


def test_a_problem_is_reminded_of_and_shows_it(calls: Calls, reported: str) -> None:
    done = calls("zone_office").post(f"/problems/{reported}/remind", {"words": "请抓紧。"})
    told = calls("park").get(f"/problems/{reported}/urgings").body

    assert (done.status, done.body) == (200, {"count": 1})
    [row] = told["rows"]
    assert (row["kind"]["code"], row["words"], row["effect"]["state"]["code"]) == ("remind", "请抓紧。", "waiting")
    assert told["ways"] == []
    ways = calls("park_office").get(f"/problems/{reported}/urgings").body["ways"]
    assert [(way["kind"]["code"], way["allowed"]) for way in ways] == [
        ("remind", True), ("supervise", False), ("instruct", True)
    ]


def test_many_are_reminded_of_or_none(calls: Calls, reported: str) -> None:
    other = calls("firm").post("/problems", {"category": "energy", "text": TEXT}).body["number"]
    office = calls("zone_office")

    assert office.post("/reminders", {"numbers": [reported, other]}).body == {"count": 2}
    assert office.post("/reminders", {"numbers": [reported, "没有"]}).status == 404
    assert office.post("/reminders", {"numbers": []}).status == 422
    rows = office.get("/urgings/effects").body["rows"]
    assert [(row["unit"]["code"], row["reminded"], row["waiting"]) for row in rows] == [("130973400-economy", 2, 2)]


def test_a_firm_is_told_why_it_cannot_remind_yet(calls: Calls, reported: str) -> None:
    answer = calls("firm").post(f"/problems/{reported}/remind")

    assert answer.status == 409
    assert "还没有到期" in answer.sentence


def test_a_paper_goes_its_way(calls: Calls, reported: str) -> None:
    office, park = calls("zone_office"), calls("park")

    paper = draft(office, reported)
    place = f"/supervisions/{paper.body['id']}"
    steps = [
        office.post(f"{place}/issue", {"signed_by": "演示主任", "signed_on": "2018-04-27"}),
        park.post(f"{place}/answer", {"text": "已商定。"}), office.post(f"{place}/return", {"reason": "没有日期。"}),
        park.post(f"{place}/answer", {"text": "5月10日见效。"}), office.post(f"{place}/accept", {"opinion": "同意。"}),
    ]

    assert (paper.status, paper.body["number"], paper.body["state"]["code"]) == (201, "", "drafted")
    assert [step.body["state"]["code"] for step in steps] == ["issued", "answered", "returned", "answered", "accepted"]
    last = steps[-1].body
    assert (last["number"], last["answer"], last["opinion"]) == (NUMBER, "5月10日见效。", "同意。")
    assert last["due_words"].startswith("签发 4月27日 15:40，3 个工作日")
    assert [one["number"] for one in last["problems"]] == [reported]


def test_a_paper_is_refused_in_words_and_a_draft_can_be_discarded(calls: Calls, reported: str) -> None:
    refused, office = draft(calls("park_office"), reported), calls("zone_office")
    paper = draft(office, reported).body["id"]

    assert refused.status == 409
    assert "本办设在南大港产业园区经发局" in refused.sentence
    assert draft(calls("park"), reported).status == 403
    assert calls("zone_office").post(f"/supervisions/{paper}/accept").status == 409
    assert office.post(f"/supervisions/{paper}/discard").status == 200
    assert office.get(f"/supervisions/{paper}").status == 404


def test_the_same_call_drafts_and_signs_once(calls: Calls, reported: str) -> None:
    office = calls("zone_office")

    first, again = draft(office, reported, key="k1"), draft(office, reported, key="k1")
    place = f"/supervisions/{first.body['id']}/issue"
    signed = [office.post(place, {"signed_by": "演示主任", "signed_on": "2018-04-27"}, key="k2") for _ in range(2)]

    assert again.body == first.body
    assert [one.body["number"] for one in signed] == [NUMBER, NUMBER]
    assert signed[1].headers["Idempotent-Replay"] == "true"
    assert len(office.get("/supervisions").body["rows"]) == 1


def test_lists_have_sides_orders_and_pages(calls: Calls, reported: str) -> None:
    office = calls("zone_office")
    for _ in range(3):
        issued(office, reported)

    def numbers(**asked: Any) -> list[str]:
        page = office.get("/supervisions", limit=2, **asked).body
        more = office.get("/supervisions", limit=2, cursor=page["next"], **asked).body
        assert more["next"] is None
        return [row["number"][-2:] for row in (*page["rows"], *more["rows"])]

    assert numbers() == ["3号", "2号", "1号"]
    assert numbers(order="due") == ["1号", "2号", "3号"]
    assert len(calls("park").get("/supervisions").body["rows"]) == 3
    assert len(calls("city_office").get("/supervisions", side="below", state="issued").body["rows"]) == 3
    assert office.get("/supervisions", state="accepted").body["rows"] == []
    assert calls("firm").get("/supervisions").status == 404
    assert calls("park").get("/supervisions", side="sent").status == 404


def test_an_instruction_goes_its_way(calls: Calls, reported: str) -> None:
    office, park = calls("zone_office"), calls("park")

    paper = registered(office, reported)
    item = paper.body["items"][0]["id"]
    reported_on = park.post(f"/instruction-items/{item}/report", {"text": "已商定。"})
    early = park.post(f"/instruction-items/{item}/end", {
        "presented_on": "2018-04-26", "answer_kind": "read", "answered_on": "2018-04-27"
    })
    ended = office.post(f"/instruction-items/{item}/end", {
        "presented_on": "2018-04-26", "answer_kind": "read", "answered_on": "2018-04-27"
    })
    more = office.post(f"/instructions/{paper.body['id']}/items", {
        "items": [{"unit": "130973-economy", "demand": "再查一次。", "due_on": "2018-05-09"}]
    })

    assert (paper.status, paper.body["words"], paper.body["problems"]) == (201, WORDS, [reported])
    assert reported_on.body["items"][0]["state"]["code"] == "reported"
    assert early.status == 403
    assert (ended.body["state"]["code"], ended.body["items"][0]["answer_kind"]["code"]) == ("done", "read")
    assert (more.body["state"]["code"], len(more.body["items"])) == ("open", 2)


def test_the_ledger_has_orders_and_pages(calls: Calls, reported: str) -> None:
    office = calls("zone_office")
    for day in ("2018-04-20", "2018-04-10", "2018-04-15"):
        registered(office, reported, instructed_on=day)

    def days(**asked: Any) -> list[str]:
        page = office.get("/instructions", limit=2, **asked).body
        more = office.get("/instructions", limit=2, cursor=page["next"], **asked).body
        return [row["instructed_on"][-2:] for row in (*page["rows"], *more["rows"])]

    assert days() == ["15", "10", "20"]
    assert days(order="instructed") == ["20", "15", "10"]
    assert office.get("/instructions", state="done").body["rows"] == []
    assert calls("firm").get("/instructions").status == 404


@pytest.mark.parametrize(("changes", "status"), [
    ({"words": ""}, 422), ({"kind": "read"}, 422), ({"instructed_on": "2018-05-30"}, 422), ({"problems": []}, 422),
    ({"problems": ["没有"]}, 404), ({"items": [{"unit": "没有", "demand": "办", "due_on": "2018-05-04"}]}, 422),
    ({"items": [{"unit": "13-development", "demand": "办", "due_on": "2018-05-04"}]}, 422),
])
def test_what_does_not_fit_is_refused(calls: Calls, reported: str, changes: dict[str, Any], status: int) -> None:
    assert registered(calls("zone_office"), reported, **changes).status == status


def test_duties_name_what_presses(calls: Calls, reported: str) -> None:
    issued(calls("zone_office"), reported)
    registered(calls("zone_office"), reported)

    def acts(login: str) -> list[str]:
        return [one["act"]["code"] for one in calls(login).get("/duties").body["pressing"]]

    assert sorted(acts("park")) == ["answer", "report"]
    assert acts("outsider") == acts("firm") == []


WALLS = [pytest.param(nullcontext, id="both walls"), pytest.param(without_first_wall, id="the second wall alone")]


@pytest.mark.parametrize("walls", WALLS)
@pytest.mark.parametrize("login", ["outsider", "neighbour"])
def test_outsiders_find_nothing(calls: Calls, reported: str, login: str, walls: Any) -> None:
    office = calls("zone_office")
    paper, words = issued(office, reported), registered(office, reported).body
    outsider = calls(login)

    with walls():
        for path in (f"/supervisions/{paper}", f"/instructions/{words['id']}", f"/problems/{reported}/urgings"):
            assert outsider.get(path).status == 404, path
        for path in ("/supervisions", "/instructions", "/urgings/effects", "/duties"):
            told = json.dumps(outsider.get(path).body, ensure_ascii=False)
            assert [secret for secret in (NUMBER, WORDS, "提出方案", "南大港") if secret in told] == [], path
        assert outsider.post(f"/instruction-items/{words['items'][0]['id']}/report", {"text": "办"}).status == 404
        assert outsider.post(f"/problems/{reported}/remind").status == 404
