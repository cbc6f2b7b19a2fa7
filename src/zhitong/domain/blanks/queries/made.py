"""A form filled: as a file that is the same whenever it is made for the same cut-off, and as a page shows its beginning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from zhitong.domain.blanks.models import Filling
from zhitong.domain.blanks.queries.answering import answers_for
from zhitong.domain.blanks.queries.asked import Cut, cut_for
from zhitong.domain.blanks.queries.blanks import content_of, filling_row
from zhitong.domain.blanks.rules.answers import Answer, Handwritten
from zhitong.domain.blanks.rules.filling.filling import Filled, filled, saved
from zhitong.domain.blanks.rules.form.drawing import DrawnSheet, drawn
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.form.shapes import Form, Table
from zhitong.domain.blanks.rules.pointing import Pointing, said_well
from zhitong.domain.organisations.scope import Viewer

SHOWN_ROWS = 3
"""Rows of a table that a page shows before it is filled."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A form with its first rows filled: its tables where they stand then, its sheets drawn, what would be missing by head,
    what people should know."""

    form: Form
    tables: tuple[Table, ...]
    pointing: Pointing
    sheets: tuple[DrawnSheet, ...]
    missing: tuple[str, ...]
    said: tuple[str, ...]


def previewed(viewer: Viewer, version_id: UUID, pointing: Pointing, cut: Cut, written: Handwritten) -> Preview:
    """How a form would be filled, at most SHOWN_ROWS of each list. Raises NotFound, TooMany, TooEarly: as `answers_for`."""
    book, _left = open_form(content_of(viewer, version_id))
    form = form_in(book)
    asked = said_well(form, pointing)
    answers = answers_for(viewer, asked, cut)
    short = replace(answers, tables=tuple(_short(one) for one in answers.tables))
    done = filled(book, form, asked, short, written)
    sheets = tuple(
        drawn(book[name], tuple(one for one in done.tables if one.sheet == name), done.marks[name])
        for name in dict.fromkeys([*(one.sheet for one in done.tables), *(gap.sheet for gap in form.gaps)])
    )
    return Preview(form, done.tables, asked, sheets, tuple(done.tallied.missing), tuple(dict.fromkeys(done.tallied.said)))


def made(viewer: Viewer, version_id: UUID, pointing: Pointing, cut: Cut, written: Handwritten) -> Filled:
    """A form filled whole. Raises NotFound, TooMany, TooEarly: as `answers_for`."""
    book, _left = open_form(content_of(viewer, version_id))
    form = form_in(book)
    asked = said_well(form, pointing)
    return filled(book, form, asked, answers_for(viewer, asked, cut), written)


def file_of(viewer: Viewer, filling_id: UUID) -> tuple[str, bytes]:
    """A filling's name and file, made anew from the facts of its cut-off: equal bytes for the same reader.

    Raises NotFound: it is not the viewer's unit's. Raises TooMany, TooEarly: as `answers_for`.
    """
    row: Filling = filling_row(viewer, filling_id)
    cut = cut_for(viewer, region_id=row.region_id, since=row.since, at=row.at, now=row.made_at)
    done = made(viewer, row.version_id, Pointing.kept(row.pointing), cut, row.written)
    return row.version.blank.name, saved(done.book, row.at)


def _short(answer: Answer) -> Answer:
    return replace(answer, rows=answer.rows[:SHOWN_ROWS])
