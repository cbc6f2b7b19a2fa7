"""Works without anything to measure them by, and words and figures the text lost."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.policy.ground.likeness import quoted
from zhitong.policy.ground.standing import Ground, span_of
from zhitong.policy.shapes import Finding, Task

MANY = 3


def unmeasured(ground: Ground) -> Iterator[Finding]:
    """Low: one finding for headings under which no work can be measured, then the rest by name, or together where many."""
    bare = [task for task in ground.works if not ground.measured(task)]
    whole = [
        path for path, tasks in ground.families.items() if len(tasks) >= MANY and all(task in bare for task in tasks)
    ]
    grouped = [task for path in whole for task in ground.families[path]]
    if grouped:
        named = "、".join(path.replace("/", "") for path in whole)
        yield _bare(f"{named}的{len(grouped)}项任务都没有可以考核的数量目标。", grouped)
    single = [task for task in bare if task not in grouped]
    if len(single) > MANY:
        yield _bare(
            f"{ground.place(single[0].start)}{quoted(single[0].title)}等{len(single)}项任务没有可以考核的数量目标。",
            single,
        )
    else:
        yield from (
            _bare(f"{ground.place(task.start)}{quoted(task.title)}没有可以考核的数量目标。", [task]) for task in single
        )


def _bare(message: str, tasks: list[Task]) -> Finding:
    return Finding("unmeasured", "low", message, tuple(span_of(task) for task in tasks))


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
