"""The walk from clause to clause: each quantity gets its words, its scope and the date that holds for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhitong.policy.measures.classes import class_of
from zhitong.policy.measures.clauses import Break, Clause
from zhitong.policy.measures.deadlines import STATUS, DateMark, Grain
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Belonging, Ground, within
from zhitong.policy.measures.kinds import kind_of
from zhitong.policy.measures.quantities import Quantity
from zhitong.policy.measures.scopes import scope_in, without_scope
from zhitong.policy.measures.words import NEW_CLAUSE, bare_lead, noun_behind, title_noun, verbs_of, without_verbs

SUBTOTAL = re.compile(r"[,;(]?其中")
ACHIEVED = re.compile(r"(?:已|业已|现已|累计已|已经)(?:经|累计)?(?:建成|完成|达到?|有|实现|认定|培育|建设|开工|发展|拥有|覆盖|整改|投入|改造|建立)[^,。;]*$|^(?:目前|现有)")


@dataclass
class Memory:
    """What the walk remembers from clause to clause."""

    chained: DateMark | None = None
    """The date of the clause before: it holds on while clauses go on counting."""
    leading: DateMark | None = None
    """到2020年, …: it holds for the whole sentence."""
    topic: str = ""
    topic_scope: str | None = None
    subtotal_of: Found | None = None
    sentence: int = 0
    """How many had been found when the sentence began."""
    is_status: bool = False
    """The sentence tells what is, not what is to be."""


@dataclass(frozen=True)
class Piece:
    """One quantity with the words that are its own: before, between noun and value, behind."""

    quantity: Quantity
    start: int
    before: str
    noun: str
    noun_end: int
    reach: int
    """Where the words behind it end: the next quantity or the end of the clause."""
    is_joined: bool
    """Whether it stands in a row with the quantity before it (、)."""


def targets_in(ground: Ground) -> list[Found]:
    """Every quantity that sets something, in order of place."""
    walk = _Walk(ground)
    for clause in ground.clauses:
        walk.step(clause)
    return walk.found


class _Walk:
    """Goes through the clauses in order."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.memory = Memory()
        self.found: list[Found] = []
        self.bracket_parents: dict[int, Found] = {}

    def step(self, clause: Clause) -> None:
        """Read one clause and remember what holds for the next."""
        ground, memory = self.ground, self.memory
        words = ground.text[clause.start:clause.end]
        quantities = [ground.quantities[at] for at in within(ground.quantities, clause.start, clause.end)]
        marks = [ground.marks[at] for at in within(ground.marks, clause.start, clause.end) if ground.marks[at].is_due]
        self._turn(clause, words)
        memory.is_status = memory.is_status or tells_what_is(ground, clause)
        if marks and marks[0].is_leading and marks[0].start - clause.start <= 4:
            memory.leading = marks[0]
        if all(one.is_structure for one in quantities) and len(words) > 3:
            memory.chained = marks[-1] if marks and marks[-1].end == clause.end and len(words) - len(marks[-1].text) <= 3 else None
        if not quantities or memory.is_status or ACHIEVED.search(ground.text[clause.start:quantities[0].start]):
            return
        self._read(clause, quantities, marks)

    def _turn(self, clause: Clause, words: str) -> None:
        """Forget what does not reach over the break before the clause."""
        memory = self.memory
        goes_on = SUBTOTAL.match(words) is not None
        if clause.opened_by >= Break.SENTENCE and not goes_on:
            memory.chained, memory.is_status, memory.topic_scope = None, False, None
            memory.sentence = len(self.found)
        if clause.opened_by >= Break.SENTENCE and not (goes_on or (memory.leading and memory.leading.text[0] in "到至" and clause.opened_by is Break.SENTENCE)):
            memory.leading = None
        if clause.opened_by is Break.PARAGRAPH:
            memory.topic = ""
        if clause.opened_by is Break.SEMICOLON:
            memory.chained = None
        if goes_on and clause.within is None and len(self.found) > memory.sentence:
            memory.subtotal_of = self.found[-1]
        elif clause.opened_by >= Break.SENTENCE or (clause.within is None and clause.opened_by is Break.SEMICOLON):
            memory.subtotal_of = None

    def _read(self, clause: Clause, quantities: list[Quantity], marks: list[DateMark]) -> None:
        parent = self._parent(clause)
        row: list[Found] = []
        for piece in _pieces(self.ground, clause, quantities, marks):
            mark = self._date(piece, marks)
            row.append(self._found(piece, clause, mark, parent, row[-1] if row and piece.is_joined else None))
            if mark is not None:
                self.memory.chained = mark
            if not piece.quantity.is_structure:
                self.memory.topic = piece.noun or without_verbs(without_scope(piece.before)) or self.memory.topic
                self.memory.topic_scope = row[-1].scope
        self.found += _dated_alike(row)

    def _parent(self, clause: Clause) -> Found | None:
        """What the quantities of a bracket are parts of: the one right before it opened."""
        if clause.within is None:
            return self.memory.subtotal_of
        if clause.within not in self.bracket_parents and self.found:
            last = self.found[-1]
            if self.ground.text[clause.within + 1:clause.within + 3] == "其中" or clause.within - last.value_end <= 6:
                self.bracket_parents[clause.within] = last
        return self.bracket_parents.get(clause.within)

    def _date(self, piece: Piece, marks: list[DateMark]) -> DateMark | None:
        own = [mark for mark in marks if piece.start <= mark.start < piece.reach] or [mark for mark in marks if mark.start < piece.start]
        if own:
            return max(own, key=lambda mark: (mark.grain, mark.start))
        return self.memory.chained or self.memory.leading

    def _found(self, piece: Piece, clause: Clause, mark: DateMark | None, parent: Found | None, neighbour: Found | None) -> Found:
        quantity, text = piece.quantity, self.ground.text
        belongs = self.ground.belonging(quantity.start)
        own = without_verbs(without_scope(piece.before))
        name, is_borrowed = self._name(piece, own, belongs)
        kind = kind_of(quantity, piece.before if own or piece.noun else piece.before + self.memory.topic, text[quantity.lead:quantity.start])
        if neighbour and kind == "count" and neighbour.kind == "increment" and not verbs_of(piece.before):
            kind = neighbour.kind
        class_ = class_of(quantity, piece.before, text[quantity.tail:piece.reach], text[clause.start:clause.end], belongs.title)
        if parent and class_ == "target":
            class_ = parent.class_
        return Found(
            place=quantity.start,
            start=piece.start,
            end=max(piece.noun_end, quantity.tail),
            value_end=quantity.tail,
            name=name,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit.word if quantity.unit else None,
            comparator=quantity.comparator,
            kind=kind,
            class_=class_,
            belongs=belongs,
            scope=self._scope(piece, is_borrowed, parent, neighbour),
            mark=mark,
            part_of=parent.place if parent else None,
            is_optional=quantity.is_structure,
            is_damaged=quantity.is_damaged,
        )

    def _scope(self, piece: Piece, is_borrowed: bool, parent: Found | None, neighbour: Found | None) -> str | None:
        own = scope_in(piece.before) or scope_in(piece.noun)
        if own or piece.quantity.is_structure:
            return own
        if parent:
            return parent.scope
        if neighbour and not piece.noun and not verbs_of(piece.before):
            return neighbour.scope
        return self.memory.topic_scope if is_borrowed else None

    def _name(self, piece: Piece, own: str, belongs: Belonging) -> tuple[str, bool]:
        """The name, and whether it had to be borrowed from what was spoken of before."""
        verbs = verbs_of(piece.before)
        if piece.noun:
            return (verbs + piece.noun if verbs.startswith(("新", "净增")) else piece.noun), False
        if own:
            return without_level(piece.before), False
        topic = self.memory.topic or title_noun(belongs.title)
        return f"{topic}{verbs or without_scope(piece.before)}", True


