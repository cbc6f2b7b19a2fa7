"""Which units a territory has (所在区划, 单位全称, 单位类别): those that are not there yet are opened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhitong.domain.exchange.actions.kinds.places import Places
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.rules.columns import UNITS, Column
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.actions.closing import close_unit
from zhitong.domain.inspections.queries.closing import in_the_way
from zhitong.domain.organisations.actions.staffing import open_unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.seats import seats_in
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.staffing import OPENED
from zhitong.kit.clock import day_of

_KINDS = {kind.label: kind for kind in OPENED}
Unit = tuple[UUID, str, UnitKind]
"""(region, name, kind)"""


class UnitsHandler:
    """Rows of a list of units. A name in a region is a unit: one that stands stays as it is, of another kind it is a fault."""

    columns: tuple[Column, ...] = UNITS

    def __init__(self, around: Around) -> None:
        self._around = around
        self._places = Places(around.viewer)
        self._seen: dict[tuple[UUID, str], int] = {}
        self._standing = {(one.region_id, one.name): one for one in directory().units.values()}

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """No query: the directory is at hand."""
        return [self._judge(row) for row in rows]

    def _judge(self, row: RowRead) -> Judged:
        region_id = self._places.regions.get(row.text("region"))
        if region_id is None and row.text("region"):
            row.faults.setdefault("region", f"本辖区没有“{row.text('region')}”，请填写区划全称。")
        if region_id is None or row.faults:
            return Judged.of(row, Verdict.WRONG)
        name, kind = row.text("unit"), _KINDS[row.text("kind")]
        earlier = self._seen.setdefault((region_id, name), row.line)
        if earlier != row.line:
            return Judged.of(row, Verdict.SKIPPED, note=f"与第{earlier}行是同一个单位，只登记一次")
        standing = self._standing.get((region_id, name))
        if standing is None:
            return Judged.of(row, Verdict.NEW, entry=(region_id, name, kind), note="新设单位，导入后再导入单位人员")
        if standing.kind is not kind:
            row.faults["kind"] = f"这个单位已经有了，类别是{standing.kind.label}。请核对；类别不能用表格改。"
        return Judged.of(row, Verdict.UNCHANGED, thing_id=standing.id)

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Open them, each by the act that the page calls."""
        doing = [one for one in judged if one.verdict is Verdict.NEW]
        return [Kept(one.row.line, self._open(one.entry, actor)) for one in doing]

    def _open(self, unit: Unit, actor: Actor) -> UUID:
        region_id, name, kind = unit
        return open_unit(self._around.viewer, region_id=region_id, name=name, kind=kind, actor=actor, now=self._around.now)

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Those that have posts or work by now, or were closed."""
        here, ids = directory(), [one.thing_id for one in kept]
        with_posts = {seat.unit_id for seat in seats_in(ids, day_of(self._around.now))}
        names = {one: here.units[one].name if one in here.units else "已撤销的单位" for one in ids}
        return {
            one: names[one] for one in ids
            if one in with_posts or one not in here.units or in_the_way(here.units[one], now=self._around.now)
        }

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """They are closed; nobody has touched them."""
        for one in kept:
            close_unit(self._around.viewer, one.thing_id, actor=actor, now=self._around.now)
