"""What can be wrong with sealed history, each fault with its name in words; and which facts stand out of their order. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.history.rules.facts import plain
from zhitong.domain.history.rules.seals import Place
from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI

_MILLISECONDS_SHIFT = 80


class FaultKind(Word):
    """What is wrong."""

    ALTERED = "altered", "内容被改动"
    MISSING = "missing", "被删除"
    INSERTED = "inserted", "不在任何封存里，是后来插入的，或者封存被截去"
    REORDERED = "reordered", "先后次序被改动"
    DETAIL_ALTERED = "detail_altered", "所附文字被改动"
    DETAIL_MISSING = "detail_missing", "所附文字被删除"
    DETAIL_ADDED = "detail_added", "多出当时没有的文字"
    DETAIL_ERASED = "detail_erased", "所附文字被抹去，却没有抹去的留痕"
    SEAL_ALTERED = "seal_altered", "封存记录被改动"
    SEAL_MISSING = "seal_missing", "封存缺号"
    ARCHIVE_ALTERED = "archive_altered", "归档登记或归档文件被改动"
    CUT_OFF = "cut_off", "与导出的每日封存不符，此后的封存被截去或重做"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault with what is known of the fact; of a fact that is gone only its id, whose first half tells when it was made."""

    kind: FaultKind
    seal: int | None = None
    fact_id: UUID | None = None
    fact_kind: str = ""
    at: datetime | None = None
    unit_id: UUID | None = None
    field: str = ""


def row_of(fault: Fault) -> dict[str, Any]:
    """A fault as JSON keeps it; what is not known is null."""
    return {
        "kind": str(fault.kind.value), "seal": fault.seal, "fact": str(fault.fact_id) if fault.fact_id else None,
        "fact_kind": fault.fact_kind, "at": plain(fault.at), "unit": str(fault.unit_id) if fault.unit_id else None,
        "field": fault.field,
    }


def fault_of(row: Mapping[str, Any]) -> Fault:
    """A fault from what JSON kept of it."""
    return Fault(
        kind=FaultKind(row["kind"]), seal=row["seal"], fact_id=UUID(row["fact"]) if row["fact"] else None,
        fact_kind=row["fact_kind"], at=datetime.fromisoformat(row["at"]) if row["at"] else None,
        unit_id=UUID(row["unit"]) if row["unit"] else None, field=row["field"],
    )


def sentence_of(fault: Fault, kinds: Mapping[str, str], units: Mapping[UUID, str]) -> str:
    """A fault in words: which seal, which fact with its kind, time and unit, which of its texts, and what is wrong."""
    if fault.kind is FaultKind.ARCHIVE_ALTERED:
        return f"归档 {fault.field}：{fault.kind.label}。"
    if fault.fact_id is None:
        return f"第 {fault.seal} 号：{fault.kind.label}。"
    known = [
        kinds.get(fault.fact_kind, fault.fact_kind), f"{fault.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if fault.at else "",
        units.get(fault.unit_id, "") if fault.unit_id else "", f"文字“{fault.field}”" if fault.field else "",
    ]
    said = "，".join(word for word in known if word)
    where = f"第 {fault.seal} 号 " if fault.seal else ""
    return f"{where}留痕 {fault.fact_id}{f'（{said}）' if said else ''}：{fault.kind.label}。"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a verifying: so many seals, facts and details, and the faults found; of the facts so many stand in
    files of months that were taken out."""

    seals: int = 0
    facts: int = 0
    details: int = 0
    faults: tuple[Fault, ...] = ()
    archived: int = 0


def made_at(fact_id: UUID) -> datetime:
    """When an id was made, by the clock of the machine, to the millisecond."""
    return datetime.fromtimestamp((fact_id.int >> _MILLISECONDS_SHIFT) / 1000, UTC)


def out_of_order(places: Sequence[Place]) -> set[UUID]:
    """The fewest facts that must be taken out so that the others stand in rising order."""
    keys = [(place.xid, place.fact_id) for place in places]
    tails: list[tuple[int, UUID]] = []
    ends: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        length = bisect_right(tails, key)
        before.append(ends[length - 1] if length else -1)
        tails[length:length + 1], ends[length:length + 1] = [key], [index]
    standing: set[UUID] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        standing.add(places[index].fact_id)
        index = before[index]
    return {place.fact_id for place in places} - standing
