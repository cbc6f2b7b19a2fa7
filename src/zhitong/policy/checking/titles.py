"""A title that promises what the body does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitong.policy.ground.likeness import contained, plain, quoted
from zhitong.policy.ground.lists import TRAIL
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Finding, Task

PARTS = re.compile("、|以及|[和及与]")
BOTH = "城乡"
TOWN = re.compile("城市|城区|城镇|县城|主城|港城|城乡|街道|社区|市区")
COUNTRY = re.compile("农村|乡村|乡镇|村|乡|农")
FACES = re.compile("(?:培育|建设|提升|管理|改造|整治|普及|发展|服务|推进|改革|工作)+$")
VERB_FIRST = re.compile(
    "推动|推进|坚持|加大|加快|加强|强化|改善|完善|健全|深化|优化|提升|提高|提快|降低|促进|支持|发挥|建立|构建|落实|开展|实施|鼓励|引导|扩大|规范|"
    "严格|打造|做[大强优好实]|多措|全面|积极|大力|稳|保障|压实|激发|注重|探索|拓展|增强|抓|动员|组织|启动|实现|践行|统筹|打[好赢]|创新|营造|精准"
)
"""A title that is a sentence sums its body up in other words; one that is a name promises things by name."""
NAMED = re.compile(r"[\w、“”]{4,22}(?:行动|工程|计划|工作|活动|培育|建设|提升|管理|改造|整治|普及|改革|服务)")
"""A name: short, without stops or brackets, ending in a word for a work."""
SHORTEST_BODY = 30
FAINT = 0.35


def titles(ground: Ground) -> Iterator[Finding]:
    """One finding per work and promise."""
    for task in ground.works:
        body = ground.body(task)
        if len(plain(body)) < SHORTEST_BODY:
            continue
        for lacking in _lacking(task, body):
            message = f"{ground.place(task.start)}标题{quoted(task.title)}提出{quoted(lacking)}，正文没有相应内容，请补充或改题。"
            yield Finding("title_promise", "medium", message, ((task.start, task.body_start or task.end),))


def _lacking(task: Task, body: str) -> Iterator[str]:
    """The parts of the title that the body never takes up."""
    title = TRAIL.sub("", task.title.strip())
    if VERB_FIRST.match(title) or not NAMED.fullmatch(task.title.strip()):
        return
    if BOTH in title and BOTH not in body and bool(TOWN.search(body)) != bool(COUNTRY.search(body)):
        yield "乡" if TOWN.search(body) else "城"
    parts = [part for part in PARTS.split(title) if len(part) > 1]
    if len(parts) > 1:
        yield from (part for part in parts if _is_absent(part, body))


def _is_absent(part: str, body: str) -> bool:
    """The last word of the part is missing and hardly any of the rest is there."""
    bare = FACES.sub("", part)
    bare = bare if len(bare) > 1 else part
    return len(bare) > 3 and bare[-2:] not in body and contained(bare, body) <= FAINT
