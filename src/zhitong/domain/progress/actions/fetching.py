"""Figures that come from other systems (R-J1): each is kept as it was sent, the newest stand is offered to the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.rules import period_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import present, require
from zhitong.domain.plans.models import Indicator
from zhitong.domain.progress.models import Figure, Source, SourceFigure
from zhitong.domain.progress.rules import UNSENT, FigureOrigin, ReportFact
from zhitong.domain.progress.rules.checks import LARGEST
from zhitong.domain.progress.rules.source_sheets import SentFigure as SentFigure
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.rows import insert_rows, update_rows
from zhitong.kit.texts import text_trouble, written

MOST_AT_ONCE = 5000
LONGEST_NAME, LONGEST_NOTE = 80, 200
Place = tuple[UUID, UUID, str]
"""(indicator, region, period)"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a sending: new stands, older ones that were only kept, what was known, places in reports filled."""

    newest: int = 0
    older: int = 0
    known: int = 0
    filled: int = 0


@transaction.atomic
def register_source(*, code: str, name: str, note: str, unit_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Register a system whose figures come in; the unit answers for it, and its posts' tokens may send.

    Raises BadInput: no code or name, or the code is taken. Raises NotFound: the unit is not there.
    """
    viewer = present()
    if viewer is not None:
        require(viewer, Permission.HANDLE)
    name, note = written("name", name, LONGEST_NAME, wanted="请填写源系统的名称。"), written("note", note, LONGEST_NOTE)
    if unit_id not in directory().units:
        raise NotFound
    if Source.objects.filter(code=code).exists():
        sentence = f"代码“{code}”已有一个源系统在用，请换一个。"
        raise BadInput(sentence, {"code": sentence})
    row = Source.objects.create(code=code, name=name, note=note, unit_id=unit_id, begun_at=now)
    record_many([Fact(str(ReportFact.SOURCE_REGISTERED), "source", row.id, actor, now, {"unit": unit_id})])
    return row.id


@transaction.atomic
def take_source_figures(
    source: str, campaign: str, figures: Sequence[SentFigure], *, actor: Actor, now: datetime
) -> Fetched:
    """Keep what a source sends, all of it or nothing; the newest stand goes into reports that nobody has filled in by hand.

    An older stand is kept and never replaces a newer one; the same sent twice changes nothing.
    Raises NotFound: no such source of the actor's unit. Raises BadInput: a line cannot be taken, `fields` has
    `figures.<n>.<field>`: unknown indicator, region or period, a stand of tomorrow, two values for one stand.
    """
    viewer = present()
    if viewer is not None:
        require(viewer, Permission.HANDLE)
    row = Source.objects.select_for_update().filter(code=source, ended_at__isnull=True).first()
    if row is None or row.unit_id != actor.unit_id:
        raise NotFound(f"没有代码为“{source}”的源系统，或者不由您的单位负责。")
    if len(figures) > MOST_AT_ONCE:
        raise BadInput(f"一次最多送{MOST_AT_ONCE}个数，请分几次送。")
    placed = _placed(campaign, figures, now)
    new, known = _new(row, placed)
    newest = _keep(row, new, now)
    filled = _fill(newest, actor, now)
    if new:
        body = {"figures": len(new), "newest": len(newest), "filled": filled}
        record_many([Fact(str(ReportFact.SOURCE_SENT), "source", row.id, actor, now, body)])
    return Fetched(len(newest), len(new) - len(newest), known, filled)


def _placed(campaign: str, figures: Sequence[SentFigure], now: datetime) -> list[tuple[Place, SentFigure]]:
    here = directory()
    viewer = present()
    codes = Indicator.objects.filter(plan__campaign=campaign, code__in={one.indicator for one in figures})
    indicators = dict(codes.order_by("plan__version").values_list("code", "id"))
    troubles: dict[str, str] = {}
    placed: list[tuple[Place, SentFigure]] = []
    stands: dict[tuple[Place, datetime], Decimal] = {}
    for number, one in enumerate(figures):
        region = here.region_coded(one.region)
        seen = region is not None and (viewer is None or viewer.region_id in {above.id for above in here.path(region.id)})
        trouble = _trouble_of(one, one.indicator in indicators, seen, now)
        if trouble or region is None:
            troubles |= {f"figures.{number}.{field}": sentence for field, sentence in trouble.items()}
            continue
        place = (indicators[one.indicator], region.id, one.period)
        if stands.setdefault((place, one.as_of), one.value) != one.value:
            troubles[f"figures.{number}.value"] = "同一时点给了两个不同的数，请核对后只送一个。"
        placed.append((place, one))
    if troubles:
        raise BadInput(f"有{len(troubles)}处不能接收，一个数也没有收。请改正后整批重送。", troubles)
    return placed


def _trouble_of(one: SentFigure, is_known: bool, is_seen: bool, now: datetime) -> dict[str, str]:
    found = {}
    if not is_known:
        found["indicator"] = f"这个活动的方案里没有编号为“{one.indicator}”的指标。"
    if not is_seen:
        found["region"] = f"没有代码为“{one.region}”的地区，或者不在本单位的辖区之内。"
    if trouble := period_trouble(one.period):
        found["period"] = trouble
    if not one.value.is_finite() or abs(one.value) >= LARGEST:
        found["value"] = "这个数太大，请核对单位（应为基本单位，如“户”而不是“万户”）。"
    if day_of(one.as_of) > day_of(now):
        found["as_of"] = "数据时点不能晚于今天，请核对源系统的时间。"
    if unfit := text_trouble(one.note, LONGEST_NOTE):
        found["note"] = unfit
    return found


def _new(source: Source, placed: Sequence[tuple[Place, SentFigure]]) -> tuple[list[tuple[Place, SentFigure]], int]:
    """What was not sent before. Raises BadInput: a stand that was sent before now has another value."""
    rows = SourceFigure.objects.filter(
        source=source, indicator_id__in={place[0] for place, _one in placed}, region_id__in={place[1] for place, _one in placed},
        period__in={place[2] for place, _one in placed},
    )
    kept = {
        ((indicator, region, period), as_of): value
        for indicator, region, period, as_of, value in rows.values_list("indicator_id", "region_id", "period", "as_of", "value")
    }
    new: dict[tuple[Place, datetime], SentFigure] = {}
    known = 0
    for number, (place, one) in enumerate(placed):
        if (place, one.as_of) not in kept:
            new[(place, one.as_of)] = one
        elif kept[(place, one.as_of)] == one.value:
            known += 1
        else:
            sentence = "这个时点已经送过另一个数。要更正的，请用更新的数据时点重送。"
            raise BadInput(sentence, {f"figures.{number}.value": sentence})
    return [(place, one) for (place, _as_of), one in new.items()], known


def _keep(source: Source, new: Sequence[tuple[Place, SentFigure]], now: datetime) -> list[SourceFigure]:
    """Write the stands; returns those that are now the newest of their place."""
    places = {place for place, _one in new}
    rows = SourceFigure.objects.filter(
        source=source, is_newest=True, indicator_id__in={one[0] for one in places}, region_id__in={one[1] for one in places},
    )
    before = {(row.indicator_id, row.region_id, row.period): row for row in rows}
    latest: dict[Place, datetime] = {place: before[place].as_of for place in places if place in before}
    for place, one in new:
        latest[place] = max(latest.get(place, one.as_of), one.as_of)
    made = [
        SourceFigure(
            source=source, indicator_id=place[0], region_id=place[1], period=place[2], value=one.value, quality=str(one.quality),
            as_of=one.as_of, received_at=now, is_newest=one.as_of == latest[place], note=one.note.strip(),
        )
        for place, one in new
    ]
    outdone = [before[place].id for place in places if place in before and before[place].as_of < latest[place]]
    SourceFigure.objects.filter(id__in=outdone).update(is_newest=False)
    insert_rows(made)
    return [row for row in made if row.is_newest]


def _fill(newest: Sequence[SourceFigure], actor: Actor, now: datetime) -> int:
    """Put the newest stands into open reports, where nobody has said otherwise by hand; returns how many places."""
    by_place: Mapping[Place, SourceFigure] = {(row.indicator_id, row.region_id, row.period): row for row in newest}
    rows = Figure.objects.select_for_update(of=("self",)).filter(
        indicator_id__in={place[0] for place in by_place}, report__region_id__in={place[1] for place in by_place},
        report__period__in={place[2] for place in by_place}, report__state__in=[str(state) for state in UNSENT],
        report__lock_at__gt=now, report__is_joiner=True,
    ).select_related("report").order_by("id")
    changed = []
    for row in rows:
        sent = by_place.get((row.indicator_id, row.report.region_id, row.report.period))
        is_free = row.value is None or row.origin == str(FigureOrigin.FETCHED)
        if sent is None or not is_free or (row.as_of is not None and row.as_of > day_of(sent.as_of)):
            continue
        row.value, row.quality, row.origin = sent.value, sent.quality, str(FigureOrigin.FETCHED)
        row.source_figure, row.as_of = sent, day_of(sent.as_of)
        changed.append(row)
    update_rows(changed, ["value", "quality", "origin", "source_figure", "as_of"])
    return len(changed)
