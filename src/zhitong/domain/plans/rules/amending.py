"""A plan changed after it was issued: how far an amendment has come, what it can change, and from which day. Pure.

A report is judged by the value in force on its period's last day, so an amendment never reaches into a period that has
ended: it holds from its day on, and what was before is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.kit.choices import Word
from zhitong.kit.figures import whole_day


class AmendmentState(Word):
    """How far an amendment has come."""

    DRAFT = "draft", "拟定中"
    SUBMITTED = "submitted", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


class Changed(Word):
    """What one line of an amendment changes."""

    VALUE = "value", "目标值"
    DEADLINE = "deadline", "完成时限"
    ASPIRATION = "aspiration", "力争值"
    UNITS = "units", "责任单位"
    CONTENT = "content", "任务内容"
    CANCELLED = "cancelled", "取消"


OF_TARGETS = frozenset({Changed.VALUE, Changed.DEADLINE, Changed.ASPIRATION, Changed.CANCELLED})
OF_TASKS = frozenset({Changed.UNITS, Changed.CONTENT})
AT_ONCE = frozenset({Changed.ASPIRATION, Changed.UNITS, Changed.CONTENT})
"""What has no days of its own: it is changed when the amendment is approved, which must then not lie ahead."""


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """One line as it is drafted: what changes, of which target or task, and what it becomes.

    `after` has, all as words: for VALUE comparator, value, upper (may be empty); DEADLINE deadline (empty: none);
    ASPIRATION value (empty: none any more); UNITS units, a list of {unit, role, part, name}; CONTENT content; CANCELLED
    nothing.
    """

    changed: Changed
    thing_id: UUID
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line with what it was: `target` and `task` as they are named, both sides in words."""

    changed: Changed
    task_number: str
    task_title: str
    target_name: str
    before: str
    after: str

    @property
    def subject(self) -> tuple[str, str]:
        """What the line is about: lines of one subject make one sentence of the notice."""
        return self.task_number, self.target_name


def earliest_since(today: date, document_number: str) -> date:
    """The first day an amendment can hold from: today; what a paper has ordered may hold from this month's first day,
    because no month that has ended is touched."""
    return today.replace(day=1) if document_number.strip() else today


def since_trouble(since: date, today: date, document_number: str, changes: Iterable[Changed]) -> str:
    """Why an amendment cannot hold from a day; empty when it can."""
    earliest = earliest_since(today, document_number)
    if since < earliest:
        paper = "" if document_number.strip() else "；依据已印发文件的，请填写文号，可从本月1日起"
        return f"生效日不能早于{whole_day(earliest)}：已经结束的报送期仍按当时的目标评判{paper}。"
    if since > today and AT_ONCE.intersection(changes):
        return "责任单位、任务内容和力争值自批准之日起调整，生效日请填今天，或另拟一份。"
    return ""


def items_trouble(items: Sequence[ItemAsked]) -> str:
    """Why lines do not make an amendment; empty when they do."""
    if not items:
        return "调整至少要有一项，请添加。"
    seen: set[tuple[Changed, UUID]] = set()
    for item in items:
        if (item.changed, item.thing_id) in seen:
            return f"同一个对象的“{item.changed.label}”只能调整一次，请合并。"
        seen.add((item.changed, item.thing_id))
    cancelled = {item.thing_id for item in items if item.changed is Changed.CANCELLED}
    if any(item.thing_id in cancelled and item.changed is not Changed.CANCELLED for item in items):
        return "取消的目标不能同时调整其他内容，请分开。"
    return ""


def notice_of(lines: Sequence[Line]) -> list[str]:
    """The sentences of a notice, one for each target or task: “将第3项任务‘…’的目标‘…’由…调整为…，完成时限由…调整为…。”"""
    said: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        said.setdefault(line.subject, []).append(line)
    return [_sentence(some) for some in said.values()]


def _sentence(lines: Sequence[Line]) -> str:
    first = lines[0]
    task = f"第{first.task_number}项任务“{first.task_title}”" if first.task_number else "方案总体目标"
    thing = f"{task}的“{first.target_name}”" if first.target_name else task
    if first.changed is Changed.CANCELLED:
        return f"取消{thing}（原为{first.before}）。"
    parts = [_part(line, is_first=place == 0) for place, line in enumerate(lines)]
    return f"将{thing}{'，'.join(parts)}。"


def _part(line: Line, *, is_first: bool) -> str:
    """The value of a target is the target itself; everything else is named."""
    what = "目标值" if line.changed is Changed.VALUE else line.changed.label
    of = ("的" if is_first else "") + what
    if not line.before:
        return f"{of}定为{line.after}"
    if not line.after:
        return f"{of}{line.before}取消"
    return f"{of}由{line.before}调整为{line.after}"
