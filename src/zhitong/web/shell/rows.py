"""The rows of a list as HTML: a page has some six hundred cells, too many for a template each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhitong.web.shell import marks
from zhitong.web.shell.columns import Cell, Column, Kind

_BESIDE = ' data-beside hx-get="{0}" hx-target="#beside" hx-select="#thing" hx-swap="innerHTML"'
_TICK = '<input class="form-check-input zt-tick" type="checkbox" form="{}" name="chosen" value="{}" aria-label="{}">'


def rows_drawn(
    rows: Sequence[Sequence[Cell]], *, choose: str = "", beside: bool = False, csrf_token: Any = ""
) -> SafeString:
    """The rows; the first cell is the head of its row, with a tick before it where rows are chosen for the form `choose`.

    `beside` says whether the first cell's link opens beside the list; `csrf_token` goes into forms within the rows.
    """
    if not rows:
        return SafeString("")
    openings = [_opening(cell.column) for cell in rows[0]]
    drawn = (_row(row, openings, choose, beside, csrf_token) for row in rows)
    return SafeString("\n      ".join(drawn))  # every part of it has been escaped


def _row(row: Sequence[Cell], openings: Sequence[tuple[str, str]], choose: str, beside: bool, csrf_token: Any) -> str:
    head = row[0]
    tick = format_html(_TICK, choose, head.key, f"{_('选择')} {head.text}") if choose else ""
    parts = [f'<tr><th scope="row">{tick}{_linked(head, beside, csrf_token)}</th>']
    for cell, (kind, name) in zip(row[1:], openings[1:], strict=True):
        empty = " zt-nothing" if cell.is_empty else ""
        parts.append(f'<td class="{kind}{empty}"{name}>{_linked(cell, False, csrf_token)}</td>')
    return f"{''.join(parts)}</tr>"


def _opening(column: Column) -> tuple[str, str]:
    """What the cells of a column share: how they stand, and the name beside them where rows become blocks."""
    kind = "" if column.kind is Kind.TEXT else "zt-long" if column.kind is Kind.LONG else "zt-nowrap"
    if not column.is_named_in_blocks:
        return kind, ""
    unit = f"（{column.unit_in_head}）" if column.unit_in_head else ""
    return "zt-number" if column.is_figure else kind, format_html(' data-name="{}{}"', column.label, unit)


def _linked(cell: Cell, beside: bool, csrf_token: Any) -> str:
    drawn = _KINDS.get(cell.column.kind, _text)(cell, csrf_token)
    if not cell.url:
        return drawn
    url = escape(cell.url)
    kind = ' class="btn zt-row-do"' if cell.column.kind is Kind.ACT else ""
    return f'<a{kind} href="{url}"{_BESIDE.format(url) if beside else ""}>{drawn}</a>'


def _text(cell: Cell, _csrf_token: Any) -> str:
    return conditional_escape(cell.text)


def _long(cell: Cell, _csrf_token: Any) -> str:
    return f"<div>{conditional_escape(cell.text)}</div>"


def _moment(cell: Cell, _csrf_token: Any) -> str:
    return marks.when(cell.value)


def _light(cell: Cell, csrf_token: Any) -> str:
    return marks.light(cell.value) if cell.value else _text(cell, csrf_token)


def _clock(cell: Cell, csrf_token: Any) -> str:
    return marks.clock(cell.value) if cell.value else _text(cell, csrf_token)


def _do(cell: Cell, csrf_token: Any) -> str:
    """A form of one button, done at once."""
    click = cell.value
    if not click:
        return _text(cell, csrf_token)
    hidden = [("csrfmiddlewaretoken", csrf_token), ("once_key", click.once_key), *click.hidden]
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden)
    why = format_html("<small>{}</small>", click.why) if click.why else ""
    return format_html(
        '<form class="zt-row-form" method="post" action="{}" data-do>{}<button class="btn zt-row-do" type="submit">{}</button>{}'
        "</form>", click.url, fields, click.label, why,
    )


_KINDS: dict[Kind, Callable[[Cell, Any], str]] = {
    Kind.LONG: _long, Kind.MOMENT: _moment, Kind.DAY: _moment, Kind.LIGHT: _light, Kind.CLOCK: _clock, Kind.DO: _do,
}
