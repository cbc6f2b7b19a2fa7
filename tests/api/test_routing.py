"""Routing rules and the acts between units through the API; outsiders get nothing of either (R-F2, R-F3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Caller, Calls

pytestmark = pytest.mark.django_db
WRITTEN = ("code", "words", "lead", "joint", "support", "direct", "asks", "in_force")


def written(caller: Caller, **energy: Any) -> list[dict[str, Any]]:
    rows = caller.get("/routing").body["rows"]
    rules = [{name: row[name] for name in WRITTEN} for row in rows]
    return [{**one, **energy} if one["code"] == "energy" else one for one in rules]


def test_the_rules_tell_how_often_they_were_right(calls: Calls, reported: str) -> None:
    found = calls("park_office").get("/routing").body

    [energy] = [row for row in found["rows"] if row["code"] == "energy"]
    assert (energy["used"], energy["right"], energy["lead"]) == (1, 1, "energy")
    assert (found["may_save"], found["opened"]) == (False, "")


def test_what_if_then_save_then_a_stale_saving_is_refused(calls: Calls, reported: str) -> None:
    top = calls("province_office")
    rules = written(top, lead="finance")

    compared = top.post("/routing/what-if", {"rules": rules}).body
    saved = top.post("/routing", {"rules": rules, "reason": "按职责调整", "opened": ""})
    stale = top.post("/routing", {"rules": rules, "reason": "再来", "opened": ""})

    assert (compared["elsewhere"], compared["samples"][0]["number"]) == (1, reported)
    assert saved.status == 200
    assert top.get("/routing").body["opened"] == saved.body["opened"]
    assert (stale.status, stale.body["code"]) == (409, "changed_meanwhile")


def test_a_dead_end_is_refused_in_words(calls: Calls) -> None:
    top = calls("province_office")

    for path, more in (("/routing/what-if", {}), ("/routing", {"reason": "试"})):
        answer = top.post(path, {"rules": written(top, asks={"category": ["land"]}), **more})

        assert answer.status == 422
        assert "死路" in answer.sentence


def test_a_condition_that_rules_do_not_know_is_refused(calls: Calls) -> None:
    top = calls("province_office")

    answer = top.post("/routing/what-if", {"rules": written(top, asks={"weather": ["rain"]})})

    assert (answer.status, "适用条件里没有“weather”" in answer.sentence) == (422, True)


@pytest.mark.parametrize("login", ["firm", "park", "neighbour"])
def test_who_does_not_dispatch_gets_nothing_of_the_rules(calls: Calls, login: str) -> None:
    rules = written(calls("province_office"))

    assert calls(login).get("/routing").status == 403
    assert calls(login).post("/routing/what-if", {"rules": rules}).status == 403
    assert calls(login).post("/routing", {"rules": rules, "reason": "试"}).status == 403


def test_an_outside_office_sees_rules_without_others_figures_and_saves_none(calls: Calls, reported: str) -> None:
    outsider = calls("outsider")

    found = outsider.get("/routing").body

    assert {row["used"] for row in found["rows"]} == {0}
    assert outsider.post("/routing/what-if", {"rules": written(outsider, lead="finance")}).body["looked_at"] == 0
    assert outsider.post("/routing", {"rules": written(outsider), "reason": "试"}).status == 403


def test_units_are_invited_by_their_codes_and_the_page_tells_of_their_parts(calls: Calls, reported: str) -> None:
    park = calls("park")
    park.act(reported, "acknowledge", contact="已联系")

    asked = park.act(reported, "invite", units=["130973400-finance", "130973400-safety"], asked_for="核对补贴")
    unknown = park.act(reported, "invite", units=["nobody"], asked_for="核对补贴")

    assert asked.status == 200
    assert (unknown.status, list(unknown.body["fields"])) == (422, ["units"])
    parts = park.get(f"/problems/{reported}").body["parts"]
    assert [(one["unit"], one["state"]["code"], one["is_late"]) for one in parts] == [
        ("南大港产业园区财政局", "asked", False), ("南大港产业园区安监环保局", "asked", False),
    ]
    assert calls("firm").get(f"/problems/{reported}").body["parts"] == []
