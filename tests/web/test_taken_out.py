"""What leaves carries who took it out, as which post, when, and a number that leads to the fact (R-A3, GB/T 22239-2019 8.1.4.11)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import psycopg
import pyarrow.parquet
import pytest
from django.test import Client
from pypdf import PdfReader

from tests.api.conftest import Calls
from tests.api.conftest import calls as calls
from tests.cast import Story, acting, viewer
from tests.problems.conftest import raised as raised
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.config import database
from zhitong.domain.history.queries import facts_about
from zhitong.kit import clock
from zhitong.kit.handing_out import HEADER

Raised = Callable[..., Story]
OFFICE = "city_office"


@pytest.fixture(autouse=True)
def _at_the_same_moment() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def facts_of(number: str) -> list[tuple[str, UUID | None]]:
    with acting(OFFICE):
        return [(fact.kind, fact.person_id) for fact in facts_about(UUID(number))]


def taken(address: str) -> tuple[str, bytes, Any]:
    """The number, the bytes and the answer of a download by the office of the city; the fact stands once."""
    answer: Any = signed_in(OFFICE).get(address)
    content = answer.getvalue()
    assert facts_of(answer[HEADER]) == [("privacy.exported", viewer(OFFICE).person_id)]
    return answer[HEADER], content, answer


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


@pytest.mark.django_db
def test_a_list_says_it_on_its_pages_and_a_paper_that_is_sent_out_among_its_properties_only(raised: Raised) -> None:
    number, sheet, _answer = taken("/problems/ledger/?export=xlsx")
    assert number in part(sheet, "xl/worksheets/sheet1.xml").partition("<oddHeader>")[2]
    assert part(sheet, "docProps/core.xml").count(number) == 1, "marked once, though the list and the door both ask"

    raised()
    number, word, answer = taken("/bulletins/make?kind=owing&format=docx")
    said = zipfile.ZipFile(io.BytesIO(word))
    assert [name for name in said.namelist() if number in said.read(name).decode(errors="replace")] == ["docProps/core.xml"]
    assert "导出编号" in part(word, "docProps/core.xml")
    assert int(answer["Content-Length"]) == len(word)

    number, printed, _answer = taken("/bulletins/make?kind=owing&format=pdf")
    found = PdfReader(io.BytesIO(printed))
    assert found.metadata is not None
    assert found.metadata["/ZhitongExport"] == number
    assert number in str(found.metadata.subject)
    assert not any(number in one.extract_text() for one in found.pages)


@pytest.mark.django_db
def test_an_archive_says_it_beside_its_papers(raised: Raised) -> None:
    number, archive, _answer = taken(f"/bulletins/make?kind=file&about={raised().standing.number}")

    assert number in part(archive, "导出编号.txt")
    assert number.encode() in zipfile.ZipFile(io.BytesIO(archive)).comment


@pytest.mark.django_db
def test_rows_for_machines_carry_it_where_no_reader_stumbles(raised: Raised) -> None:
    raised()

    number, rows, answer = taken("/open-data/problems/file/?kind=csv")
    assert number.encode() not in rows
    assert answer["Content-Disposition"].count(f"-{number}.csv") == 2

    number, columns, _answer = taken("/open-data/problems/file/?kind=parquet")
    assert pyarrow.parquet.read_metadata(io.BytesIO(columns)).metadata[b"zhitong.export"] == number.encode()


def test_a_stream_is_a_fact_before_its_first_byte_however_it_ends(fresh_database: str) -> None:
    answer: Any = signed_in(OFFICE).get("/open-data/regions/file/?kind=csv")

    try:
        with psycopg.connect(**database.parameters("owner", name=fresh_database)) as elsewhere:
            found = elsewhere.execute("SELECT count(*) FROM history_fact WHERE thing_id = %s", [answer[HEADER]]).fetchone()
    finally:
        answer.close()

    assert found == (1,)
    assert len(facts_of(answer[HEADER])) == 1


@pytest.mark.django_db
def test_all_pages_of_a_feed_are_one_export_and_anothers_place_in_it_is_no_way_around(calls: Calls) -> None:
    def page(login: str, address: str) -> Any:
        return Client().get(address, headers={"Authorization": f"Bearer {calls(login).secret}", "Prefer": "odata.maxpagesize=2"})

    first = page(OFFICE, "/odata/v4/regions")
    following = first.json()["@odata.nextLink"]
    second, by_another = page(OFFICE, following), page("park_office", following)

    assert first[HEADER] == second[HEADER] != by_another[HEADER]
    assert len(facts_of(first[HEADER])) == 1
    with acting("park_office"):
        assert [fact.kind for fact in facts_about(UUID(by_another[HEADER]))] == ["privacy.exported"]
    assert HEADER not in page(OFFICE, "/odata/v4/regions/$count").headers


@pytest.mark.django_db
def test_a_file_by_the_api_is_numbered_alike_and_looking_at_its_head_is_taking_nothing(calls: Calls, raised: Raised) -> None:
    raised()
    by_key = {"Authorization": f"Bearer {calls(OFFICE).secret}"}

    answer = Client().get("/api/v1/bulletins/papers?kind=owing&format=docx", headers=by_key)

    assert answer[HEADER] in part(answer.content, "docProps/core.xml")
    assert facts_of(answer[HEADER]) == [("privacy.exported", viewer(OFFICE).person_id)]
    assert HEADER not in signed_in(OFFICE).head("/problems/ledger/?export=xlsx").headers


@pytest.mark.django_db
def test_a_file_that_is_refused_leaves_no_number(raised: Raised) -> None:
    answer = signed_in(OFFICE).get("/bulletins/make?kind=ledger&format=docx")

    assert answer.status_code == 422
    assert HEADER not in answer.headers
