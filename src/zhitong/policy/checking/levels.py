"""One thing of two levels: 省市级…基地 in the goals and 省级…基地 in the task, with the same verb before it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.policy.checking.contradictions import said_twice
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Finding, Span

LEVELLED = re.compile(
    r"(?P<verb>争取|培育|新认定|认定|新增|创建|建设|评定|申报)(?P<level>国家级|省市级|省级以上|省级|市级以上|市级|县级|区级)"
    r"[“\"]?(?P<thing>(?:(?!责任|牵头)[\u4e00-\u9fff]){5,16})"
)
KEY_SIGNS = 6


@dataclass(frozen=True)
class Mention:
    """A verb, a level and the thing, once in the text."""

    level: str
    span: Span
    is_general: bool
    """In the part that sets goals, before the tasks."""


def levels(ground: Ground) -> Iterator[Finding]:
    """A verb and a thing that the goals name at one level only and the tasks at another only."""
    for mentions in _mentions(ground).values():
        general = [one for one in mentions if one.is_general]
        special = [one for one in mentions if not one.is_general]
        if general and special and not {one.level for one in general} & {one.level for one in special}:
            spans = (general[0].span, special[0].span)
            said = "，".join(ground.said(*span) for span in spans)
            yield Finding("level", "medium", f"{said}，同一事项的层级不一致，请统一。", spans)


def _mentions(ground: Ground) -> dict[tuple[str, str], list[Mention]]:
    """By verb and the first signs of the thing; pairs of targets that are doubted already stay out."""
    doubted = [one.start for pair in said_twice(ground) for one in pair]
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for each in LEVELLED.finditer(ground.text):
        if any(each.start() <= start < each.end() for start in doubted):
            continue
        is_general = any(start <= each.start() < end for start, end in ground.goals)
        if is_general or any(task.start <= each.start() < task.end for task in ground.works):
            mention = Mention(each["level"], each.span(), is_general)
            found[each["verb"], each["thing"][:KEY_SIGNS]].append(mention)
    return found
