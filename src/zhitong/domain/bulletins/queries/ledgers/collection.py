"""采集情况表: how many cards were owed and had come, region by region and township by township, and who is missing by name.

Source: R-H7, R-E7: own, filled in, refused and excused stand beside one another; refused and unreachable stay owed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.bulletins.queries.ledgers.notes import NAMES
from zhitong.domain.bulletins.queries.ledgers.owed_then import OwedThen, RoundThen, owed_then, rounds_then
from zhitong.domain.bulletins.queries.ledgers.territory import Territory, territory_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.cards.rules.rounds import COUNTED, EXCUSED, MeterStanding
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.printing import PrintBook, PrintSheet, Total
from zhitong.kit.refusals import NotFound, Refused
from zhitong.kit.workbook import Head, Shape

HEADS = (
    Head("填报期", width=22), Head("地区", width=18), Head("应报（户）", Shape.WHOLE, 8), Head("已采集", Shape.WHOLE, 8),
    Head("企业自报", Shape.WHOLE, 8), Head("代填已确认", Shape.WHOLE, 8), Head("代填待确认", Shape.WHOLE, 8),
    Head("代填有异议", Shape.WHOLE, 8), Head("已退回", Shape.WHOLE, 8), Head("未填报", Shape.WHOLE, 8), Head("拒报", Shape.WHOLE, 7),
    Head("无法联系", Shape.WHOLE, 8), Head("不计（停产、迁出、注销）", Shape.WHOLE, 10), Head("逾期报送", Shape.WHOLE, 8),
    Head("采集率", Shape.PERCENT, 9), Head("及时率", Shape.PERCENT, 9),
)
MISSING = (
    Head("序号", Shape.WHOLE, 5), Head("填报期", width=22), Head("地区", width=14), Head("企业（项目）", width=30),
    Head("情况", width=12), Head("帮包单位", width=20), Head("责任人", width=10), Head("联系人", width=10), Head("电话", width=14),
    Head("已提醒（次）", Shape.WHOLE, 8),
)
_SHOWN = (
    MeterStanding.OWN, MeterStanding.CONFIRMED, MeterStanding.FOR_FIRM, MeterStanding.DISPUTED, MeterStanding.RETURNED,
    MeterStanding.MISSING, MeterStanding.REFUSED, MeterStanding.UNREACHABLE,
)
_NOTE = (
    "采集率＝（企业自报＋代填已确认）÷应报，及时率＝其中非自身原因逾期的不扣减；拒报、无法联系的仍计入应报；"
    "停产停业、已迁出、已注销经审批的不计。"
)


@dataclass(slots=True)
class _Tally:
    """What was counted in a region and all below it."""

    standings: Counter[MeterStanding] = field(default_factory=Counter)
    late: Counter[MeterStanding] = field(default_factory=Counter)

    def add(self, one: OwedThen) -> None:
        """Count one obligation."""
        self.standings[one.standing] += 1
        if one.is_late:
            self.late[one.standing] += 1


def collection(viewer: Viewer, about: str, at: datetime) -> PrintBook:
    """The newest round of every card, by region two levels down, and everybody missing by name on a sheet of its own.

    Raises NotFound: the territory is not wholly the reader's. Raises Refused: no round had opened by then.
    """
    territory = territory_of(viewer, about, at)
    if territory.line_ids is not None:
        raise NotFound
    rounds = rounds_then(territory)
    if not rounds:
        raise Refused(f"截至统计截止时间，{territory.region.name}还没有开放过填报期，没有采集情况可出。请换一个统计截止时间。")
    tallies, missing = _counted(territory, rounds)
    title = f"{territory.region.name}{PaperKind.COLLECTION.label}"
    said = (territory.made_by, territory.cut_off)
    sheets = [
        PrintSheet(title, HEADS, _rows(territory, rounds, tallies), *said, [_NOTE], tab="采集情况"),
        PrintSheet(f"{territory.region.name}未报名单", MISSING, _named(territory, rounds, missing), *said, [NAMES], tab="未报名单"),
    ]
    return PrintBook(title, sheets, at, SHANGHAI)


def _counted(
    territory: Territory, rounds: Sequence[RoundThen]
) -> tuple[dict[tuple[UUID, UUID], _Tally], list[OwedThen]]:
    """What was counted by round and region, everything below included, and whoever was still missing."""
    tallies: dict[tuple[UUID, UUID], _Tally] = {}
    missing = []
    above = {region_id: territory.here.path(region_id) for region_id in territory.here.within(territory.region.id)}
    for one in owed_then(territory, rounds):
        for region in above.get(one.region_id, [territory.region]):
            tallies.setdefault((one.round_id, region.id), _Tally()).add(one)
        if one.standing not in (*COUNTED, *EXCUSED, MeterStanding.FOR_FIRM):
            missing.append(one)
    return tallies, missing


def _rows(
    territory: Territory, rounds: Sequence[RoundThen], tallies: dict[tuple[UUID, UUID], _Tally]
) -> Iterator[Sequence[Any]]:
    for asked in rounds:
        for depth, region in _places(territory):
            tally = tallies.get((asked.id, region.id))
            if tally is not None:
                row = (asked.name, "　" * depth + region.name, *_figures(tally))
                yield row if depth else Total(row)


def _places(territory: Territory) -> Iterator[tuple[int, RegionEntry]]:
    """The region, those below it and those below these, each under its own."""
    yield 0, territory.region
    for child in territory.here.children(territory.region.id):
        yield 1, child
        for grandchild in territory.here.children(child.id):
            yield 2, grandchild


def _figures(tally: _Tally) -> tuple[Any, ...]:
    told = Collection(tally.standings, tally.late)
    shown = (told.count(one) for one in _SHOWN)
    return (told.owed, told.collected, *shown, told.excused, told.collected_late, told.rate, told.timeliness)


def _named(territory: Territory, rounds: Sequence[RoundThen], missing: Sequence[OwedThen]) -> Iterator[Sequence[Any]]:
    names = {one.id: one.name for one in rounds}
    regions = territory.here.regions
    for place, one in enumerate(missing, start=1):
        yield (
            place, names[one.round_id], regions[one.region_id].name, one.subject, one.standing.label, one.caring_unit,
            one.person_in_charge, one.contact, one.phone, one.reminders,
        )
