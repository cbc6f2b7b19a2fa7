"""Which sections are duties: where units answer, under the parts that set work, and unnumbered actions in a row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhitong.policy.shapes import Task
from zhitong.policy.structure.headings import FIRST, PART, SECOND, THIRD
from zhitong.policy.structure.lines import Line
from zhitong.policy.structure.nesting import Node
from zhitong.policy.structure.titles import WHO, title_of

ABOUT = re.compile(
    r"总体要求|指导思想|基本原则|工作原则|总体(?:思路|目标|安排|考虑)|目标$|(?:工作|主要|发展|行动|建设|创建|年度|任务)目标|目标(?:任务|要求|定位)|"
    r"重要(?:意义|性)|充分认识|提高(?:思想)?认识|统一思想|编制依据|工作背景|背景|适用(?:范围|对象)|基本情况|^总则$|^附则$|现状|形势|"
    r"活动主题|^其他(?:事项)?$|^本[^，。]{2,6}(?:自|从|由|适用于|所称)|(?:制定|制订|出台)本[^，。]{2,6}$|(?:时间|进度|方法|实施|工作)(?:步骤|安排|阶段)|步骤(?:安排|方法)|阶段安排|组织机构|领导机构|参加范围|实施范围|工作思路|工作概况|回顾"
)
SUPPORT = re.compile(
    r"保障(?:措施|机制|政策)?$|组织(?:保障|领导|实施|推动|推进)|(?:工作|有关|相关|几点|活动|落实|组织)要求|推进机制|工作机制|"
    r"强化保障|加强(?:组织)?领导|实施保障|督导(?:检查|考核)|监督(?:检查|管理)|考核(?:评估|奖惩|评价)"
)
WATCHED = re.compile(r"责任|(?<!长效)机制|整治|排查|信息|报送|报告|督查|督导|督办|督促|考核|问责|检查|调度|通报|评估|评价")
"""Of the measures of support those that set how work is carried and watched; who leads and what is said about it is no duty."""

TASKS = re.compile(r"(?:重点|主要|工作|目标|具体)(?:任务|措施|举措|工作|内容)|任务分[工解]|推进重点")
WORK = re.compile(r"重点|任务|措施|分工|举措|工作内容|行动|工程|项目")
ACTION = re.compile(
    r"(?P<verb>(?:组织)?(?:开展|实施|推进|深化))?"
    r"(?P<name>[^，。；：,;:]{2,40}?(?:专项行动|行动|工程|计划|专项整治|活动))[，,：:。]"
)


@dataclass(frozen=True)
class Ground:
    """What the duties are read from: the lines, and at which level this text lays duties on units."""

    lines: Sequence[Line]
    grain: int

    def lines_between(self, start: int, end: int) -> Sequence[Line]:
        """The lines that start between two places."""
        return self.lines[bisect_left(self.lines, start, key=_start):bisect_left(self.lines, end, key=_start)]

    def line_behind(self, place: int) -> Line | None:
        """The first line that shows anything behind a place."""
        found = bisect_left(self.lines, place + 1, key=_end)
        return self.lines[found] if found < len(self.lines) else None


def _start(line: Line) -> int:
    return line.start


def _end(line: Line) -> int:
    return line.end


def tasks_of(nodes: Sequence[Node], lines: Sequence[Line], quiet: str, *, is_plan: bool) -> tuple[Task, ...]:
    """The duties in the order of the text; without units, which are not known yet.

    `is_plan` says whether the head calls the text a plan: only then is work without any named unit a duty.
    """
    answered = {id(node): WHO.search(quiet, node.title_end, node.text_end) is not None or _in_heading(node) for node in nodes}
    levels = Counter(node.level for node in nodes if answered[id(node)])
    grain = levels.most_common(1)[0][0] if levels else THIRD
    ground = Ground(lines, grain)
    rows = [node for node in nodes if node.above is None]
    is_works = is_plan or bool(levels) or any(
        framing.search(node.title) for node in rows for framing in (SUPPORT, ABOUT, TASKS)
    )
    found = [task for node in rows for task in _under(node, answered, ground, is_work=is_works and not _is_framed(node))]
    return tuple(sorted(found, key=lambda task: task.start))


def _in_heading(node: Node) -> bool:
    return WHO.search(node.heading.words) is not None


def _is_framed(node: Node) -> bool:
    """Whether a part says what the work is for, or how it is kept going, rather than what is to be done."""
    if WORK.search(node.title) and not re.search("目标|保障|要求", node.title):
        return False
    return _is_about(node) or _is_support(node)


def _is_about(node: Node) -> bool:
    """Whether a section says what the paper is for, or how far and how long it holds."""
    return ABOUT.search(re.sub(r"\s", "", node.title)) is not None


def _is_support(node: Node) -> bool:
    return node.level <= FIRST and SUPPORT.search(node.title) is not None


def _under(node: Node, answered: dict[int, bool], ground: Ground, *, is_work: bool) -> Iterator[Task]:
    """The duties of a section and of those below it."""
    answering = [child for child in node.below if _answers(child, answered)]
    is_whole = is_work and not answering and node.level >= min(ground.grain, THIRD)
    if node.below and (is_whole or _speaks_for_all(node, answering, ground, answered)):
        yield _task(node, ground)
    elif answered[id(node)] and not answering:
        yield from _actions(node, ground) or [_task(node, ground)]
    elif node.below:
        for child in node.below:
            is_framed = _is_framed(child) if node.level == PART else _is_about(child)
            yield from _under(child, answered, ground, is_work=is_work and not is_framed)
    elif (is_work and node.level > PART) or _is_watched(node):
        yield from _actions(node, ground) or [_task(node, ground)]


def _is_watched(node: Node) -> bool:
    """Whether a measure of support says how the work is carried and watched."""
    return WATCHED.search(node.title) is not None and any(_is_support(one) for one in _above(node))


def _answers(node: Node, answered: dict[int, bool]) -> bool:
    return answered[id(node)] or any(_answers(child, answered) for child in node.below)


def _speaks_for_all(node: Node, answering: Sequence[Node], ground: Ground, answered: dict[int, bool]) -> bool:
    """Units named once, behind the last of several points: they answer for all of them."""
    if len(node.below) < 2 or len(answering) != 1 or answering[0] is not node.below[-1] or node.level == PART:
        return False
    last = answering[0]
    if last.below or not answered[id(last)]:
        return False
    closes = ground.lines_between(last.start + 1, last.text_end)
    return bool(closes and WHO.match(closes[-1].text)) or last.level > THIRD


def _above(node: Node) -> Iterator[Node]:
    while node.above:
        node = node.above
        yield node


def _last(node: Node) -> Node:
    while node.below:
        node = node.below[-1]
    return node


def _task(node: Node, ground: Ground) -> Task:
    """The body starts behind the title; where the title is all that is said, it is the body."""
    end = _last(node).end
    body = ground.line_behind(node.title_end)
    if body is None or body.start >= end or WHO.match(body.text, max(0, node.title_end - body.start)):
        starts = node.heading.words_at
    else:
        starts = max(body.start, node.title_end)
    return Task(node.id, node.title, node.path, node.start, end, body_start=starts, damaged=node.is_damaged)


def _actions(node: Node, ground: Ground) -> list[Task]:
    """Unnumbered actions: two paragraphs or more of a section, each naming its units or opening with 开展…专项行动."""
    if node.level > SECOND or node.level >= THIRD:
        return []
    lines = [line for line in ground.lines_between(node.heading.line.end, node.end) if len(line.text) > 20]
    naming = [line for line in lines if WHO.search(line.text)]
    opening = [line for line in lines if (found := ACTION.match(line.text)) and found["verb"]]
    chosen = naming if len(naming) >= 2 and len(naming) * 2 > len(lines) else opening
    if len(chosen) < 2:
        return []
    return [_action(node, number, line) for number, line in enumerate(chosen, start=1)]


def _action(node: Node, number: int, line: Line) -> Task:
    found = ACTION.match(line.text)
    if found:
        title, length = found["name"], found.end()
    else:
        title, length = title_of(line.text)
    return Task(
        f"{node.id}-{number}", title, f"{node.path}/-{number}", line.start, line.end, body_start=line.start + length
    )
