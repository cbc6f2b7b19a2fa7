"""几件没办，谁的: one sheet on the screen, the same on paper, one click from the first page (R-H7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from tests.bulletins.ledgers.reading import document_of
from tests.cast import Story
from tests.problems.ways import unit
from tests.web.problems.conftest import queries_of as queries_of
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.kit.official.shapes import Table

pytestmark = pytest.mark.django_db

SHEET = "/bulletins/owing/"


def cells_of(html: str) -> list[list[str]]:
    """The cells of all tables, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html.split("<main")[1], re.DOTALL)
    return [[unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def seen(login: str, query: str = "", status: int = 200) -> str:
    answer = signed_in(login).get(f"{SHEET}{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_screen_says_what_the_paper_says(raised: Callable[..., Story]) -> None:
    raised(now=NOW - timedelta(days=8))
    raised()

    html = seen("city_office")
    paper = document_of(PaperKind.OWING, "city_office", NOW)

    printed = [[str(getattr(piece, "text", piece)) for piece in row] for table in paper.blocks if isinstance(table, Table)
               for row in (table.heads, *table.rows)]
    assert cells_of(html) == printed
    assert cells_of(html)[1][:1] + cells_of(html)[1][3:5] == [unit("130973400-economy").name, "2", "1"]


def test_its_files_are_of_the_moment_that_is_shown(raised: Callable[..., Story]) -> None:
    raised()

    addresses = [unescape(one) for one in re.findall(r'href="(/bulletins/make[^"]+)"', seen("park_office"))]

    assert [re.search(r"format=(\w+)", one)[1] for one in addresses] == ["docx", "pdf"]  # type: ignore[index]
    assert all("at=2018-04-27T15%3A40%3A00" in one for one in addresses)


def test_a_past_moment_is_told_as_it_was(raised: Callable[..., Story]) -> None:
    raised()

    assert "没有未办结的问题" in seen("park_office", "?at=2018-04-26T09:00")


def test_the_first_page_of_an_office_and_the_desk_of_papers_lead_to_it(raised: Callable[..., Story]) -> None:
    raised(now=NOW - timedelta(days=8))
    office = signed_in("park_office")

    for page in ("/", "/bulletins/"):
        assert f'href="{SHEET}' in office.get(page).content.decode(), page


def test_who_oversees_nothing_or_another_place_finds_nothing(raised: Callable[..., Story]) -> None:
    story = raised(now=NOW - timedelta(days=8))

    seen("firm", status=404)
    seen("outsider", "?region=130973400", 404)
    assert story.standing.number not in seen("outsider")


def test_it_does_not_grow_in_queries(raised: Callable[..., Story], queries_of: Callable[[Client, str], int]) -> None:
    office = signed_in("park_office")
    raised(now=NOW - timedelta(days=8))
    first = queries_of(office, SHEET)
    for _ in range(3):
        raised(now=NOW - timedelta(days=8))

    assert queries_of(office, SHEET) == first
