"""Which kind of task a paper's task is, told from the words of its title and of the headings above it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.domain.plans.rules import TaskKind
from zhitong.policy.shapes import Section, Task

_SAID: tuple[tuple[str, TaskKind], ...] = (
    ("微实事", TaskKind.MICRO_ITEM), ("专项行动", TaskKind.SPECIAL_ACTION), ("专项整治", TaskKind.SPECIAL_ACTION),
    ("民心工程", TaskKind.LIVELIHOOD_WORK), ("民生", TaskKind.LIVELIHOOD_WORK), ("惠民", TaskKind.LIVELIHOOD_WORK),
    ("平台", TaskKind.PLATFORM_CULTIVATION), ("孵化", TaskKind.PLATFORM_CULTIVATION),
    ("项目", TaskKind.PROJECT_SERVICE), ("企业", TaskKind.ENTERPRISE_SERVICE),
)
"""Words by which a title or a heading tells the kind, the surest first."""


def kind_of(task: Task, sections: Sequence[Section]) -> TaskKind:
    """The kind that the task's own title tells, else the nearest heading above it; 重点任务 where neither does."""
    above = sorted(
        (one for one in sections if one.start <= task.start < one.end and one.start < task.start),
        key=lambda one: one.start, reverse=True,
    )
    for title in (task.title, *(one.title for one in above)):
        told = next((kind for word, kind in _SAID if word in title), None)
        if told is not None:
            return told
    return TaskKind.GENERAL
