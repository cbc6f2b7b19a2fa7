"""The walk from clause to clause: each quantity gets its words, its scope and the date that holds for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhitong.policy.measures.classes import class_of
from zhitong.policy.measures.clauses import Break, Clause
from zhitong.policy.measures.deadlines import STATUS, DateMark, Grain
from zhitong.policy.measures.dealing import dated_alike, dated_apart, dealt_out, named_alike
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Belonging, Ground
from zhitong.policy.measures.kinds import kind_of
from zhitong.policy.measures.pieces import LONGEST_LEAD, Piece, compared_of, own_words, pieces_of, without_dates
from zhitong.policy.measures.quantities import Quantity
from zhitong.policy.measures.scopes import named_place, scope_in, without_level, without_scope
from zhitong.policy.measures.units import UnitKind
from zhitong.policy.measures.words import (
    bare_lead,
    noun_behind,
    title_noun,
    verbs_of,
    without_last_verbs,
    without_verbs,
)

FARTHEST_DATE = 400
LOST_LEVEL = re.compile(r"(?:培育|创建|建设|新增|争创|认定|新建)级")
"""A level whose own word was lost: 培育级基地."""
DONE = "开工建设|开工|完成|建成投用|建成|竣工验收|竣工|投入使用|投用|完工|交付使用|交付|整改到位|到位|验收"
LATE = re.compile(rf"(?:(?:全部|全面|基本|均|要)+(?:{DONE})|(?:{DONE})$)")
"""A clause that only says by when what was counted before is done."""
ANEW = re.compile(r"每[年季月周]|对|给予|按")
"""Opens a sentence for which the year of the sentence before does not hold."""
SUBTOTAL = re.compile(r"[,;(]?其中")
ACHIEVED = re.compile(
    r"(?:已|业已|现已|累计已|已经)(?:经|累计)?(?:建成|完成|达到?|有|实现|认定|培育|建设|开工|发展|拥有|"
    r"覆盖|整改|投入|改造|建立)[^,。;]*$|^(?:目前|现有)"
)


@dataclass
class Memory:
    """What the walk remembers from clause to clause."""

    chained: DateMark | None = None
    """The date of the clause before: it holds on while clauses go on counting."""
    leading: DateMark | None = None
    """到2020年, …: it holds for the whole sentence."""
    topic: str = ""
    topic_scope: str | None = None
    kind: str = ""
    subtotal_of: Found | None = None
    sentence: int = 0
    """How many had been found when the sentence began."""
    is_status: bool = False
    """The sentence tells what is, not what is to be."""


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
        words = ground.text[clause.start : clause.end]
        quantities = ground.quantities_in(clause.start, clause.end)
        marks = ground.due_in(clause.start, clause.end)
        self._turn(clause, words)
        memory.is_status = memory.is_status or tells_what_is(ground, clause)
        if marks and marks[0].is_leading and marks[0].start - clause.start <= 4:
            memory.leading = marks[0]
        if all(one.is_structure for one in quantities) and len(words) > 3:
            memory.chained = (
                marks[-1] if marks and marks[-1].end == clause.end and len(words) - len(marks[-1].text) <= 3 else None
            )
            self._date_late(clause, marks)
        if not quantities and not memory.topic:
            memory.topic = noun_behind(
                without_verbs(
                    bare_lead(without_dates(ground, max(clause.start, clause.end - LONGEST_LEAD), clause.end))
                ),
                False,
            )
        if (
            not quantities
            or memory.is_status
            or ACHIEVED.search(ground.text[max(clause.start, quantities[0].start - LONGEST_LEAD) : quantities[0].start])
        ):
            return
        self._read(clause, quantities)

    def _turn(self, clause: Clause, words: str) -> None:
        """Forget what does not reach over the break before the clause."""
        memory = self.memory
        goes_on = SUBTOTAL.match(words) is not None
        if clause.opened_by >= Break.SENTENCE and not goes_on:
            memory.chained, memory.is_status, memory.topic_scope = None, False, None
            memory.sentence = len(self.found)
        if clause.opened_by >= Break.SENTENCE and not (
            goes_on or (clause.opened_by is Break.SENTENCE and _holds_on(memory.leading, words))
        ):
            memory.leading = None
        if clause.opened_by is Break.PARAGRAPH:
            memory.topic = ""
        if clause.opened_by is Break.SEMICOLON:
            memory.chained = None
        if goes_on and clause.within is None and len(self.found) > memory.sentence:
            memory.subtotal_of = self.found[-1]
        elif clause.opened_by >= Break.SENTENCE or (clause.within is None and clause.opened_by is Break.SEMICOLON):
            memory.subtotal_of = None

    def _read(self, clause: Clause, quantities: Sequence[Quantity]) -> None:
        parent = self._parent(clause)
        row: list[Found] = []
        for piece in pieces_of(self.ground, clause, quantities):
            mark = self._date(piece, clause)
            row.append(self._found(piece, clause, mark, parent, row[-1] if row and piece.is_joined else None))
            if mark is not None:
                self.memory.chained = mark
            if not piece.quantity.is_structure:
                self.memory.topic = without_level(piece.noun or own_words(piece.before)) or self.memory.topic
                self.memory.topic_scope, self.memory.kind = row[-1].scope, row[-1].kind
        row = dated_apart(self.ground, clause, dated_alike(named_alike(row)))
        self.found += dealt_out(self.ground.text, row, clause.start)

    def _date_late(self, clause: Clause, marks: Sequence[DateMark]) -> None:
        """350户的改造任务,确保下半年全部开工; a date in a later column of the row: it holds for what was counted before."""
        if not marks or len(self.found) <= self.memory.sentence:
            return
        is_column = (
            self.ground.text[clause.start - 1 : clause.start] == "\t"
            and clause.end - clause.start <= marks[-1].end - marks[-1].start + 4
        )
        if is_column or LATE.match(self.ground.text[marks[0].end : clause.end]):
            for at in range(self.memory.sentence, len(self.found)):
                if self.found[at].mark is None:
                    self.found[at] = replace(self.found[at], mark=marks[-1])

    def _parent(self, clause: Clause) -> Found | None:
        """What the quantities of a bracket are parts of: the one right before it opened."""
        if clause.within is None:
            return self.memory.subtotal_of
        if clause.within not in self.bracket_parents and self.found:
            last = self.found[-1]
            if self.ground.text[clause.within + 1 : clause.within + 3] == "其中" or clause.within - last.value_end <= 6:
                self.bracket_parents[clause.within] = last
        return self.bracket_parents.get(clause.within)

    def _date(self, piece: Piece, clause: Clause) -> DateMark | None:
        due, place = self.ground.due_in, piece.quantity.start
        own = due(piece.opened, place) or due(place, piece.noun_end)
        own = own or due(max(clause.start, piece.opened - FARTHEST_DATE), piece.opened)
        if own:
            return max(own, key=lambda mark: (mark.grain, mark.start))
        return self.memory.chained or self.memory.leading

    def _found(
        self, piece: Piece, clause: Clause, mark: DateMark | None, parent: Found | None, neighbour: Found | None
    ) -> Found:
        quantity, text = piece.quantity, self.ground.text
        belongs = self.ground.belonging(quantity.start)
        own = own_words(piece.before)
        name, is_borrowed = self._name(piece, own, belongs)
        unit = self._unit(piece, is_borrowed, neighbour)
        kind = kind_of(
            quantity,
            piece.before if own or piece.noun else self.memory.topic + piece.before,
            compared_of(text, quantity, mark),
        )
        if is_borrowed and kind == "rate" and self.memory.kind == "growth_rate" and not piece.before:
            kind = "growth_rate"
        if (neighbour and not piece.before and unit and neighbour.unit == unit) or (
            neighbour and kind in ("count", "amount") and neighbour.kind == "increment" and not verbs_of(piece.before)
        ):
            kind = neighbour.kind
        class_ = class_of(
            quantity,
            text[piece.opened : quantity.lead],
            text[quantity.tail : piece.reach],
            text[max(clause.start, clause.end - 4) : clause.end],
            belongs.title,
        )
        if parent and class_ == "target":
            class_ = parent.class_
        if neighbour and neighbour.class_ == "input" and class_ == "target" and not piece.before:
            class_ = "input"
        if neighbour and neighbour.class_ == "coverage" and class_ == "target" and not verbs_of(piece.before):
            class_ = "coverage"
        return Found(
            place=quantity.start,
            start=piece.start,
            end=max(piece.noun_end, quantity.tail),
            value_end=quantity.tail,
            name=name,
            value=quantity.value,
            upper=quantity.upper,
            unit=unit,
            comparator=self._comparator(piece, neighbour),
            kind=kind,
            class_=class_,
            belongs=belongs,
            scope=self._scope(piece, is_borrowed, parent, neighbour),
            mark=mark,
            part_of=parent.place if parent else None,
            is_optional=quantity.is_structure,
            is_damaged=quantity.is_damaged or LOST_LEVEL.search(piece.before) is not None,
        )

    def _unit(self, piece: Piece, is_borrowed: bool, neighbour: Found | None) -> str | None:
        """每人每月增加5元,达到75元: for whom it is said once."""
        unit = piece.quantity.unit
        if unit is None or unit.kind is not UnitKind.MONEY or unit.is_per or not is_borrowed or piece.before:
            return unit.word if unit else None
        before = neighbour or (self.found[-1] if len(self.found) > self.memory.sentence else None)
        last = before.unit if before else None
        return last if last and last.startswith(f"{unit.word}/") else unit.word

    def _comparator(self, piece: Piece, neighbour: Found | None) -> str:
        """不低于甲和乙: what was said before the first holds for the second."""
        quantity = piece.quantity
        is_pair = (
            neighbour is not None
            and not piece.before
            and quantity.lead == quantity.start
            and quantity.tail == quantity.end
        )
        return (
            neighbour.comparator or "="
            if is_pair and neighbour is not None and neighbour.comparator != "range"
            else quantity.comparator
        )

    def _scope(self, piece: Piece, is_borrowed: bool, parent: Found | None, neighbour: Found | None) -> str | None:
        own = scope_in(piece.before) or named_place(without_last_verbs(piece.before)) or scope_in(piece.noun)
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
        topic = self.memory.topic or title_noun(belongs.title) or self._words_behind(piece)
        if piece.quantity.kind is UnitKind.SHARE and scope_in(piece.before) == piece.before:
            return piece.before + without_scope(topic), True
        return f"{topic}{verbs or without_scope(piece.before)}", True

    def _words_behind(self, piece: Piece) -> str:
        """The words behind a value nothing names: 推进100%清洁能源公交车替代."""
        words = self.ground.text[piece.quantity.tail : piece.reach][:LONGEST_LEAD]
        return noun_behind(words.lstrip("的"), False) if words[:1] not in "、,和及" else ""


def _holds_on(leading: DateMark | None, words: str) -> bool:
    return leading is not None and leading.text[0] in "到至" and not ANEW.match(words)


def tells_what_is(ground: Ground, clause: Clause) -> bool:
    """Whether a clause reports (截至2017年底, 目前, a year gone by) instead of setting something."""
    marks = ground.marks_in(clause.start, clause.end)
    is_to_come = any(
        mark.year and ground.year and mark.year >= ground.year and mark.grain > Grain.SPAN for mark in marks
    )
    if (
        marks
        and marks[0].is_due
        and marks[0].start - clause.start <= 3
        and marks[0].year
        and ground.year
        and marks[0].year < ground.year
    ):
        return True
    return not is_to_come and STATUS.search(ground.text[clause.start : clause.end]) is not None