def _dated_alike(row: list[Found]) -> list[Found]:
    """1项省重点、4项市重点年内计划建成项目: the date of the last one's noun holds for the row."""
    last = row[-1]
    if len(row) < 2 or last.mark is None or last.mark.start < last.place:
        return row
    return [one if one.mark else replace(one, mark=last.mark) for one in row]


def tells_what_is(ground: Ground, clause: Clause) -> bool:
    """Whether a clause reports (截至2017年底, 目前, a year gone by) instead of setting something."""
    marks = [ground.marks[at] for at in within(ground.marks, clause.start, clause.end)]
    is_to_come = any(mark.year and ground.year and mark.year >= ground.year and mark.grain > Grain.SPAN for mark in marks)
    if marks and marks[0].start - clause.start <= 3 and marks[0].year and ground.year and marks[0].year < ground.year:
        return True
    return not is_to_come and STATUS.search(ground.text[clause.start:clause.end]) is not None


def without_level(words: str) -> str:
    """A name without the level it holds for (新认定省级以上孵化器 → 新认定孵化器 keeps the verb)."""
    return re.sub(r"(?:国家|省|市|县|区|乡镇|村)级(?:及?以上)?(?=.{2})", "", words)


def _pieces(ground: Ground, clause: Clause, quantities: list[Quantity], marks: list[DateMark]) -> Iterator[Piece]:
    """Deal out the words of a clause among its quantities."""
    text = ground.text
    start = clause.start
    for at, quantity in enumerate(quantities):
        following = quantities[at + 1].lead if at + 1 < len(quantities) else clause.end
        behind_end = _behind_end(text, quantity, following, at + 1 < len(quantities))
        before = bare_lead(_without_dates(text, start, max(start, quantity.lead), marks))
        behind = _without_qualifiers(ground, quantity.tail, behind_end)
        noun = noun_behind(_strip_dates(behind, marks), quantity.tail > quantity.end)
        noun_end = quantity.tail + _reach(text, quantity.tail, behind_end, noun)
        opening = _opening(text, start, quantity.start, marks)
        reach = quantities[at + 1].start if at + 1 < len(quantities) else clause.end
        yield Piece(quantity, opening, before, noun, noun_end, reach, at > 0 and text[start:start + 1] in {"、", "和", "及", "与"})
        start = max(behind_end, quantity.tail) if noun else quantity.tail


