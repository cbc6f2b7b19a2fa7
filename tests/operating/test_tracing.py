"""Every request has a number, in the answer, on the page of what broke, in the facts of what was done, in the logs."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from tests.cast import acting, viewer
from tests.web.stories import signed_in
from zhitong.config.logs import TOLD, JsonLines, Plain
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.kit import tracing

GIVEN = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError("what the form said")


urlpatterns = [path("breaks/", breaks, name="breaks"), path("", include("zhitong.config.urls"))]
handler500 = "zhitong.web.shell.tracing.broken"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, object]]]:
    """What the log says, as JSON, in the order it was said."""
    said: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(json.loads(JsonLines().format(record)))

    keep = Keep()
    loggers = [logging.getLogger(name) for name in ("zhitong.request", "django.request", "zhitong.api")]
    with caplog.at_level(logging.INFO, "zhitong.request"):
        for one in loggers:
            one.addHandler(keep)
        yield said
        for one in loggers:
            one.removeHandler(keep)


def test_a_number_is_taken_from_who_asks_or_made() -> None:
    given = Client().get("/healthz", headers={"X-Request-Id": GIVEN.hex})
    made = [Client().get("/healthz", headers={"X-Request-Id": "'; drop"})["X-Request-Id"] for _ in range(2)]

    assert given["X-Request-Id"] == str(GIVEN)
    assert len({UUID(one) for one in made}) == 2


def test_who_asks_whether_we_live_leaves_no_line(lines: list[dict[str, object]]) -> None:
    Client().get("/healthz")

    assert lines == []


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/api/v1/me", "/odata/v4/"])
def test_what_breaks_behind_another_door_is_told_once_with_its_trace(
    lines: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr("zhitong.api.door.viewer_of_token", lambda token, day: 1 / 0)

    answer = Client(raise_request_exception=False).get(place, headers={"Authorization": "Bearer zt_none"})

    assert answer.status_code == 500
    errors = [line for line in lines if line["level"] == "error"]
    assert [(line["door"], line["request_id"]) for line in errors] == [("api", answer["X-Request-Id"])]
    assert "ZeroDivisionError" in str(errors[0]["trace"])


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db
def test_the_page_of_what_broke_shows_the_end_of_the_number_that_the_log_carries(lines: list[dict[str, object]]) -> None:
    answer = Client(raise_request_exception=False).get("/breaks/?name=secret", headers={"X-Request-Id": str(GIVEN)})

    assert answer.status_code == 500
    assert "099a8057" in answer.content.decode()
    [error, request] = lines
    assert error["level"] == "error"
    assert "ValueError" in str(error["trace"])
    assert {"request_id": str(GIVEN), "door": "web", "endpoint": "breaks"}.items() <= error.items()
    assert {"status": 500, "method": "GET", "request_id": str(GIVEN)}.items() <= request.items()
    assert "trace" not in request
    assert "secret" not in json.dumps(lines)


@pytest.mark.django_db
def test_a_request_is_logged_with_ids_and_never_with_names(lines: list[dict[str, object]]) -> None:
    signed_in("park").get("/notices/?words=某某")

    here, [line] = viewer("park"), [one for one in lines if one["logger"] == "zhitong.request"]
    assert (line["person_id"], line["post_id"]) == (str(here.person_id), str(here.post_id))
    assert isinstance(line["ms"], float)
    assert not re.search("[一-鿿]|park", json.dumps(line, ensure_ascii=False))


@pytest.mark.django_db
def test_what_is_done_at_the_screen_carries_the_number_of_its_request() -> None:
    with acting("park") as actor:
        assert actor.request_id is None
    here = viewer("park")

    assert with_number(here).actor("web").request_id == GIVEN
    assert with_number(here) == here, "the number is no part of who somebody is"


def with_number(here: Viewer) -> Viewer:
    return replace(here, request_id=GIVEN)


def record(message: str, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("zhitong.web", logging.ERROR, __file__, 1, message, None, None)
    vars(made).update({TOLD: fields})
    return made


def test_a_line_for_people_has_the_short_number_and_outside_a_request_none() -> None:
    with tracing.under(tracing.Trace(GIVEN, "web")):
        within = Plain().format(record("没有办成"))

    assert within.endswith("ERROR zhitong.web [099a8057]: 没有办成")
    assert Plain().format(record("没有办成")).endswith("ERROR zhitong.web: 没有办成")


def test_a_line_for_programs_is_one_line_of_json() -> None:
    said = JsonLines().format(record("一\n二", status=200))

    assert "\n" not in said
    assert json.loads(said)["message"] == "一\n二"
    assert json.loads(said)["status"] == 200


@pytest.mark.django_db
@pytest.mark.parametrize("form", [JsonLines, Plain])
def test_values_that_the_database_quotes_are_left_out(form: type[logging.Formatter]) -> None:
    made = record("broke")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT '13812345678'::int[]")
    except Exception:
        made.exc_info = sys.exc_info()

    said = form().format(made)

    assert "DataError" in said or "InvalidText" in said
    assert "DETAIL" not in said
