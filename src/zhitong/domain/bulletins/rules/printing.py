"""An edition as an official paper: sections with their bound figures, rankings as annexes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.drawn import Annex, Bound, Section
from zhitong.domain.bulletins.rules.marks import pieces
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import (
    Block,
    Document,
    Figure,
    Foot,
    Head,
    Heading,
    Masthead,
    Paragraph,
    Piece,
    Style,
    Table,
)

_STYLES = {PaperKind.BRIEF: Style.BRIEF, PaperKind.CORRECTION: Style.LETTER}
_NUMERALS = tuple("一二三四五六七八九十") + tuple(f"十{one}" for one in "一二三四五六七八九") + ("二十",)
FIRST_NUMERIC = 2
"""In a ranking the place and the name stand to the left, all counts to the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is printed of an edition; number, signature and day of issue are empty while it is none."""

    kind: PaperKind
    office: str
    title: str
    recipients: str
    sections: Sequence[Section]
    figures: Sequence[Bound]
    annexes: Sequence[Annex] = ()
    cut_off: datetime | None = None
    number: str = ""
    signed_on: date | None = None
    is_draft: bool = True


def document_of(one: Printed) -> Document:
    """The paper as its layout is told it; a draft marks what differs from the last issue."""
    figures = {bound.label: Figure(bound.key, bound.text, bound.is_changed and one.is_draft) for bound in one.figures}
    on = one.signed_on or (day_of(one.cut_off) if one.cut_off else None)
    return Document(
        style=_STYLES.get(one.kind, Style.PAPER), title=one.title, blocks=tuple(_body(one, figures)), head=_head(one, on),
        recipients=tuple(part.strip() for part in one.recipients.split("，") if part.strip()),
        attachments=tuple(annex.title for annex in one.annexes), signed_by=one.office, signed_on=one.signed_on,
        foot=Foot(printed_by=one.office, printed_on=one.signed_on), cut_off=None if one.kind is PaperKind.CORRECTION else one.cut_off,
        is_draft=one.is_draft,
        appended=tuple(_appended(annex, figures, one) for annex in one.annexes),
    )


def _head(one: Printed, on: date | None) -> Head | Masthead:
    if one.kind is PaperKind.BRIEF and on is not None:
        return Masthead("工作简报", one.number.rpartition("〕")[2], one.office, on)
    return Head(one.office, one.number)


def _body(one: Printed, figures: dict[str, Figure]) -> list[Block]:
    blocks: list[Block] = []
    for place, section in enumerate(one.sections):
        if section.heading:
            blocks.append(Heading(1, f"{_NUMERALS[place]}、{section.heading}"))
        blocks += [Paragraph(pieces(line, figures)) for line in section.text.splitlines() if line.strip()]
    return blocks


def _appended(annex: Annex, figures: dict[str, Figure], one: Printed) -> Document:
    rows = tuple(tuple(_cell(cell, figures) for cell in row.cells) for row in annex.rows)
    numeric = frozenset(range(FIRST_NUMERIC, len(annex.heads)))
    table = Table(annex.heads, rows, annex.shares, "", numeric)
    note: tuple[Block, ...] = (Paragraph((f"注：{annex.note}",), is_flush=True),) if annex.note else ()
    return Document(style=Style.FORM, title=annex.title, blocks=(table, *note), cut_off=one.cut_off, is_draft=one.is_draft)


def _cell(text: str, figures: dict[str, Figure]) -> Piece:
    found = pieces(text, figures)
    return found[0] if len(found) == 1 else text