def _behind_end(text: str, quantity: Quantity, following: int, has_following: bool) -> int:
    """Where the words behind a value stop being its own: at a joint, or where a new verb opens the next value's words."""
    between = text[quantity.tail:following]
    if not has_following:
        return following
    if between[:1] in {"、", "和", "及", "与", "", "/"} or (quantity.tail > quantity.end and NEW_CLAUSE.match(between)):
        return quantity.tail
    joint = max(between.rfind(sign) for sign in "、和及与")
    if joint >= 0:
        return quantity.tail + joint
    return following


def _reach(text: str, start: int, end: int, noun: str) -> int:
    """How far the noun goes, in the view: up to its last sign."""
    if not noun:
        return 0
    found = text.find(noun[-2:], start, end)
    return (found + len(noun[-2:]) - start) if found >= 0 else end - start


def _without_dates(text: str, start: int, end: int, marks: list[DateMark]) -> str:
    kept, at = [], start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            kept.append(text[at:mark.start])
            at = mark.end
    return "".join([*kept, text[at:end]])


def _strip_dates(words: str, marks: list[DateMark]) -> str:
    for mark in marks:
        words = words.replace(mark.text, "")
    return words


def _without_qualifiers(ground: Ground, start: int, end: int) -> str:
    """The words without thresholds that select objects: 家主营业务收入超亿元规模以上企业 → 规模以上企业."""
    found = within(ground.qualifiers, start, end)
    if not found:
        return ground.text[start:end]
    return ground.text[ground.qualifiers[found[-1]].tail:end].lstrip("的")


def _opening(text: str, start: int, end: int, marks: list[DateMark]) -> int:
    """Where the quantity's own words begin: behind joints and dates."""
    for mark in marks:
        if mark.start - start <= 2 and mark.end <= end:
            start = mark.end
    while start < end and text[start] in "、,和及与其中并且的:;) ":
        start += 1
    return start
