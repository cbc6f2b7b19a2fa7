"""抽查回访 and 异常提示 at the screen: for offices, of their own; a call is written down by a plain form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story, acting, official_of
from tests.problems.test_checks import MAY, caller, closed, draw
from tests.problems.ways import answered
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.actions import flagging
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Outcome, Rating
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]


@pytest.fixture(autouse=True)
def _may(_april: None) -> Iterator[None]:
    with clock.held_at(MAY):
        yield


def told(answer: Any) -> str:
    return str(answer.content.decode())


def at_unit(code: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=official_of(code).person_id))
    return client


def number_of(story: Story) -> str:
    with acting("province_office"):
        return Problem.objects.values_list("number", flat=True).get(id=story.problem_id)


def test_a_call_is_written_down_from_the_list(raised: Raised) -> None:
    story = closed(raised)
    draw()
    client = at_unit(caller(story))
    address = f"/problems/{number_of(story)}/checks/call_back/"

    listed = told(client.get("/problems/checks/"))
    form = told(client.get(address))
    half = client.post(address, {"found": "dissatisfied", "words": " "})
    done = client.post(address, {"found": "dissatisfied", "words": "企业说仍然限电"}, follow=True)

    assert number_of(story) in listed
    assert "已办理。" in form
    assert "南大港产业园区安监" not in form
    assert half.status_code == 422
    assert "已登记交叉回访情况。" in told(done)
    assert story.standing.rating is Rating.DISSATISFIED
    assert "企业说仍然限电" in told(client.get("/problems/checks/?show=done"))


def test_a_call_that_reached_nobody_leaves_the_rating(raised: Raised) -> None:
    story = closed(raised)
    draw()
    client = at_unit(caller(story))

    client.post(f"/problems/{number_of(story)}/checks/call_back/", {"found": "", "words": "三次未接"})

    assert story.standing.rating is Rating.SATISFIED
    assert story.rows("problems_check")[0]["state"] == "unreached"


def test_the_office_above_judges_an_outcome_once(at_desk: Desk, raised: Raised) -> None:
    story = closed(raised, Outcome.EXPLAINED)
    draw()
    client, address = at_desk("zone_office"), f"/problems/{number_of(story)}/checks/outcome/"

    client.post(address, {"state": "wanting", "words": "企业说没有解释过"})
    again = client.post(address, {"state": "sound", "words": "属实"})

    assert again.status_code == 409
    assert "已经登记过结果" in told(again)
    page = told(client.get(f"/problems/{number_of(story)}/"))
    assert "企业说没有解释过" in page
    assert "hebei-2018/2018-04/130973400" in page


def test_the_callers_problem_page_names_no_unit_that_handled_it(raised: Raised) -> None:
    story = closed(raised)
    draw()

    page = told(at_unit(caller(story)).get(f"/problems/{number_of(story)}/"))

    assert "已办理。" in page
    assert "安监" not in page


def test_each_flag_opens_its_problem(at_desk: Desk, raised: Raised) -> None:
    story = answered(raised())
    with acting("province_office"):
        flagging.flag_answering(story.problem_id, story.now)

    page = told(at_desk("park_office").get("/problems/flags/"))
    narrowed = told(at_desk("park_office").get("/problems/flags/?flag=one_device"))

    assert "当日反映当日办结" in page
    assert number_of(story) in page
    assert number_of(story) not in narrowed
    assert at_desk("park_office").get("/problems/flags/?flag=nonsense").status_code == 404


def test_outsiders_find_nothing_and_others_no_page(at_desk: Desk, raised: Raised) -> None:
    story = closed(raised, Outcome.EXPLAINED)
    draw()
    number = number_of(story)

    outsider = at_desk("outsider")
    assert number not in told(outsider.get("/problems/checks/"))
    assert number not in told(outsider.get("/problems/flags/"))
    assert outsider.get(f"/problems/{number}/checks/outcome/").status_code == 404
    for address in ("/problems/checks/", "/problems/flags/"):
        assert at_desk("park").get(address).status_code == 403
        assert at_desk("firm").get(address).status_code == 403
    assert at_desk("city_office").get(f"/problems/{number}/checks/outcome/").status_code == 404


def test_lists_cost_the_same_however_long(at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]) -> None:
    def flagged() -> None:
        story = answered(raised())
        with acting("province_office"):
            flagging.flag_answering(story.problem_id, story.now)

    client = at_desk("zone_office")
    flagged()
    few = queries_of(client, "/problems/flags/")
    for _ in range(3):
        flagged()

    assert queries_of(client, "/problems/flags/") == few
