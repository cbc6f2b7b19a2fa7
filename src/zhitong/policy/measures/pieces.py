"""The words of a clause dealt out among its quantities: what stands before each, and the noun behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhitong.policy.measures.clauses import Clause
from zhitong.policy.measures.counting import Quantity
from zhitong.policy.measures.deadlines import DateMark
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.scopes import NETWORK, named_place, without_scope
from zhitong.policy.measures.units import UnitKind
from zhitong.policy.measures.words import NEW_CLAUSE, bare_lead, noun_behind, without_last_verbs, without_verbs

LONGEST_LEAD = 120
"""Signs on either side of a value that are read for its words."""
SUM_BEFORE = re.compile(
    r"(?:计划|预计|估算|概算)?(?:总|完成|年度|累计)*(?:投资|投入|资金|面积|里程|产能|容量)(?:额|约)?$"
)
JOINT = re.compile(r"(?:其中|[、,和及与并且的:;)])*")


@dataclass(frozen=True)
class Piece:
    """One quantity with the words that are its own: before, between noun and value, behind."""

    quantity: Quantity
    opened: int
    """Where the words before it begin, joints and dates included."""
    start: int
    before: str
    noun: str
    noun_end: int
    reach: int
    """Where the words behind it end: the next quantity or the end of the clause."""
    is_joined: bool
    """Whether it stands in a row with the quantity before it (、)."""


def own_words(before: str) -> str:
    """The noun of the words before a value; nothing where they only say for whom and what is done (市级培育)."""
    if named_place(without_last_verbs(before)):
        return ""
    return without_verbs(without_scope(before)) or (without_verbs(before) if NETWORK.match(before) else "")


def pieces_of(ground: Ground, clause: Clause, quantities: Sequence[Quantity]) -> Iterator[Piece]:
    """Deal out the words of a clause among its quantities."""
    text = ground.text
    start = clause.start
    for at, quantity in enumerate(quantities):
        following = quantities[at + 1].lead if at + 1 < len(quantities) else clause.end
        behind_end = _behind_end(text, quantity, following, at + 1 < len(quantities))
        before = bare_lead(without_dates(ground, max(start, quantity.lead - LONGEST_LEAD), max(start, quantity.lead)))
        behind = _without_qualifiers(ground, quantity.tail, min(behind_end, quantity.tail + LONGEST_LEAD))
        is_told = quantity.tail > quantity.end and bool(without_verbs(without_scope(before)))
        is_share_of = not before and quantity.tail > quantity.end and quantity.kind is UnitKind.SHARE
        needs_joint = is_told or (
            not is_share_of and quantity.kind in (UnitKind.SHARE, UnitKind.POINTS, UnitKind.TIMES)
        )
        noun = "" if needs_joint and not behind.startswith("的") else noun_behind(behind, _opens_clause(quantity))
        noun_end = quantity.tail + _reach(text, quantity.tail, behind_end, noun)
        opening = _opening(ground, start, quantity.start)
        reach = quantities[at + 1].start if at + 1 < len(quantities) else clause.end
        yield Piece(
            quantity,
            start,
            opening,
            before,
            noun,
            noun_end,
            reach,
            at > 0 and text[start : start + 1] in {"、", "和", "及", "与"},
        )
        start = max(behind_end, quantity.tail) if noun and not quantity.is_structure else quantity.tail


def _opens_clause(quantity: Quantity) -> bool:
    """Whether a verb behind the value begins something new: 8家以上|培育…, 100万元|新建…."""
    return quantity.tail > quantity.end or quantity.kind not in (UnitKind.COUNT, UnitKind.PEOPLE, UnitKind.PARTS)


def _behind_end(text: str, quantity: Quantity, following: int, has_following: bool) -> int:
    """Where the words behind a value stop being its own: at a joint, or where a new verb opens the next value's words."""
    between = text[quantity.tail : following]
    if not has_following:
        return following
    if between[:1] in {"、", "和", "及", "与", "", "/"} or (_opens_clause(quantity) and NEW_CLAUSE.match(between)):
        return quantity.tail
    if sum_before := SUM_BEFORE.search(between):
        return quantity.tail + sum_before.start()
    joint = max(between.rfind(sign) for sign in "、和及与")
    if joint >= 0:
        return quantity.tail + joint
    return following


def _reach(text: str, start: int, end: int, noun: str) -> int:
    """How far the noun goes, in the view: up to its last sign."""
    if not noun:
        return 0
    whole = text.find(noun, start, end)
    if whole >= 0:
        return whole + len(noun) - start
    last = text.rfind(noun[-2:], start, end)
    return last + len(noun[-2:]) - start if last >= 0 else 0


def without_dates(ground: Ground, start: int, end: int) -> str:
    """The words of a stretch without its deadlines."""
    kept, at = [], start
    for mark in ground.due_in(start, end):
        if mark.end <= end:
            kept.append(ground.text[at : mark.start])
            at = mark.end
    return "".join([*kept, ground.text[at:end]])


def _without_qualifiers(ground: Ground, start: int, end: int) -> str:
    """The words without thresholds that select objects: 家主营业务收入超亿元规模以上企业 → 规模以上企业."""
    found = ground.qualifiers_in(start, end)
    return without_dates(ground, found[-1].tail if found else start, end).removeprefix("的" if found else "")


def _opening(ground: Ground, start: int, end: int) -> int:
    """Where the quantity's own words begin: behind joints and dates."""
    for mark in ground.due_in(start, min(start + 3, end)):
        start = mark.end if mark.end <= end else start
    joint = JOINT.match(ground.text, start, end)
    return joint.end() if joint else start


def compared_of(text: str, quantity: Quantity, mark: DateMark | None) -> str:
    """The comparing words before a value; 提升|到2025年的|50% has its 到 with the date."""
    is_dated = mark is not None and mark.text[0] in "到至" and text[mark.end : quantity.lead] == "的"
    return "到" * is_dated + text[quantity.lead : quantity.start]
