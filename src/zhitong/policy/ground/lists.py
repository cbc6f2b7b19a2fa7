"""Lists of names in a text: 部署实施A、B、C等20项民心工程, and whether a name means a task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.policy.ground.likeness import bigrams, plain
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Span, Task

TRAIL = re.compile(r"(?:专项)?(?:行动|工程|计划|工作|活动|任务)+$")
LEAD = re.compile(
    "^(?:(?:部署|组织|深入|全面|大力|继续|统筹|扎实|重点|着力)?(?:部署|实施|开展|推进|抓好|做好|办好|落实|包括|围绕|强化|聚焦))+"
)
TAIL = re.compile(r"等|(?:\d+|[一二三四五六七八九十]+)(?:项|个|大|件|类)")
NAMED = 0.75
FEWEST = 3
MOST = 100


@dataclass(frozen=True)
class Listing:
    """A list of names in one clause: A、B、C等N项……."""

    start: int
    end: int
    items: tuple[str, ...]
    spans: tuple[Span, ...]


def listings_in(ground: Ground) -> Iterator[Listing]:
    """Every clause with three names or more; the verb before the first and what follows the last are cut off."""
    in_tasks = [(task.start, task.end) for task in ground.works]
    for clause in ground.clauses():
        if FEWEST - 1 <= clause[0].count("、") < MOST and not any(
            start <= clause.start() < end for start, end in in_tasks
        ):
            yield _listing(clause)


def _listing(clause: re.Match[str]) -> Listing:
    items, spans, at = [], [], clause.start()
    names = clause[0].split("、")
    for position, printed in enumerate(names):
        name = printed if position < len(names) - 1 else TAIL.split(printed)[0]
        items.append(LEAD.sub("", name.strip()) if position == 0 else name.strip())
        spans.append((at, at + len(name)))
        at += len(printed) + 1
    return Listing(clause.start(), clause.end(), tuple(items), tuple(spans))


def core(title: str) -> str:
    """A work's own name: 城乡厕所改造工程 → 城乡厕所改造."""
    bare = plain(title)
    return TRAIL.sub("", bare) or bare


def names_task(item: str, task: Task) -> bool:
    """Whether a name in a list means this task: one holds the other, or nearly all signs agree."""
    name, title = core(item), core(task.title)
    if len(name) < 2 or len(title) < 2:
        return False
    if name in title or title in name:
        return min(len(name), len(title)) >= 4 or name == title
    left, right = bigrams(name), bigrams(title)
    return len(left & right) / min(len(left), len(right)) >= NAMED
