"""Who answers: targets and tasks without a unit, units nobody can write to, addressees without a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitong.policy.checking.sums import wholes
from zhitong.policy.ground.likeness import contained, least, plain, quoted, thing_named
from zhitong.policy.ground.standing import Ground, is_target, restatements, span_of
from zhitong.policy.shapes import Finding, Indicator, Span, Task

OFFICE = re.compile(
    "(?:(?:党工委|党委|工委)(?:和|、))?(?:人民政府|政府|管理委员会|管委会|办事处|街道办|党委和人民政府)$"
)
EVERY_PLACE = re.compile(
    "^(?:省|自治区|直辖市|市|自治州|州|盟|县|旗|区|乡|镇|街道|开发区)*(?:党委|人民政府|政府|管委会|办事处|和|、)*$"
)
COLLECTIVE = re.compile("^各|有关|部委|直属机构|各部门|直属|部门|单位|团体|院校|企业|直各|等$")
TERRITORY = re.compile("(?:人民政府|政府|管理委员会|管委会|办事处)$")
COVERS_TERRITORIES = re.compile("^各[^部委办局]*(?:市|县|区|乡|镇|街道|园区|政府|管委会)")
FEWEST_PLAIN = 3
TAKEN_UP = 0.6


def duties(ground: Ground) -> Iterator[Finding]:
    """Everything about who answers for what."""
    yield from _without_unit(ground)
    yield from _goals_nobody_took(ground)
    yield from _collective(ground)
    yield from _without_lead(ground)
    yield from _addressees(ground)


def _without_unit(ground: Ground) -> Iterator[Finding]:
    """Works that name nobody: each where naming is the paper's habit, graver where a figure hangs on it; else told once."""
    without = [task for task in ground.works if not task.responsible]
    if 2 * len(without) > len(ground.works):
        aimed = sum(bool(ground.measured(task)) for task in without)
        message = f"{len(ground.works)}项任务中{len(without)}项没有写明责任单位，其中{aimed}项有数量目标，请明确。"
        yield Finding("no_unit", "medium", message, tuple(span_of(task) for task in without))
        return
    for task in without:
        targets = ground.measured(task)
        what = f"目标{quoted(targets[0].text)}没有责任单位" if targets else "没有责任单位"
        yield Finding(
            "no_unit", "high" if targets else "medium", f"{ground.place(task.start)}{quoted(task.title)}：{what}，请明确。",
            (span_of(task), *(span_of(one) for one in targets[:1])),
        )  # fmt: skip


def _goals_nobody_took(ground: Ground) -> Iterator[Finding]:
    """A figure of the goals that no task repeats, divides or speaks of with a figure: nobody answers for it."""
    divided = {whole.id for whole, _parts in wholes(ground)}
    for goal in ground.by_task.get(None, ()):
        in_goals = any(start <= goal.start < end for start, end in ground.goals)
        if not in_goals or not is_target(goal) or restatements(goal) or least(goal) is None or goal.id in divided:
            continue
        if not any(_takes_up(ground, goal, task) for task in ground.works):
            message = f"{ground.said(goal.start, goal.end)}，后文没有任务写明这一数值，请明确由谁承担。"
            yield Finding("goal_without_task", "medium", message, (span_of(goal),))


def _takes_up(ground: Ground, goal: Indicator, task: Task) -> bool:
    """Whether a task sets a figure of the goal's unit for the goal's thing, or repeats its words with its figure."""
    thing = thing_named(goal.name)
    for one in ground.by_task.get(task.id, ()):
        if one.unit != goal.unit and not one.damaged and not goal.damaged:
            continue
        near = max(contained(thing, thing_named(one.name)), contained(thing, one.text), contained(thing, task.title))
        is_repeated = least(one) == least(goal) and contained(one.text, goal.text) >= TAKEN_UP
        if near >= TAKEN_UP or is_repeated or (goal.values and goal.values == one.values):
            return True
    return False


def _collective(ground: Ground) -> Iterator[Finding]:
    """Names nobody can be written to; one finding per name with all its places."""
    places: dict[str, list[Task]] = {}
    for task in ground.works:
        for one in task.responsible:
            if one.is_collective:
                places.setdefault(one.name, []).append(task)
    for name, tasks in places.items():
        where = "、".join(ground.place(task.start) for task in tasks[:5])
        message = f"{where}的责任单位{quoted(name)}是统称，无法据此交办，请列明单位。"
        yield Finding("collective", "low", message, tuple(span_of(task) for task in tasks))


def _without_lead(ground: Ground) -> Iterator[Finding]:
    """Works with several units none of which leads; told once, since a paper keeps its habit."""
    tasks = [
        task for task in ground.works
        if len({one.name for one in task.responsible}) > 1 and all(one.role == "responsible" and not one.part for one in task.responsible)
    ]  # fmt: skip
    if not tasks:
        return
    if len(tasks) < FEWEST_PLAIN:
        named = "、".join(f"{ground.place(task.start)}{quoted(task.title)}" for task in tasks)
    else:
        named = f"{ground.place(tasks[0].start)}{quoted(tasks[0].title)}等{len(tasks)}项任务"
    message = f"{named}列出多个责任单位，没有写明谁牵头，请明确。"
    yield Finding("no_lead", "low", message, tuple(span_of(task) for task in tasks))


def _addressees(ground: Ground) -> Iterator[Finding]:
    """Addressees by name that no task names, and territories with a task that are not addressed."""
    named = [one for task in ground.plan.tasks for one in task.responsible if not one.is_collective]
    recipients = [one for one in ground.plan.document.recipients if one.strip()]
    own = [one for one in recipients if not COLLECTIVE.search(one) and not EVERY_PLACE.match(one)]
    if not named or not recipients:
        return
    for recipient in own:
        if not any(_same_body(recipient, unit.name) for unit in named) and not _is_everybodys(ground, recipient):
            span = _printed(ground, recipient)
            message = f"主送{quoted(recipient)}，正文没有分给它任何任务，请核对。"
            yield Finding("addressee_without_duty", "medium", message, (span,) if span else ())
    if own and not any(COVERS_TERRITORIES.search(one) for one in recipients):
        yield from _not_addressed(ground, recipients)


def _not_addressed(ground: Ground, recipients: list[str]) -> Iterator[Finding]:
    told: set[str] = set()
    for task in ground.works:
        for unit in task.responsible:
            is_body = TERRITORY.search(unit.name) and not unit.is_collective and unit.name not in told
            if is_body and not any(_same_body(recipient, unit.name) for recipient in recipients):
                told.add(unit.name)
                message = f"{ground.place(task.start)}把任务分给{quoted(unit.name)}，主送单位里没有它，请核对。"
                yield Finding("duty_not_addressed", "low", message, (span_of(task),))


def _same_body(one: str, other: str) -> bool:
    """A place under a long or a short name: 临港经济技术开发区管委会, 某市临港经济技术开发区."""
    left, right = OFFICE.sub("", plain(one)), OFFICE.sub("", plain(other))
    return bool(left and right) and (left.endswith(right) or right.endswith(left))


def _is_everybodys(ground: Ground, recipient: str) -> bool:
    """A task for all places is a task for this one."""
    return any(
        one.is_collective and COVERS_TERRITORIES.search(one.name) for task in ground.works for one in task.responsible
    )


def _printed(ground: Ground, name: str) -> Span | None:
    at = ground.text.find(name)
    return (at, at + len(name)) if at >= 0 else None
