"""Posts, people, substitutes and who sees what, as another system asks; the outsider is told of none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api.conftest import Calls
from tests.cast import viewer
from zhitong.domain.organisations.actions.dissolving import next_version
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrator() -> None:
    """Who administers the park."""
    post = Post.objects.get(unit__code="130973400-office", kind="administrator")
    seat([Seat(login="administrator", name="演示寅", password=None, post_id=post.id, since=date(2018, 1, 1))])


def test_a_unit_is_opened_staffed_and_closed_and_the_outsider_finds_nothing(calls: Calls) -> None:
    ours, outsider = calls("administrator"), calls("outsider")

    unit = ours.post("/regions/130973400/units", {"name": "演示专班", "kind": "task_force"})
    next_version()
    code = unit.body["code"]
    post = ours.post(f"/units/{code}/posts", {"title": "联络岗", "kind": "officer"}).body["id"]
    seated = ours.post(f"/posts/{post}/people", {"login": "new", "name": "演示新"})
    [told] = ours.get(f"/units/{code}/staff").body["posts"]
    [person] = told["people"]
    ended = ours.post(f"/tenures/{person['tenure_id']}/end", {})

    assert (unit.status, seated.status, person["name"], ended.status) == (201, 201, "演示新", 200)
    assert outsider.get(f"/units/{code}/staff").status == 403
    assert outsider.post(f"/posts/{post}/close", {}).status == 403
    assert ours.post(f"/units/{code}/close", {}).status == 200
    next_version()


def test_a_substitute_is_named_read_by_both_and_ended(calls: Calls) -> None:
    park, mate = viewer("park"), viewer("park_office")
    asked = {
        "post_id": str(park.post_id), "holder_id": str(park.person_id), "person_id": str(mate.person_id),
        "since": "2018-04-27", "until": "2018-04-28", "reason": "外出培训",
    }

    made = calls("park").post("/substitutions", asked)
    theirs = calls("park_office").get("/substitutions").body["rows"]
    outside = calls("outsider").post(f"/substitutions/{made.body['id']}/end", {})
    ended = calls("park_office").post(f"/substitutions/{made.body['id']}/end", {})

    assert (made.status, [one["reason"] for one in theirs]) == (201, ["外出培训"])
    assert (outside.status, ended.status) == (404, 200)
    assert calls("park").get("/substitutions").body["rows"] == []


def test_who_sees_and_what_one_may_are_told_to_those_who_may_ask(calls: Calls, reported: str) -> None:
    office, park = calls("park_office"), viewer("park").person_id

    sight = office.get(f"/problems/{reported}/sight")
    own = calls("park").get(f"/people/{park}/rights")

    assert {one["clauses"][0]["code"] for one in sight.body["rows"]} >= {"reporter", "territory"}
    assert own.body["rows"][0]["sees_matters"] is True
    assert calls("outsider").get(f"/problems/{reported}/sight").status == 404
    assert calls("outsider").get(f"/people/{park}/rights").status == 404
    assert calls("park").get(f"/problems/{reported}/sight").status == 403
