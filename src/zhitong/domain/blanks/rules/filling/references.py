"""References in formulas when rows are added after one: what lies below moves, what reaches over it grows. Pure."""

from __future__ import annotations

import re

from openpyxl.formula.tokenizer import Token, Tokenizer

_CELL = re.compile(r"(\$?[A-Z]{1,3})?(\$?)(\d+)?")


def grown(formula: str, title: str, is_own: bool, first: int, last: int, more: int) -> str:
    """A formula after `more` rows came after `last` of the sheet called `title`; `is_own` where it stands in that sheet."""
    tokens = Tokenizer(formula)
    parts = [
        _operand(token.value, title, is_own, first, last, more)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE else token.value
        for token in tokens.items
    ]
    return "=" + "".join(parts)


def _operand(text: str, title: str, is_own: bool, first: int, last: int, more: int) -> str:
    sheet, mark, place = text.rpartition("!")
    concerns = sheet.strip("'").replace("''", "'") == title if mark else is_own
    return f"{sheet}{mark}{grown_range(place, first, last, more)}" if concerns else text


def grown_range(text: str, first: int, last: int, more: int, *, is_area: bool = False) -> str:
    """A cell or range moved or grown: a single cell on `last` stays, a range that ends there or beyond reaches further.

    Of a table with a single row a range along that row stays, unless it is an area of settings. What is no reference (a
    name) stays as it is.
    """
    start, colon, end = text.partition(":")
    ends = [found for part in (start, end or start) if (found := _CELL.fullmatch(part)) and part]
    if len(ends) != 2 or not ends[0][3] or not ends[1][3]:
        return text
    top, bottom = int(ends[0][3]), int(ends[1][3])
    is_down = is_area or ends[0][1] == ends[1][1]
    reaches = bottom > last or (bool(colon) and bottom == last and (top < last or (top == first and is_down)))
    rows = (top + more if top > last else top, bottom + more if reaches else bottom)
    shown = [f"{one[1] or ''}{one[2]}{row}" for one, row in zip(ends, rows, strict=True)]
    return f"{shown[0]}:{shown[1]}" if colon else shown[0]
