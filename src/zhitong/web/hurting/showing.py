"""What the page of what hurts shows, worked out: hot spots, themes and common problems, each with its rows and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.hurting.hurting import CommonView, Hurting, SpotView, ThemeView
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.hurting.links import Link, links_of, rows_of
from zhitong.web.hurting.saying import change_in_words, growth_in_words, tenths, times_in_words
from zhitong.web.shell.components import Figure
from zhitong.web.shell.words import figure_in_words
from zhitong.web.timing.filters import SpanFilters

BAR = 100
"""The length of the longest bar, in units of its drawing."""


@dataclass(frozen=True)
class SpotLine:
    """A hot spot as a line: what came drawn beside what was expected, to the scale of the largest."""

    category: str
    industry: str
    region: str
    kind: str
    came: str
    url: str
    firms: str
    expected: str
    basis: str
    times: str
    last: str
    z: str
    came_length: float
    expected_length: float
    links: Sequence[Link]


@dataclass(frozen=True)
class Example:
    """One of a theme's texts."""

    number: str
    url: str
    subject: str
    region: str
    excerpt: str


@dataclass(frozen=True)
class ThemeLine:
    """A theme as a line: the word, how often, the growth, examples, and where it is named."""

    word: str
    came: str
    url: str
    firms: str
    growth: str
    is_new: bool
    examples: Sequence[Example]
    links: Sequence[Link]


@dataclass(frozen=True)
class CommonLine:
    """A common problem as a line."""

    title: str
    url: str
    number: str
    state: str
    lead: str
    members: str
    waiting: str
    region: str
    category: str
    links: Sequence[Link]


def figures_of(found: Hurting, form: SpanFilters) -> list[Figure]:
    """The figures above the fold."""
    waiting = sum(one.row.waiting for one in found.commons)
    return [
        Figure(
            _("收到问题"), figure_in_words(found.came), _("个"), change_in_words(found.came, found.last),
            rows_of(form) if found.came else "",
        ),
        Figure(_("热点"), figure_in_words(len(found.spots)), _("处"), _("明显高于预期的"), "#spots"),
        Figure(_("上升的主题"), figure_in_words(len(found.themes)), _("个"), _("用词比上期多"), "#themes"),
        Figure(_("未办结共性问题"), figure_in_words(len(found.commons)), _("件"), _("仍在等的企业 %s 户次") % waiting, "#commons"),
    ]


def spot_lines(found: Hurting, form: SpanFilters) -> list[SpotLine]:
    """The hot spots, the farthest beyond expectation first."""
    longest = max((max(one.spot.cell.came, one.spot.expected) for one in found.spots), default=1)
    return [_spot_line(one, form, longest) for one in found.spots]


def _spot_line(view: SpotView, form: SpanFilters, longest: float) -> SpotLine:
    cell, spot = view.spot.cell, view.spot
    kind = SubjectKind(cell.kind).label if cell.kind else ""
    firms = _("%s 户反映") % figure_in_words(cell.firms)
    if spot.registered:
        firms += _("，名录共 %s 户") % figure_in_words(spot.registered)
    return SpotLine(
        category=view.category_label, industry=cell.industry, region=view.region.name, kind=kind if kind != cell.industry else "",
        came=figure_in_words(cell.came),
        url=rows_of(form, region=view.region.code, industry=cell.industry, kind=cell.kind, category=cell.category),
        firms=firms, expected=tenths(spot.expected), basis=spot.basis.label, times=times_in_words(cell.came, spot.expected),
        last=figure_in_words(cell.last), z=f"{spot.z:.1f}", came_length=round(cell.came * BAR / longest, 2),
        expected_length=round(spot.expected * BAR / longest, 2), links=tuple(links_of(view.named)),
    )


def theme_lines(found: Hurting, form: SpanFilters) -> list[ThemeLine]:
    """The themes, the most risen first."""
    return [_theme_line(one, form) for one in found.themes]


def _theme_line(view: ThemeView, form: SpanFilters) -> ThemeLine:
    theme = view.theme
    return ThemeLine(
        word=theme.word, came=figure_in_words(theme.came), url=rows_of(form, word=theme.word),
        firms=figure_in_words(theme.firms), growth=growth_in_words(theme), is_new=theme.is_new,
        examples=tuple(
            Example(one.number, reverse("problems:page", args=[one.number]), one.subject_name, one.region, one.excerpt)
            for one in view.examples
        ),
        links=tuple(links_of(view.named)),
    )


def common_lines(found: Hurting) -> list[CommonLine]:
    """The common problems that are not over, those most firms wait for first."""
    return [_common_line(one) for one in found.commons]


def _common_line(view: CommonView) -> CommonLine:
    row = view.row
    return CommonLine(
        title=row.title, url=reverse("commons:page", args=[row.number]), number=row.number, state=row.state.label,
        lead=row.lead, members=figure_in_words(row.members), waiting=figure_in_words(row.waiting), region=row.region,
        category=row.category_label, links=tuple(links_of(view.named)),
    )
