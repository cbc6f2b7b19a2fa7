"""Works without anything to measure them by, and words and figures the text lost."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.policy.ground.likeness import quoted
from zhitong.policy.ground.standing import Ground, span_of
from zhitong.policy.shapes import Finding

MANY = 3


def unmeasured(ground: Ground) -> Iterator[Finding]:
    """Low: one finding per work, or one for a heading under which no work can be measured."""
    for path, tasks in ground.families.items():
        bare = [task for task in tasks if not ground.measured(task)]
        if len(bare) == len(tasks) >= MANY:
            message = f"{path.replace('/', '')}的{len(tasks)}项任务都没有可以考核的数量目标。"
            yield Finding("unmeasured", "low", message, tuple(span_of(task) for task in tasks))
            continue
        for task in bare:
            message = f"{ground.place(task.start)}{quoted(task.title)}没有可以考核的数量目标。"
            yield Finding("unmeasured", "low", message, (span_of(task),))


def damages(ground: Ground) -> Iterator[Finding]:
    """Figures whose unit or words are lost, then tasks that lost something else."""
    told: set[str] = set()
    for one in ground.plan.indicators:
        if one.damaged and not one.optional:
            told.add(one.task_id or "")
            yield Finding(
                "damaged",
                "medium",
                f"{ground.said(one.start, one.end)}，文字或单位可能缺失，请对照原件核定。",
                (span_of(one),),
            )
    torn = [task for task in ground.plan.tasks if task.damaged and task.id not in told]
    if torn:
        named = "、".join(f"{ground.place(task.start)}" for task in torn)
        message = f"{named}的文字可能有缺失，请对照原件核定。"
        yield Finding("damaged", "low", message, tuple(span_of(task) for task in torn))
