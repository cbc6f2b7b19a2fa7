"""The draft is the reading with every correction replayed in order; a correction whose thing is gone changes nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhitong.domain.papers.rules.kinds import ADDING, OF_TASKS, STRIKING, CorrectionKind
from zhitong.policy.shapes import Indicator, Plan, Task, as_json, plan_from

TASK_FIELDS = ("title", "start", "end", "responsible", "kind", "damaged")
INDICATOR_FIELDS = (
    "name", "task_id", "value", "values", "unit", "comparator", "kind", "class", "scope", "deadline", "deadline_text",
    "text", "start", "end", "damaged",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as it is replayed: what was done to the thing with an id, and the fields it has since."""

    kind: CorrectionKind
    thing: str
    after: Mapping[str, Any]


def replayed(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan after the changes: tasks and indicators in the order of the text, nothing hanging on what was struck.

    Findings are those of the plan before; whoever keeps the draft checks it anew.
    """
    drawn = as_json(plan)
    tasks = {row["id"]: row for row in drawn["tasks"]}
    indicators = {row["id"]: row for row in drawn["indicators"]}
    for change in changes:
        _apply(tasks if change.kind in OF_TASKS else indicators, change)
    for row in indicators.values():
        row["task_id"] = row["task_id"] if row["task_id"] in tasks else None
        row["restated_by"] = _left(row["restated_by"], indicators)
        row["part_of"] = row["part_of"] if row["part_of"] in indicators else None
    return plan_from({
        **drawn, "tasks": sorted(tasks.values(), key=_place), "indicators": sorted(indicators.values(), key=_place),
    }, plan.text)


def _left(told: Any, indicators: Mapping[str, Any]) -> Any:
    """What states it again, as far as it was not struck; a whole stated in parts needs all of them."""
    parts = told if isinstance(told, list) else [told]
    return told if all(part in indicators for part in parts) else None


def _apply(rows: dict[str, dict[str, Any]], change: Change) -> None:
    if change.kind in STRIKING:
        rows.pop(change.thing, None)
    elif change.kind in ADDING:
        rows[change.thing] = {**_blank(change.kind), **change.after, "id": change.thing}
    elif change.thing in rows:
        rows[change.thing] = {**rows[change.thing], **change.after}


def _blank(kind: CorrectionKind) -> dict[str, Any]:
    if kind is CorrectionKind.TASK_ADDED:
        return as_json(Plan(document=_NOTHING.document, tasks=(Task("", "", "", 0, 0),)))["tasks"][0]  # type: ignore[no-any-return]
    blank = Indicator("", None, "", None, None, None, "count", "", 0, 0)
    return as_json(replace(_NOTHING, indicators=(blank,)))["indicators"][0]  # type: ignore[no-any-return]


def _place(row: Mapping[str, Any]) -> tuple[int, int, str]:
    return row["start"], row["end"], row["id"]


def kinds_said(changes: Sequence[Change]) -> dict[str, str]:
    """The kind of task that a person has said, by the id of the task: the reader itself tells none."""
    return {
        change.thing: change.after["kind"] for change in changes if change.kind in OF_TASKS and change.after.get("kind")
    }


_NOTHING = plan_from({"document": {}})
