"""A workbook as a form: the tables and gaps of its visible sheets, with what people should know of it. Pure."""

from __future__ import annotations

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.fields import heads_words
from zhitong.domain.blanks.rules.form.gaps import gaps_of
from zhitong.domain.blanks.rules.form.grid import Grid
from zhitong.domain.blanks.rules.form.shapes import Form, Gap, Table
from zhitong.domain.blanks.rules.form.tables import tables_of
from zhitong.kit.sheets.limits import UnreadableTable

MOST_TABLES, MOST_GAPS = 12, 60
_NOTHING = "这个表里没有找到表头，也没有要填的空。请确认选的是上级发来的空表：表头要写明每一列的名称。"


def form_in(book: Workbook) -> Form:
    """What there is to fill in. Raises UnreadableTable: nothing, or more than a form has."""
    words = heads_words()
    tables: list[Table] = []
    gaps: list[Gap] = []
    said: list[str] = []
    for sheet in book.worksheets:
        if not isinstance(sheet, Worksheet) or sheet.sheet_state != "visible":
            said.append(f"工作表“{sheet.title}”是隐藏的，原样保留，没有填。")
            continue
        grid = Grid(sheet)
        own = tables_of(grid, words)
        tables, gaps = tables + own, gaps + gaps_of(grid, own)
    if not tables and not gaps:
        raise UnreadableTable(_NOTHING)
    if len(tables) > MOST_TABLES or len(gaps) > MOST_GAPS:
        raise UnreadableTable(f"这个文件里有{len(tables)}张表、{len(gaps)}处空，太多了。请分成几个文件再传。")
    return Form(tuple(tables), tuple(gaps), tuple(said))
