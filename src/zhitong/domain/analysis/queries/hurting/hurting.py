"""What hurts in a region in a period: hot spots, rising themes, common problems, and where plans and papers speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.analysis.queries.hurting.coming import EVERYTHING, Narrowed
from zhitong.domain.analysis.queries.hurting.naming import Named, naming
from zhitong.domain.analysis.queries.hurting.spots import cells_of, registered
from zhitong.domain.analysis.queries.hurting.texts import MOST_TEXTS, told_in
from zhitong.domain.analysis.queries.overseeing import Overseen, overseen
from zhitong.domain.analysis.queries.timing.timing import span_for
from zhitong.domain.analysis.rules.hurting.expecting import HotSpot, hot_spots
from zhitong.domain.analysis.rules.hurting.themes import Theme, themes
from zhitong.domain.analysis.rules.spans import Span
from zhitong.domain.calendars.rules import Period
from zhitong.domain.commons.queries.ledger import CommonRow, row_columns, rows_of
from zhitong.domain.commons.queries.seeing import seen_by
from zhitong.domain.commons.rules.kinds import CommonState
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Category
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.rules.kinds import UNDECIDED, UNDECIDED_WORDS

NEWEST_COMMONS, COMMONS_SHOWN = 200, 10
EXCERPT = 60


@dataclass(frozen=True, slots=True)
class SpotView:
    """A hot spot with its words and where they are named."""

    spot: HotSpot
    region: RegionEntry
    category_label: str
    named: Named


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One of a theme's texts, as the viewer may read it."""

    number: str
    subject_name: str
    region: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme with examples and where its word is named."""

    theme: Theme
    examples: tuple[ExampleView, ...]
    named: Named


@dataclass(frozen=True, slots=True)
class CommonView:
    """A common problem that is not over, and where its category is named."""

    row: CommonRow
    named: Named


@dataclass(frozen=True, slots=True)
class Hurting:
    """What hurts. `came` problems in the span and `last` in as much of the period before; `texts` were read, all there are
    unless `is_cut`."""

    seen: Overseen
    span: Span
    narrowed: Narrowed
    came: int
    last: int
    spots: tuple[SpotView, ...]
    themes: tuple[ThemeView, ...]
    texts: int
    is_cut: bool
    commons: tuple[CommonView, ...]
    taken_at: datetime


def hurting(
    viewer: Viewer, region_id: UUID, period: Period, now: datetime, *, narrowed: Narrowed = EVERYTHING
) -> Hurting:
    """What hurts in a region in a period, up to now where it is not over.

    Some twenty statements, bounded by what came in the period and the one before and by MOST_TEXTS; confidential and
    sealed matters are left out, of unnamed ones the texts.
    Raises NotFound: the region is not the viewer's to oversee.
    Raises BadInput: the period has not begun.
    """
    seen, span = overseen(viewer, region_id), span_for(period, now, None)
    cells, came, last = cells_of(seen, narrowed, span)
    spots = hot_spots(cells, registered(seen))
    rising, texts = _themes(seen, narrowed, span)
    labels, waiting = category_labels(), commons_waiting(viewer, seen, now)
    words = [labels.get((one.cell.kind, one.cell.category), "") for one in spots] + [one.word for one in rising]
    words += [row.category_label for row in waiting]
    named = naming(viewer, seen, list(dict.fromkeys(words)))
    return Hurting(
        seen=seen, span=span, narrowed=narrowed, came=came, last=last, texts=texts, is_cut=texts >= MOST_TEXTS // 2,
        spots=tuple(_spot(one, labels, named) for one in spots),
        themes=tuple(_told(viewer, rising, named)), taken_at=span.until,
        commons=tuple(CommonView(row, named.get(row.category_label, Named())) for row in waiting),
    )


def commons_waiting(viewer: Viewer, seen: Overseen, now: datetime) -> list[CommonRow]:
    """The common problems of the region that are not over, those that most firms wait for first (four queries)."""
    within = list(directory().within(seen.region.id))
    rows = seen_by(viewer).filter(region_id__in=within).exclude(state=CommonState.CLOSED.value)
    newest: list[dict[str, Any]] = list(rows.order_by("-id").values(*row_columns())[:NEWEST_COMMONS])
    told = rows_of(viewer, newest, now)
    return sorted(told, key=lambda one: (-one.waiting, -one.members, one.number))[:COMMONS_SHOWN]


def category_labels() -> dict[tuple[str, str], str]:
    """The labels of categories by kind of subject and code (one query)."""
    labels = {(kind, code): label for kind, code, label in Category.objects.values_list("kind", "code", "label")}
    kinds = {kind for kind, _code in labels} | {""}
    anywhere = {("", code): label for (_kind, code), label in labels.items()}
    return anywhere | labels | {(kind, UNDECIDED): UNDECIDED_WORDS for kind in kinds}


def _themes(seen: Overseen, narrowed: Narrowed, span: Span) -> tuple[list[Theme], int]:
    now = told_in(seen, narrowed, span.since, span.until)
    before = told_in(seen, narrowed, span.since_before, span.until_before)
    places = {name for region in directory().regions.values() for name in (region.name, region.short) if name}
    return themes(now, before, places), max(len(now), len(before))


def _spot(one: HotSpot, labels: Mapping[tuple[str, str], str], named: Mapping[str, Named]) -> SpotView:
    label = labels.get((one.cell.kind, one.cell.category), one.cell.category)
    return SpotView(one, directory().regions[one.cell.region_id], label, named.get(label, Named()))


def _told(viewer: Viewer, rising: Sequence[Theme], named: Mapping[str, Named]) -> list[ThemeView]:
    heads = heads_for(viewer, ids=[text for theme in rising for text in theme.examples])
    regions = directory().regions
    examples = {
        id_: ExampleView(
            head.standing.number, head.subject_name, regions[head.standing.region_id].name, head.text[:EXCERPT]
        )
        for id_, head in heads.items()
    }
    return [
        ThemeView(theme, tuple(examples[one] for one in theme.examples if one in examples), named.get(theme.word, Named()))
        for theme in rising
    ]
