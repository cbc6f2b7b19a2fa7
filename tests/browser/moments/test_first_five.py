"""The first five of the ten moments in which a county adopts or abandons the system, each from a clerk's own Excel, call or photo."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.browser.conftest import Visitor
from tests.browser.moments.counting import moment
from tests.browser.test_distribution import reported

pytestmark = [pytest.mark.browser, pytest.mark.prove]


def test_how_many_are_not_done_and_whose_is_one_sheet(address: str, visit: Callable[..., Visitor]) -> None:
    number = reported().standing.number
    office = visit(address, "park_office")

    with moment(5) as journey:
        clerk = journey.hand(office)
        clerk.open("/")
        clerk.go("材料", within="body")
        sheet = clerk.take("Word")

    assert ["南大港产业园区经发局", "演示丙", "", "1", "0", ""] in rows_in(sheet), number


def rows_in(sheet: bytes) -> list[list[str]]:
    """Every row of every table of a Word file; bound numbers stand in controls of their own."""
    tables = Document(BytesIO(sheet)).tables
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row._tr.iter(qn("w:tc"))]
        for table in tables for row in table.rows
    ]
