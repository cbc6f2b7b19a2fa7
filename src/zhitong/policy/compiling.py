"""All steps together: a reading becomes a draft plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zhitong.kit.trouble import Trouble
from zhitong.policy.measures import measures_in
from zhitong.policy.reading import Reading, read_file
from zhitong.policy.responsibility import (
    Clause,
    HouseRules,
    clause_in_cell,
    clauses_in,
    house_rules,
    principal_names,
    responsible_of,
    with_aliases,
)
from zhitong.policy.shapes import Indicator, Plan, Task
from zhitong.policy.structure import Cell, blanked, outline_of


class NoPlanFound(Trouble):
    """The text can be read, but it lays no duty on anybody."""


def compile_file(path: str | Path) -> Plan:
    """The draft plan of a file.

    Raises Unreadable: no text. Raises NoPlanFound: no headings with duties.
    """
    return required(compile_reading(read_file(path)))


def required(plan: Plan) -> Plan:
    """The plan, if it has any duty.

    Raises NoPlanFound otherwise.
    """
    if not plan.tasks:
        raise NoPlanFound(
            "没有在文中找到方案：没有分条列出的任务或责任单位。请确认这是一份实施意见、方案或任务分解，再试一次。"
        )
    return plan


def compile_reading(reading: Reading) -> Plan:
    """The draft plan of a text; a text without duties gives a plan without tasks. Findings are left to `checking`."""
    outline = outline_of(reading)
    quiet = blanked(reading.text, outline.noise)
    rules = house_rules(quiet)
    clauses = {task.id: _clauses(quiet, task, outline.cells.get(task.id, ()), rules) for task in outline.tasks}
    known = principal_names(one.name for found in clauses.values() for one in responsible_of(found))
    document = outline.document
    measured = measures_in(reading.text, outline.sections, outline.tasks, clauses, document.year, outline.noise)
    return Plan(
        document=document,
        sections=outline.sections,
        tasks=tuple(
            _answered(task, clauses[task.id], known) for task in _marked(outline.tasks, clauses, measured.indicators)
        ),
        indicators=measured.indicators,
        timeline=measured.timeline,
        noise=outline.noise,
        text=reading.text,
    )


def _clauses(quiet: str, task: Task, cells: Sequence[Cell], rules: HouseRules) -> tuple[Clause, ...]:
    """What is printed with the duty; where that names nobody, what its row of a table says."""
    is_row = any(task.start <= cell.start < task.end for cell in cells)
    printed = () if is_row else clauses_in(quiet, task.start, task.end, rules=rules)
    if not cells or any(clause.responsible for clause in printed):
        return printed
    found = (clause_in_cell(quiet, cell.head, cell.start, cell.end, rules) for cell in cells)
    return tuple(clause for clause in found if clause)


def _answered(task: Task, clauses: Sequence[Clause], known: frozenset[str]) -> Task:
    """The duty with its units, linked to the names they go by, and where they are printed apart from what is to be done."""
    return replace(
        task,
        responsible=with_aliases(responsible_of(clauses), known),
        responsible_spans=tuple((clause.start, clause.end) for clause in clauses if not clause.is_prose),
    )


def _marked(
    tasks: Sequence[Task], clauses: Mapping[str, Sequence[Clause]], indicators: Sequence[Indicator]
) -> tuple[Task, ...]:
    """The duties, damaged where the title, the units or a quantity of theirs lost something in print."""
    hurt = {one.task_id for one in indicators if one.damaged}
    return tuple(
        replace(task, damaged=task.damaged or task.id in hurt or any(clause.is_damaged for clause in clauses[task.id]))
        for task in tasks
    )
