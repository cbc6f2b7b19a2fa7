"""Adding rows to a table in the middle of a sheet: everything below moves down whole, formulas follow, looks are copied. Pure."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.filling.references import grown, grown_range
from zhitong.domain.blanks.rules.form.grid import formula_of


def grow(book: Workbook, sheet: Worksheet, first: int, last: int, more: int) -> None:
    """Add `more` rows after `last` that look and count as it does; sums over `first` to `last` reach over them."""
    merges = [CellRange(str(one)) for one in sheet.merged_cells.ranges]
    heights = {row: copy(one) for row, one in sheet.row_dimensions.items()}
    sheet.insert_rows(last + 1, more)
    _move_merges(sheet, merges, last, more)
    _move_heights(sheet, heights, last, more)
    _move_settings(sheet, first, last, more)
    _move_things(sheet, last, more)
    _follow(book, sheet, first, last, more)
    _copy(sheet, merges, last, more)


def _copy(sheet: Worksheet, merges: list[CellRange], last: int, more: int) -> None:
    """Make the new rows look and count as the last one does."""
    pattern = sorted((column, cell) for (row, column), cell in sheet._cells.items() if row == last)
    across = [one for one in merges if one.min_row == one.max_row == last]
    height = sheet.row_dimensions[last].height if last in sheet.row_dimensions else None
    for row in range(last + 1, last + more + 1):
        for column, like in pattern:
            cell = sheet.cell(row, column)
            cell._style = copy(like._style)
            formula = "" if isinstance(like, MergedCell) else formula_of(like)
            if formula:
                cell.value = Translator(formula, origin=f"{get_column_letter(column)}{last}").translate_formula(cell.coordinate)
        if height is not None:
            sheet.row_dimensions[row].height = height
        for one in across:
            sheet.merge_cells(start_row=row, end_row=row, start_column=one.min_col, end_column=one.max_col)


def _move_merges(sheet: Worksheet, merges: list[CellRange], last: int, more: int) -> None:
    """Joined cells below move, those that reach down to the last row or over it grow."""
    sheet.merged_cells.ranges = {MergedCellRange(sheet, grown_range(one.coord, 0, last, more)) for one in merges}


def _move_heights(sheet: Worksheet, heights: dict[int, Any], last: int, more: int) -> None:
    for row in list(sheet.row_dimensions):
        if row > last:
            del sheet.row_dimensions[row]
    for row, one in heights.items():
        if row > last:
            one.index = row + more
            sheet.row_dimensions[row + more] = one


def _move_settings(sheet: Worksheet, first: int, last: int, more: int) -> None:
    """Rules of colouring and of input, the printed area and filters reach over the new rows."""
    coloured = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        for rule in one.rules:
            rule.formula = [grown(f"={text}", sheet.title, True, first, last, more)[1:] for text in rule.formula or ()]
            coloured.add(_ranges(str(one.sqref), first, last, more), rule)
    sheet.conditional_formatting = coloured
    for asked in sheet.data_validations.dataValidation if sheet.data_validations else ():
        asked.sqref = MultiCellRange(_ranges(str(asked.sqref), first, last, more))
    if sheet.print_area:
        areas = sheet.print_area if isinstance(sheet.print_area, str) else ",".join(sheet.print_area)
        bare = " ".join(part.rpartition("!")[2].replace("$", "") for part in areas.split(","))
        sheet.print_area = _ranges(bare, first, last, more).replace(" ", ",")
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = grown_range(sheet.auto_filter.ref, first, last, more, is_area=True)
    for kept in sheet.tables.values():
        kept.ref = grown_range(kept.ref, first, last, more, is_area=True)


def _move_things(sheet: Worksheet, last: int, more: int) -> None:
    """Page breaks, pictures and links stay with their rows."""
    for stop in sheet.row_breaks.brk:
        stop.id += more if (stop.id or 0) > last else 0
    for picture in [*sheet._images, *sheet._charts]:
        for corner in (getattr(picture.anchor, "_from", None), getattr(picture.anchor, "to", None)):
            if corner is not None and corner.row >= last:
                corner.row += more
    for cell in sheet._cells.values():
        if not isinstance(cell, MergedCell) and cell.hyperlink is not None:
            cell.hyperlink.ref = cell.coordinate


def _ranges(text: str, first: int, last: int, more: int) -> str:
    return " ".join(grown_range(one, first, last, more, is_area=True) for one in text.split())


def _follow(book: Workbook, moved: Worksheet, first: int, last: int, more: int) -> None:
    """Formulas and names of the whole workbook point where they pointed."""
    for sheet in book.worksheets:
        is_own = sheet is moved
        for cell in sheet._cells.values():
            formula = formula_of(cell) if not isinstance(cell, MergedCell) else ""
            if not formula.startswith("="):
                continue
            text = grown(formula, moved.title, is_own, first, last, more)
            if isinstance(cell.value, ArrayFormula):
                cell.value.text = text
                cell.value.ref = grown_range(cell.value.ref, first, last, more) if is_own else cell.value.ref
            else:
                cell.value = text
        for defined in sheet.defined_names.values():
            defined.attr_text = grown(f"={defined.attr_text}", moved.title, False, first, last, more)[1:]
    for defined in book.defined_names.values():
        defined.attr_text = grown(f"={defined.attr_text}", moved.title, False, first, last, more)[1:]
