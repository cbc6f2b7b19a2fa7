"""Two calls in the same moment, with real commits: one acts, the other gets its answer or is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection

from tests.api.conftest import TEXT, Answered, Caller
from tests.cast import viewer
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token

pytestmark = pytest.mark.usefixtures("fresh_database")

Call = Callable[[Caller], Answered]


def caller(login: str) -> Caller:
    who = viewer(login)
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


def at_once(login: str, *calls: Call) -> list[Answered]:
    """Let programs with keys of one person call in the same moment, each on a connection of its own."""
    start, callers = Barrier(len(calls)), [caller(login) for _ in calls]

    def run(who: Caller, call: Call) -> Answered:
        try:
            start.wait()
            return call(who)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        begun = [
            threads.submit(copy_context().run, run, who, call) for who, call in zip(callers, calls, strict=True)
        ]
        return [one.result(timeout=30) for one in begun]


def test_the_same_call_four_times_at_once_happens_once() -> None:
    def report(who: Caller) -> Answered:
        return who.post("/problems", {"category": "energy", "text": TEXT}, key="k1")

    answers = at_once("firm", report, report, report, report)

    assert {one.status for one in answers} == {201}
    assert len({one.body["number"] for one in answers}) == 1
    assert sorted(one.headers.get("Idempotent-Replay", "") for one in answers) == ["", "true", "true", "true"]
    assert len(caller("firm").get("/problems").body["rows"]) == 1


def test_of_two_officials_who_sign_in_the_same_second_one_wins_and_the_other_is_told() -> None:
    number = caller("firm").post("/problems", {"category": "energy", "text": TEXT}).body["number"]

    def sign(who: Caller) -> Answered:
        return who.act(number, "acknowledge", contact="已联系")

    answers = at_once("park", sign, sign)

    assert sorted(one.status for one in answers) == [200, 409]
    [told] = [one.sentence for one in answers if one.status == 409]
    assert "签收并联系，现在是“办理中”，不能签收并联系" in told
