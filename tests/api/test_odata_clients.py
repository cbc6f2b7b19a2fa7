"""Other people's programs read the feed: an OData client library, and readers of its files. R-H6."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow.parquet as parquet
import pytest
import requests
from django.test import Client
from odata import ODataService
from requests.adapters import BaseAdapter

from tests.api.conftest import Calls
from tests.api.test_odata import asked, three
from zhitong.domain.opendata.rules.sets import SETS

pytestmark = pytest.mark.django_db
__all__ = ["three"]


class House(BaseAdapter):
    """Carries the calls of `requests` to the house without a network."""

    def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:  # type: ignore[override]
        """Ask, and answer as a server would."""
        said = Client().get(str(request.url).removeprefix("http://testserver"), headers=dict(request.headers))
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = said.status_code, request, str(request.url)
        answer.headers.update(said.headers)
        answer.raw = io.BytesIO(b"".join(said) if said.streaming else said.content)
        return answer

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def service(calls: Calls) -> ODataService:
    """The feed as a client library sees it, signed in as Excel does."""
    session = requests.Session()
    session.mount("http://testserver", House())
    session.auth = ("excel", calls("park_office").secret)
    return ODataService("http://testserver/odata/v4/", session=session, reflect_entities=True, quiet_progress=True)


def test_a_client_library_finds_every_set_and_reads_rows_as_objects(service: ODataService, three: list[str]) -> None:
    problem = service.entities["problems"]

    found = service.query(problem).all()

    assert set(service.entities) >= set(SETS)
    assert [row.number for row in found] == three
    assert found[0].submitted_at.isoformat() == "2018-04-27T07:40:00+00:00"


def test_a_client_library_filters_orders_pages_and_counts(service: ODataService, three: list[str]) -> None:
    problem = service.entities["problems"]
    query = service.query(problem)

    assert [row.number for row in query.filter((problem.category == "land") | (problem.unnamed == True))] == three[1:]  # noqa: E712 the library's own signs
    assert [row.number for row in query.filter(problem.subject_name.lacks("隐名"))] == three[:2]
    assert query.order_by(problem.id.desc()).first().number == three[2]
    assert [row.number for row in query.limit(1).offset(1)] == [three[1]]
    assert query.filter(problem.submitted_at < found_at(query)).count() == 0
    assert query.get(query.first().id).number == three[0]
    assert query.select(problem.number).first() == {"number": three[0]}


def found_at(query: Any) -> Any:
    return query.first().submitted_at


def test_a_client_library_is_told_what_is_wrong(service: ODataService) -> None:
    problem = service.entities["problems"]

    with pytest.raises(Exception, match="不能按“subject_name"):
        service.query(problem).order_by(problem.subject_name.asc()).all()


def test_files_hold_exactly_what_the_filter_says(calls: Calls, three: list[str]) -> None:
    secret = calls("park_office").secret
    options = {"filter": "category eq 'energy'", "select": "number,subject_name,submitted_at,climbs,unnamed"}

    text = b"".join(asked("problems", secret, format="csv", **options)).decode("utf-8-sig")
    columns = b"".join(asked("problems", secret, format="parquet", **options))
    rows = json.loads(asked("problems", secret, **options).content)["value"]

    assert [row["number"] for row in csv.DictReader(io.StringIO(text))] == [row["number"] for row in rows] == [three[0], three[2]]
    assert "2018-04-27 15:40:00" in text
    found = parquet.read_table(io.BytesIO(columns)).to_pylist()
    assert [(row["number"], row["subject_name"], row["climbs"], row["unnamed"]) for row in found] == [
        (row["number"], row["subject_name"], row["climbs"], row["unnamed"]) for row in rows
    ]
    assert found[0]["submitted_at"].isoformat() == "2018-04-27T07:40:00+00:00"


def test_every_set_comes_as_every_file(calls: Calls, three: list[str], april: object) -> None:
    secret = calls("park_office").secret
    for name, data in SETS.items():
        count = int(asked(f"{name}/$count", secret).content)
        table = b"".join(asked(name, secret, format="csv")).decode("utf-8-sig")
        columns = parquet.read_table(io.BytesIO(b"".join(asked(name, secret, format="parquet"))))
        assert next(csv.reader(io.StringIO(table))) == columns.column_names == [column.name for column in data.columns]
        assert sum(1 for _row in csv.reader(io.StringIO(table))) - 1 == columns.num_rows == count, name


def test_a_file_has_all_rows_or_is_refused(calls: Calls) -> None:
    answer = asked("problems", calls("park_office").secret, format="csv", top="5")

    assert (answer.status_code, json.loads(answer.content)["error"]["target"]) == (501, "$format")


def test_a_file_of_nothing_has_its_heads(calls: Calls) -> None:
    answer = asked("standings", calls("firm").secret, format="csv", select="period,light")

    assert b"".join(answer) == b"\xef\xbb\xbfperiod,light\r\n"
