"""Reading the workbook of an XLSForm: bounded before it is unpacked, refused with the cell and the reason."""

from __future__ import annotations

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from zhitong.domain.cards.rules.xlsform import NoForm, Understood, form_of, understood
from zhitong.domain.files.rules.archives import paper_in
from zhitong.domain.files.rules.kinds import MEBIBYTE, FileFormat, Unfit
from zhitong.domain.files.rules.names import clean_name
from zhitong.kit.refusals import BadInput

MOST_BYTES = 5 * MEBIBYTE
MOST_SHEETS, MOST_ROWS = 20, 20_000


def xlsform_in(name: str, content: bytes) -> Understood:
    """What the form in a workbook comes to.

    Raises BadInput: too large, no workbook (.xlsx), locked, with macros, a bomb, too many rows, or no XLSForm.
    """
    shown = clean_name(name)
    if len(content) > MOST_BYTES:
        raise BadInput(f"“{shown}”超过{MOST_BYTES // MEBIBYTE}MB，不像是一张表式。请核对后再传。")
    try:
        if not content.startswith(b"PK") or paper_in(content) is not FileFormat.XLSX:
            raise BadInput(f"“{shown}”不是.xlsx表格。请用Excel或WPS另存为.xlsx后再传。")
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(book.sheet_names) > MOST_SHEETS:
            raise BadInput(f"“{shown}”有{len(book.sheet_names)}张工作表，最多{MOST_SHEETS}张。请删去多余的。")
        return understood(form_of({sheet: _rows(book, sheet) for sheet in book.sheet_names}))
    except Unfit as unfit:
        raise BadInput(unfit.sentence(shown)) from unfit
    except NoForm as none:
        raise BadInput(str(none), {"form": str(none)}) from none
    except (CalamineError, ValueError, OSError) as damaged:
        raise BadInput(f"“{shown}”已损坏，读不出来。请重新保存后再传。") from damaged


def _rows(book: CalamineWorkbook, name: str) -> list[list[object]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS:
        raise BadInput(f"工作表“{name}”写到了第{sheet.total_height}行，最多{MOST_ROWS}行。请删去下面的空行后再传。")
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]
