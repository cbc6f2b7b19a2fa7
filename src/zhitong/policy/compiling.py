"""All steps together: a reading becomes a draft plan."""

from __future__ import annotations

from pathlib import Path

from zhitong.kit.trouble import Trouble
from zhitong.policy.reading import Reading, read_file
from zhitong.policy.shapes import Plan
from zhitong.policy.structure import Outline, outline_of


class NoPlanFound(Trouble):
    """The text can be read, but it lays no duty on anybody."""


def compile_file(path: str | Path) -> Plan:
    """The draft plan of a file.

    Raises Unreadable: no text. Raises NoPlanFound: no headings with duties.
    """
    return required(compile_reading(read_file(path)))


def compile_reading(reading: Reading) -> Plan:
    """The draft plan of a text; a text without duties gives a plan without tasks. Findings are left to `checking`."""
    outline = outline_of(reading)
    return _plan(reading, outline)


def required(plan: Plan) -> Plan:
    """The plan, if it has any duty.

    Raises NoPlanFound otherwise.
    """
    if not plan.tasks:
        raise NoPlanFound("没有在文中找到方案：没有分条列出的任务或责任单位。请确认这是一份实施意见、方案或任务分解，再试一次。")
    return plan


def _plan(reading: Reading, outline: Outline) -> Plan:
    return Plan(
        document=outline.document, sections=outline.sections, tasks=outline.tasks, noise=outline.noise, text=reading.text
    )
