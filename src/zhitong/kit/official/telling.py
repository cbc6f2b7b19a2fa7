"""What the typesetter is told: everything a paper says and every measure, as JSON. Nothing in it is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import segno

from zhitong.kit.figures import whole_day
from zhitong.kit.official import measures
from zhitong.kit.official.fonts import chosen_from
from zhitong.kit.official.forms import edges_of, laid_out
from zhitong.kit.official.measures import HEADINGS, POINTS_PER_MM, head_type, table_type, text_mm, width_of
from zhitong.kit.official.shapes import (
    Block,
    Code,
    Document,
    Figure,
    Grid,
    Heading,
    Masthead,
    Paragraph,
    Piece,
    Style,
    Table,
)
from zhitong.kit.official.titles import title_lines
from zhitong.kit.official.widths import column_widths, plain
from zhitong.kit.official.wording import (
    DRAFT_LEGEND,
    PRODUCER,
    addressed,
    annex_labels,
    copies_words,
    cut_off_words,
    foot_rows,
    is_addressed,
    is_foot_ruled,
    noted,
    room_for_seal,
    sender_words,
    signing,
)
from zhitong.kit.texts import storable

_LONG_ROW = 24
"""Lines from which a row of a table may break across pages; shorter ones stay whole."""
_CELL_MARGIN_MM = 2.8


def told(document: Document, families: frozenset[str]) -> str:
    """The paper and its measures as JSON; `families` are the fonts to choose from. Raises NoChineseFont."""
    annexes = zip(document.appended, annex_labels(document), strict=True)
    papers = [_paper(document, ""), *(_paper(annex, label) for annex, label in annexes)]
    said = {
        "title": document.title, "producer": PRODUCER, "is_draft": document.is_draft, "legend": DRAFT_LEGEND,
        "measures": _measures(), "faces": _faces(families), "head": _head(document), "papers": papers,
        "foot": {"rows": _record(document), "copies": copies_words(document.foot), "is_ruled": is_foot_ruled(document)},
    }  # fmt: skip
    return json.dumps(_cleaned(said), ensure_ascii=False)


def _cleaned(said: Any) -> Any:
    """The same without signs that are no writing."""
    if isinstance(said, dict):
        return {key: _cleaned(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [_cleaned(value) for value in said]
    return storable(said) if isinstance(said, str) else said


def _measures() -> dict[str, object]:
    width, height = measures.PAGE_MM
    return {
        "page_width": width, "page_height": height, "text": text_mm(), "top": measures.TOP_MM, "bottom": measures.BOTTOM_MM,
        "left": measures.LEFT_MM, "right": measures.RIGHT_MM, "body": measures.BODY_PT, "line": measures.LINE_PT,
        "title": measures.TITLE_PT, "title_line": measures.TITLE_LINE_PT, "small": measures.SMALL_PT,
        "narrow": measures.NARROW_TABLE_PT, "table": measures.TABLE_PT, "table_line": measures.TABLE_LINE_PT,
        "head_drop": measures.HEAD_DROP_MM, "rule_gap": measures.RULE_GAP_MM, "number_gap": measures.NUMBER_GAP_MM,
        "heavy_rule": measures.HEAVY_RULE_MM, "middle_rule": measures.MIDDLE_RULE_MM, "red_rule": measures.RED_RULE_MM,
        "letter_top": measures.LETTER_TOP_MM, "letter_foot": measures.LETTER_FOOT_MM, "letter_rule": measures.LETTER_RULE_MM,
        "code": measures.CODE_MM, "red": f"#{measures.RED}",
        "tracking": text_mm() * POINTS_PER_MM / measures.SIGNS - measures.BODY_PT,
    }  # fmt: skip


def _faces(families: frozenset[str]) -> dict[str, object]:
    """For each face its fonts in order; the Latin one gives way where a sign is Chinese, quotation marks and dashes too."""
    return {
        face.name: {
            "font": [*({"name": name, "covers": "latin-in-cjk"} for name in chosen.latin), *chosen.chinese], "weight": chosen.weight
        }
        for face, chosen in chosen_from(families).items()
    }


def _head(document: Document) -> dict[str, object]:
    head = document.head
    if head is None:
        return {"kind": "none"}
    if isinstance(head, Masthead):
        size, squeezed = head_type(head.name)
        return {
            "kind": "masthead", "sender": head.name, "issue": head.issue, "office": head.office, "on": whole_day(head.on),
            "size": size, "squeezed": squeezed,
        }  # fmt: skip
    sender = sender_words(head.sender, document.style)
    size, squeezed = head_type(sender)
    return {
        "kind": "letter" if document.style is Style.LETTER else "red", "sender": sender, "number": head.number,
        "signer": head.signer, "urgency": head.urgency, "size": size, "squeezed": squeezed,
    }  # fmt: skip


def _paper(document: Document, label: str) -> dict[str, object]:
    signed = signing(document)
    return {
        "label": label, "title": title_lines(document.title), "cut_off": cut_off_words(document.cut_off),
        "is_landscape": document.is_landscape, "recipients": addressed(document.recipients) if is_addressed(document) else "",
        "blocks": [_block(block, text_mm(document.is_landscape)) for block in document.blocks],
        "attachments": document.attachments, "note": noted(document.note),
        "signed": signed and {
            "by": signed.by, "on": signed.on, "by_right": signed.by_right, "on_right": signed.on_right,
            "blank": room_for_seal(document),
        },
    }  # fmt: skip


def _block(block: Block, width_mm: float) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "face": HEADINGS[block.level].name}
        case Paragraph():
            return {"kind": "paragraph", "indent": 0 if block.is_flush else 2, "pieces": _pieces(block.pieces)}
        case Table():
            return _table(block, width_mm)
        case Grid():
            return _grid(block, width_mm)
        case Code():
            return {"kind": "code", "caption": block.caption, "picture": _picture(block.content)}
    return {"kind": "break"}


def _pieces(pieces: Sequence[Piece]) -> list[object]:
    return [_piece(piece) for piece in pieces]


def _piece(piece: Piece) -> object:
    return {"text": piece.text, "is_changed": piece.is_changed} if isinstance(piece, Figure) else piece


def _table(table: Table, width_mm: float) -> dict[str, object]:
    widths = column_widths(table, width_mm)
    size, line = table_type(len(table.heads))
    return {
        "kind": "table", "caption": table.caption, "heads": table.heads, "widths": widths, "size": size, "line": line,
        "numeric": sorted(table.numeric),
        "rows": [{"cells": _pieces(row), "is_long": _lines(row, widths, size) > _LONG_ROW} for row in table.rows],
    }  # fmt: skip


def _lines(row: Sequence[Piece], widths: Sequence[float], size: float) -> float:
    """About how many lines the tallest cell of a row takes."""
    return max(
        sum(1 + width_of(line) * size // (max(width - _CELL_MARGIN_MM, 1) * POINTS_PER_MM) for line in plain(piece).split("\n"))
        for piece, width in zip(row, widths, strict=True)
    )


def _grid(grid: Grid, width_mm: float) -> dict[str, object]:
    rows = laid_out(grid, width_mm)
    edges = edges_of(rows)
    cells = [
        {
            "span": edges.index(box.end) - edges.index(box.start), "is_label": box.is_label, "pieces": _pieces(box.pieces),
            "lines": box.lines,
        }
        for row in rows for box in row
    ]  # fmt: skip
    widths = [end - start for start, end in pairwise(edges)]
    return {"kind": "grid", "widths": widths, "cells": cells, "size": measures.TABLE_PT, "line": measures.TABLE_LINE_PT}


def _picture(content: str) -> str:
    drawn = BytesIO()
    segno.make(content, error="m", micro=False).save(drawn, kind="svg", scale=4, border=2, xmldecl=False)
    return drawn.getvalue().decode()


def _record(document: Document) -> list[dict[str, object]]:
    """The rows of the record; the word before a list (抄送：) stands alone, so that its second line hangs below its first."""
    rows = []
    for row in foot_rows(document):
        label, colon, rest = row.left.partition("：")
        is_list = bool(colon) and len(label) <= 2
        rows.append({
            "label": f"{label}：" if is_list else "", "left": rest if is_list else row.left, "right": row.right,
            "hanging": len(label) + 1 if is_list else 0,
        })  # fmt: skip
    return rows
