"""Works named in a list against the tasks that follow, and numbers of things against the things listed (R-C6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitong.policy.ground.likeness import plain, quoted
from zhitong.policy.ground.lists import FEWEST, Listing, core, listings_in, names_task
from zhitong.policy.ground.standing import Ground, span_of
from zhitong.policy.numerals import number_of
from zhitong.policy.shapes import Finding, Task

NUMBERED_KIND = re.compile(r"(?<![\d.第])(\d{1,2}|[一二三四五六七八九十]{1,3})(?:项|个|大|件)([\u4e00-\u9fff]{3,8})")


def listed_works(ground: Ground) -> Iterator[Finding]:
    """Lists that name the tasks of one heading: names without a task, tasks without a name, or all of them matched."""
    for listing in listings_in(ground):
        family, matched = _family_named(ground, listing)
        if family:
            yield from _judged(ground, listing, family, matched)
    yield from _numbers_of_tasks(ground)


def _family_named(ground: Ground, listing: Listing) -> tuple[tuple[Task, ...], dict[int, Task]]:
    """The tasks of the heading that most of the list names, and which name means which; empty where it is another list."""
    best: tuple[tuple[Task, ...], dict[int, Task]] = ((), {})
    for tasks in ground.families.values():
        matched: dict[int, Task] = {}
        for position, item in enumerate(listing.items):
            free = [task for task in tasks if task not in matched.values() and names_task(item, task)]
            if free:
                matched[position] = max(free, key=lambda task: (core(task.title) == core(item), -task.start))
        if len(matched) > len(best[1]):
            best = tasks, matched
    is_theirs = len(best[1]) >= max(FEWEST, 0.6 * len(listing.items), 0.6 * len(best[0]))
    return best if is_theirs else ((), {})


def _judged(ground: Ground, listing: Listing, family: tuple[Task, ...], matched: dict[int, Task]) -> Iterator[Finding]:
    here, there = ground.place(listing.start), family[0].section_path.rpartition("/")[0].replace("/", "")
    unmet = [at for at in range(len(listing.items)) if at not in matched]
    unnamed = [task for task in family if task not in matched.values()]
    for at in unmet:
        yield Finding(
            "listed_without_task", "high",
            f"{here}列出{quoted(listing.items[at])}，{there}没有对应的任务，请补充任务或从列举中删去。", (listing.spans[at],),
        )  # fmt: skip
    for task in unnamed:
        yield Finding(
            "task_not_listed", "medium",
            f"{ground.place(task.start)}有任务{quoted(task.title)}，{here}的列举没有它，请核对。",
            (span_of(task), (listing.start, listing.end)),
        )  # fmt: skip
    if not unmet and not unnamed:
        yield Finding(
            "listing", "low", f"{here}列出的{len(listing.items)}项与{there}的任务逐一对应。",
            ((listing.start, listing.end), *(span_of(task) for task in family)), holds=True,
        )  # fmt: skip


def _numbers_of_tasks(ground: Ground) -> Iterator[Finding]:
    """20项民心工程, said anywhere, against the number of tasks under the heading that names 民心工程."""
    told: set[tuple[str, str]] = set()
    for found in NUMBERED_KIND.finditer(ground.text):
        number, kind = number_of(found[1]), found[2].partition("为")[0]
        if number is None or number < FEWEST:
            continue
        for path, tasks in ground.families.items():
            heading = next((one for one in ground.plan.sections if one.path == path), None)
            noun = _noun_in(kind, heading.title) if heading else ""
            if heading is None or not noun or len(tasks) < FEWEST or (found[1] + noun, path) in told:
                continue
            told.add((found[1] + noun, path))
            spans = ((found.start(), found.start(2) + len(noun)), (heading.start, heading.end))
            said = f"{ground.said(*spans[0])}，{path.replace('/', '')}有{len(tasks)}项任务"
            if number == len(tasks):
                yield Finding("count", "low", f"{said}，数目相符。", spans, holds=True)
            else:
                yield Finding("count", "medium", f"{said}，数目不符，请核对。", spans)


def _noun_in(kind: str, title: str) -> str:
    """The longest beginning of what is counted, of four signs at least, that the heading names too."""
    return next((kind[:size] for size in range(len(kind), 3, -1) if kind[:size] in plain(title)), "")
