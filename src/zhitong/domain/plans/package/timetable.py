"""The timetable of a written plan: milestones that the paper prints, for one task or for all of a kind. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from zhitong.domain.plans.package import faults
from zhitong.domain.plans.package.records import Clause, MilestoneRecord, TaskRecord
from zhitong.domain.plans.rules import TaskKind
from zhitong.domain.plans.rules.timetable import Wait, circle_in
from zhitong.kit.source import Finding, Row, fields, unique

_MILESTONE = {"code": str, "name": str, "tasks": list[str], "due": date, "clause": Row}
_MORE = {"printed": str, "begin": date, "after": list[str], "lag": int, "evidence": bool, "weight": float}
_KINDS = {kind.value for kind in TaskKind}
_NAMES = UUID("6f0c6f0e-5d0a-5e3c-9d5c-2b2f5a1c7d10")


def milestones_in(rows: Iterable[Row], tasks: Sequence[TaskRecord]) -> tuple[MilestoneRecord, ...]:
    """The sound rows as records, each with the numbers of the tasks it holds for."""
    return tuple(_record(row, tasks) for row in rows if not fields(row, _MILESTONE, _MORE))


def faults_of(rows: Sequence[Row], numbers: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with a written timetable: forms, tasks and predecessors that nobody has written, circles."""
    for row in rows:
        yield from fields(row, _MILESTONE, _MORE)
        yield from faults.of_clause(row)
    yield from unique(rows, "code")
    known, codes = {*numbers, *_KINDS}, {row.text("code") for row in rows}
    for row in rows:
        yield from (
            row.finding(f"任务“{one}”没有写在方案里，也不是任务类别，请改正。", "tasks") for one in row.texts("tasks") if one not in known
        )
        yield from (
            row.finding(f"前置节点“{one}”没有写在时间表里，请改正。", "after") for one in row.texts("after") if one not in codes
        )
        begin, due = row.day("begin"), row.day("due")
        if begin and due and begin > due:
            yield row.finding("begin 不能晚于 due，请改正。", "begin")
    yield from _circles(rows)


def _circles(rows: Sequence[Row]) -> Iterator[Finding]:
    by_id = {uuid5(_NAMES, row.text("code")): row for row in rows}
    waits = [Wait(uuid5(_NAMES, before), here) for here, row in by_id.items() for before in row.texts("after")]
    circle = circle_in(waits)
    if circle and circle[0] in by_id:
        said = "→".join(by_id[one].text("code") for one in circle if one in by_id)
        yield by_id[circle[0]].finding(f"先后关系绕成了一圈：{said}，请去掉其中一条。", "after")


def _record(row: Row, tasks: Sequence[TaskRecord]) -> MilestoneRecord:
    wanted, due, clause = set(row.texts("tasks")), row.day("due"), row.row("clause")
    assert due is not None, "a row without its day has a fault"
    return MilestoneRecord(
        code=row.text("code"), name=row.text("name"),
        tasks=tuple(task.number for task in tasks if task.number in wanted or task.kind.value in wanted),
        begin_on=row.day("begin"), due_on=due, printed=row.text("printed"), after=tuple(row.texts("after")),
        lag_days=row.number("lag") if "lag" in row else 0, needs_evidence=row.flag("evidence"),
        weight=row.decimal("weight") or Decimal(1),
        clause=Clause(clause.text("document"), clause.number("start"), clause.number("end")),
    )
