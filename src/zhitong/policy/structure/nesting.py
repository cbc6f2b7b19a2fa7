"""Headings become sections: which stands under which, by what id and path, from where to where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhitong.policy.shapes import Section
from zhitong.policy.structure.headings import FIRST, NAMED, PART, SECOND, THIRD, Heading
from zhitong.policy.structure.lines import Line
from zhitong.policy.structure.titles import common_ending, cut_at_ending, title_of


@dataclass
class Node:
    """A heading in its place: above it, below it, and how it is called."""

    heading: Heading
    above: Node | None
    title: str
    title_end: int
    """The code point behind the title and its full stop."""
    below: list[Node] = field(default_factory=list)
    id: str = ""
    path: str = ""
    start: int = 0
    end: int = 0
    text_end: int = 0
    is_damaged: bool = False

    @property
    def level(self) -> int:
        """As in `Section.level`."""
        return self.heading.level

    def section(self) -> Section:
        """The node as it is published."""
        return Section(
            self.id, self.heading.number, self.level, self.title, self.path, self.start, self.end, self.text_end
        )


def nested(headings: Sequence[Heading], lines: Sequence[Line], end: int) -> tuple[Node, ...]:
    """The nodes in the order of the text; `end` is where the last one's text ends at the latest."""
    nodes = _hung(headings, lines)
    _repair_titles(nodes)
    _name(nodes)
    _bound(nodes, lines, end)
    return nodes


def _hung(headings: Sequence[Heading], lines: Sequence[Line]) -> tuple[Node, ...]:
    nodes: list[Node] = []
    standing: list[Node] = []
    behind = {line.start: lines[place + 1] for place, line in enumerate(lines[:-1])}
    taken = {heading.line.start for heading in headings}
    for heading in headings:
        while standing and standing[-1].level >= heading.level:
            standing.pop()
        title, length = title_of(heading.words)
        title_end = heading.words_at + length
        following = behind.get(heading.line.start)
        if not title and following and following.start not in taken:
            title, length = title_of(following.text)
            title_end = following.start + length
        node = Node(heading, standing[-1] if standing else None, title, title_end, start=heading.start)
        node.is_damaged = heading.is_lame
        if node.above:
            node.above.below.append(node)
        nodes.append(node)
        standing.append(node)
    return tuple(nodes)


def _repair_titles(nodes: Sequence[Node]) -> None:
    """Titles that lost their full stop are cut where their neighbours end."""
    rows: dict[tuple[int, int], list[Node]] = defaultdict(list)
    for node in nodes:
        rows[id(node.above), node.level].append(node)
    for row in rows.values():
        ending = common_ending([node.title for node in row])
        for node in row if ending else ():
            shorter = cut_at_ending(node.title, ending)
            if shorter and not node.title.endswith(ending):
                node.title_end = node.heading.words_at + len(shorter)
                node.title, node.is_damaged = shorter, True


def _name(nodes: Sequence[Node]) -> None:
    """Ids and paths: 三（一） by the way from above, a bare 7 where the numbers run on through the document."""
    bare = _running(nodes)
    taken: Counter[str] = Counter()
    for node in nodes:
        label = _label(node.heading)
        above = node.above
        node.path = f"{above.path}/{label}" if above else label
        name = label if above is None or id(node) in bare or _stands_alone(node) else f"{above.id}{joint(above, label)}{label}"
        taken[name] += 1
        node.id = name if taken[name] == 1 else f"{name}~{taken[name]}"


def joint(above: Node, label: str) -> str:
    """What keeps the digits of two numbers apart."""
    if label.startswith("-"):
        return ""
    return "." if above.id[-1:].isdigit() and label[:1].isdigit() else "/" if above.heading.form == -1 else ""


def _stands_alone(node: Node) -> bool:
    """Articles and named actions are counted through all chapters; 2.2.1 says its way itself."""
    number = node.heading.number
    return (node.level == FIRST and number.startswith("第")) or re.match(rf"\d+[.．]\d|[{NAMED}]", number) is not None


def _label(heading: Heading) -> str:
    """The number as ids print it, whatever its width and brackets: 一, （一）, 7, （7）, ①, 第三条."""
    number = re.sub(r"\s", "", heading.number)
    if number[0] in NAMED:
        return number.rstrip("、:：")
    if heading.level == PART or number.startswith("第"):
        return number.rstrip("、:：.．")
    if heading.level == SECOND:
        spoken = re.sub(r"[^一二三四五六七八九十百零〇]", "", number)
        return f"（{spoken or '一二三四五六七八九十'[heading.counts - 1]}）"
    if heading.level == FIRST:
        return re.sub(r"[、.．﹒]", "", number)
    if heading.level == THIRD:
        return str(heading.counts)
    return f"（{heading.counts}）" if number[0] in "（(⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽" or number[-1] in "）)" else number.rstrip("、.．﹒")


def _running(nodes: Sequence[Node]) -> set[int]:
    """The level-three nodes that keep their bare number: those of the part with the longest row, then of others that fit."""
    parts: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.level == THIRD:
            parts[id(_part_of(node))].append(node)
    taken: set[int] = set()
    kept: set[int] = set()
    for row in sorted(parts.values(), key=len, reverse=True):
        numbers = [node.heading.counts for node in row]
        if len(set(numbers)) == len(numbers) and taken.isdisjoint(numbers):
            taken.update(numbers)
            kept.update(id(node) for node in row)
    return kept


def _part_of(node: Node) -> Node:
    while node.above:
        node = node.above
    return node


def _bound(nodes: Sequence[Node], lines: Sequence[Line], end: int) -> None:
    """Each ends where the next starts; its own words end with the last line before that."""
    place = 0
    ends = [*(node.start for node in nodes[1:]), end]
    for node, its_end in zip(nodes, ends, strict=False):
        node.end = its_end
        node.text_end = min(node.heading.line.end, node.end)
        while place < len(lines) and lines[place].start < node.end:
            node.text_end = max(node.text_end, lines[place].end)
            place += 1
        node.title_end = min(node.title_end, node.text_end)
