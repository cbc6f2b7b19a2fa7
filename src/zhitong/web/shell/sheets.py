"""A desk's list on paper: the columns one sees as a workbook, with the reason and the hand it went through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from zhitong.kit import clock
from zhitong.kit.workbook import Head, Shape, write_sheet
from zhitong.web.shell import words
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Clock, Light, Text
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.taken_out import mark_line

_WIDTHS = {"long": 44, "text": 18, "moment": 17, "day": 12, "light": 10, "clock": 22, "money": 14, "number": 10}
_SHAPES = {
    Kind.NUMBER: Shape.FIGURE,
    Kind.MONEY: Shape.FIGURE,
    Kind.PERCENT: Shape.PERCENT,
    Kind.DAY: Shape.DAY,
    Kind.MOMENT: Shape.MOMENT,
}


def sheet_of(title: Text, columns: Sequence[Column], rows: Iterable[Any], notes: Sequence[str]) -> FileResponse:
    """The rows as a workbook to be saved, marked with who took it out; rows are read while it is written."""
    with ExitStack() as open_until_sent:
        file = open_until_sent.enter_context(TemporaryFile())
        heads = [_head(column) for column in columns]
        write_sheet(
            file, title=str(title), notes=notes, heads=heads, rows=_written(columns, rows), zone=clock.SHANGHAI,
            mark=mark_line(str(title)),
        )
        open_until_sent.pop_all()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title}-{words.whole_day(clock.today())}.xlsx")


def notes_of(form: PlainForm, why: Text, asked_by: str) -> list[str]:
    """Why these rows, and who took them out when: the head of a sheet."""
    asked = "；".join(
        f"{form.fields[name].label}：{_said(form, name, value)}" for name, value in wanted_of(form).items()
    )
    taken = _("导出时间：%s") % words.whole_moment(clock.now())
    by = _("　导出人：%s") % asked_by if asked_by else ""
    return [note for note in (str(why), asked and _("筛选条件：%s") % asked, taken + by) if note]


def _head(column: Column) -> Head:
    title = f"{column.label}（{column.unit_in_head}）" if column.unit_in_head else str(column.label)
    return Head(title, _SHAPES.get(column.kind, Shape.TEXT), _WIDTHS.get(column.kind.value, 14))


def _written(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_on_paper(column, column.of(row)) for column in columns]


def _on_paper(column: Column, value: Any) -> Any:
    if isinstance(value, Light):
        return str(value.word)
    if isinstance(value, Clock):
        return f"{value.light.word} {value.left}".strip()
    if column.kind is Kind.MONEY and value is not None:
        return value / words.WAN
    if isinstance(value, bool | int | float | date | datetime) or value is None:
        return value
    return value if column.is_figure else str(value)


def _said(form: PlainForm, name: str, value: Any) -> str:
    """A filter's value in the words of its choices."""
    choices = dict(getattr(form.fields[name], "choices", ()) or ())
    if isinstance(value, list):
        return "、".join(str(choices.get(one, one)) for one in value)
    return _("是") if value is True else str(choices.get(value, value))
