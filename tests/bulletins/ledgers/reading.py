"""A paper made for a member of the cast, as bytes and as cells."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zipfile import ZipFile

from tests.cast import viewer
from zhitong.domain.bulletins.queries.making import MAKERS
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.official.shapes import Document
from zhitong.kit.sheets.reading import open_sheet


def file_of(kind: PaperKind, login: str, at: datetime, about: str = "") -> bytes:
    """The workbook of a paper."""
    into = io.BytesIO()
    with acting_as(viewer(login)) as here:
        paper = MAKERS[kind](here, about, at)
        assert not isinstance(paper, Document)
        paper.write(into)
    return into.getvalue()


def document_of(kind: PaperKind, login: str, at: datetime, about: str = "") -> Document:
    """A paper in words."""
    with acting_as(viewer(login)) as here:
        paper = MAKERS[kind](here, about, at)
    assert isinstance(paper, Document)
    return paper


def rows_of(content: bytes, sheet: str | None = None) -> list[list[str]]:
    """The cells of a sheet, row by row, empty rows left out."""
    return [[str(cell) for cell in cells] for _line, cells in open_sheet(content, sheet).rows if any(cells)]


def told_by(content: bytes, heads: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of the table under its heads, by head; notes at the foot left out."""
    rows = rows_of(content)
    place = next(at for at, row in enumerate(rows) if tuple(row[: len(heads)]) == heads)
    return [dict(zip(heads, row, strict=False)) for row in rows[place + 1 :] if len(row) > 1 and any(row[1:])]


def set_up_of(content: bytes) -> str:
    """What the file says of printing: the first sheet and the workbook as XML."""
    with ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml")]
    return re.sub(r"<sheetData>.*</sheetData>", "", "".join(texts), flags=re.DOTALL)
