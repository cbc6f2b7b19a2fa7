"""The figures above the fold, ten at most: how it stands, and where a period is asked for what moved in it and by how much
that differs from the last."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.telling import Told
from zhitong.domain.analysis.rules.stretches import NAME_OF_LAST
from zhitong.domain.problems.queries.overview import Moved
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import Numbers, Phase
from zhitong.web.overview.asking import Asked
from zhitong.web.overview.comparing import change_in_words
from zhitong.web.overview.links import Rows
from zhitong.web.shell.components import Figure, Text
from zhitong.web.shell.words import figure_in_words

UNSETTLED = (Phase.WAITING, Phase.HANDLING, Phase.PARKED, Phase.ANSWERED, Phase.REVIEW)
_FIRST, _LAST = (Phase.WAITING, Phase.HANDLING), (Phase.ANSWERED, Phase.REVIEW, Phase.CLOSED, Phase.ENDED)


def figures_of(told: Told, asked: Asked, rows: Rows) -> list[Figure]:
    """The figures above the fold, each opening to its rows where the list can tell them; ten at most."""
    return _with_period(told, asked, rows) if told.moved is not None else _standing(told, asked, rows)


def _standing(told: Told, asked: Asked, rows: Rows) -> list[Figure]:
    found, code = told.found, asked.region.code
    numbers = found.numbers
    figures = [
        _figure(_("反映问题"), numbers.reported, rows.of(code)),
        *(_figure(phase.label, numbers.of(phase), rows.of(code, phases=[phase])) for phase in _FIRST),
        _figure(_("■ 超期"), numbers.overdue, rows.of(code, light=Light.OVERDUE)),
        _figure(_("▲ 临期"), numbers.soon, rows.of(code, light=Light.SOON)),
        *(_figure(phase.label, numbers.of(phase), rows.of(code, phases=[phase])) for phase in _LAST),
    ]
    if found.confidential is not None:
        open_too = _("其中 %s 个未办结") % figure_in_words(found.confidential_open)
        figures.append(_figure(_("企业要求保密"), found.confidential, "", open_too if found.confidential else ""))
    if not found.recorded:
        return figures
    url = rows.of(code, recorded="only") if not asked.is_past else ""
    without_ended = [one for one in figures if one.label != Phase.ENDED.label] if len(figures) == MOST else figures
    return [*without_ended, _figure(_("其中补录"), found.recorded, url, _("不计入按时办结率"))]


MOST = 10


def _with_period(told: Told, asked: Asked, rows: Rows) -> list[Figure]:
    assert told.moved is not None, "a period was asked for"
    found, code = told.found, asked.region.code
    moved = told.moved[found.region.id]
    before = told.moved_before[found.region.id] if told.moved_before else None
    last = NAME_OF_LAST[asked.kind]

    def flow(label: Text, of: Callable[[Moved], int], url: str = "") -> Figure:
        return _figure(label, of(moved), url, change_in_words(of(moved), of(before), last) if before else "")

    def stock(label: Text, of: Callable[[Numbers], int], url: str) -> Figure:
        change = change_in_words(of(found.numbers), of(before.after), last) if before else ""
        return _figure(label, of(found.numbers), url, change)

    return [
        flow(_("期内反映"), lambda one: one.reported, rows.reported(code)),
        flow(_("期内销号"), lambda one: one.closed, rows.closed(code)),
        stock(_("期末未办结"), lambda one: one.unsettled, rows.of(code, phases=UNSETTLED)),
        stock(_("■ 超期"), lambda one: one.overdue, rows.of(code, light=Light.OVERDUE)),
        stock(_("▲ 临期"), lambda one: one.soon, rows.of(code, light=Light.SOON)),
        *(_stocked(stock, phase, rows.of(code, phases=[phase])) for phase in (*_FIRST, *_LAST[:2])),
        stock(_("累计反映"), lambda one: one.reported, rows.of(code)),
    ]


def _stocked(stock: Callable[[Text, Callable[[Numbers], int], str], Figure], phase: Phase, url: str) -> Figure:
    return stock(phase.label, lambda one: one.of(phase), url)


def _figure(label: Text, value: int, url: str, note: str = "") -> Figure:
    return Figure(label, figure_in_words(value), _("个"), note, url if value else "")
