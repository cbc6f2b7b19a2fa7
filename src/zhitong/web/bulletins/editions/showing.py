"""Editions in the components of the shell: text with its figures, the rows behind each, crumbs and tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.bulletins.queries.editions.page import EditionPage
from zhitong.domain.bulletins.queries.editions.sight import sides_of
from zhitong.domain.bulletins.rules.drawn import Annex, Bound, Section
from zhitong.domain.bulletins.rules.marks import mark, pieces
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.phases import STATES_OF, Phase
from zhitong.kit.official.shapes import Figure
from zhitong.kit.official.wording import moment_on_paper
from zhitong.web.shell.components import Crumb, Tab
from zhitong.web.shell.navigation import address_of

PROBLEMS = "problems:list"


@dataclass(frozen=True)
class Shown:
    """A stretch of words, or a figure: its name, the address of its rows, and what the last issue said where that differs."""

    text: str
    label: str = ""
    url: str = ""
    before: str = ""


@dataclass(frozen=True)
class ShownFigure:
    """A figure in the list beside the text: its name, its mark, its value, what it was, and its rows."""

    label: str
    mark: str
    text: str
    unit: str
    before: str | None
    is_changed: bool
    url: str


@dataclass(frozen=True)
class ShownSection:
    """A section as the page shows it: its heading and its paragraphs in stretches."""

    heading: str
    paragraphs: Sequence[Sequence[Shown]]


@dataclass(frozen=True)
class ShownAnnex:
    """A ranking as the page shows it; `rows` are cells with the row's own unit told."""

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[bool, Sequence[tuple[str, Shown]]]]
    note: str


def tabs_of(request: HttpRequest, current: str) -> list[Tab]:
    """The sides from which the viewer looks, and the register of an office."""
    found = [
        (side.value, side.label, f"{reverse('bulletins:editions')}?side={side.value}") for side in sides_of(request.viewer)
    ]
    if request.viewer.may(Permission.DISPATCH):
        found.append(("register", _("发文登记"), reverse("bulletins:register")))
    return [Tab(label, url, name == current) for name, label, url in found]


def crumbs_of(*more: Crumb) -> Sequence[Crumb]:
    """The way from the list of editions."""
    return [Crumb(_("通报简报"), reverse("bulletins:editions")), *more]


def crumb_of(found: EditionPage) -> Crumb:
    """The step to an edition."""
    return Crumb(found.row.number or found.row.title, reverse("bulletins:edition", args=[found.row.id]))


def period_in_words(since: datetime, cut_off: datetime) -> str:
    """2018年7月31日24时至2018年8月31日24时."""
    return _("%(since)s至%(until)s") % {"since": moment_on_paper(since), "until": moment_on_paper(cut_off)}


def figures_shown(found: EditionPage, viewer: Viewer, figures: Sequence[Bound]) -> list[ShownFigure]:
    """Figures as the list beside the text shows them."""
    return [
        ShownFigure(
            one.label, mark(one.label), one.text, one.unit, one.before, one.is_changed,
            rows_address(viewer, found.row.id, one, is_own=found.is_own),
        )
        for one in figures
    ]


def sections_shown(found: EditionPage, viewer: Viewer) -> list[ShownSection]:
    """The text of an edition with its figures in it."""
    figures = _named(found, viewer)
    return [ShownSection(one.heading, [_line(line, figures) for line in _lines(one)]) for one in found.sections]


def annexes_shown(found: EditionPage, viewer: Viewer) -> list[ShownAnnex]:
    """The rankings of an edition; the viewer's own row is told."""
    figures = _named(found, viewer)
    return [_annex(one, figures, viewer.unit_id) for one in found.annexes]


def rows_address(viewer: Viewer, edition_id: UUID, figure: Bound, *, is_own: bool) -> str:
    """The address of the rows that a figure counts; empty where the viewer has none of them to see."""
    behind = figure.behind
    if not behind or not (is_own or figure.unit_id == viewer.unit_id):
        return ""
    if behind["list"] != "problems":
        return f"{reverse('bulletins:edition_behind', args=[edition_id])}?{urlencode({'key': figure.key})}"
    return _problems(behind) if viewer.reach is Reach.SUBTREE else ""


def _problems(behind: Mapping[str, str]) -> str:
    asked = [("lens", Lens.TERRITORY.value), ("region", behind["region"]), ("confidential", "no")]
    asked += [("state", state.value) for state in STATES_OF[Phase(behind["state"])]] if "state" in behind else []
    asked += [(name, value) for name, value in behind.items() if name not in ("list", "region", "state")]
    return f"{address_of(PROBLEMS)}?{urlencode(asked)}"


def _named(found: EditionPage, viewer: Viewer) -> dict[str, tuple[Bound, str]]:
    return {one.label: (one, rows_address(viewer, found.row.id, one, is_own=found.is_own)) for one in found.figures}


def _lines(section: Section) -> list[str]:
    return [line for line in section.text.splitlines() if line.strip()]


def _line(text: str, figures: Mapping[str, tuple[Bound, str]]) -> list[Shown]:
    bound = {label: Figure(label, one.text) for label, (one, _url) in figures.items()}
    return [_piece(piece, figures) for piece in pieces(text, bound)]


def _piece(piece: str | Figure, figures: Mapping[str, tuple[Bound, str]]) -> Shown:
    if isinstance(piece, str):
        return Shown(piece)
    one, url = figures[piece.key]
    return Shown(one.text, one.label, url, one.before or "" if one.is_changed else "")


def _annex(annex: Annex, figures: Mapping[str, tuple[Bound, str]], own: UUID) -> ShownAnnex:
    rows = [
        (row.unit_id == own, [(head, _cell(cell, figures)) for head, cell in zip(annex.heads, row.cells, strict=True)])
        for row in annex.rows
    ]
    return ShownAnnex(annex.title, annex.heads, rows, annex.note)


def _cell(text: str, figures: Mapping[str, tuple[Bound, str]]) -> Shown:
    found = _line(text, figures)
    return found[0] if len(found) == 1 else Shown(text)
