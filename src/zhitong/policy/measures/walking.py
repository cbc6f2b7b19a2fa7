"""The walk from clause to clause: each quantity gets its words, its scope and the date that holds for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhitong.policy.measures.clauses import Clause
from zhitong.policy.measures.counting import Quantity
from zhitong.policy.measures.deadlines import STATUS, DateMark, Grain
from zhitong.policy.measures.dealing import dated_alike, dated_apart, dealt_out, named_alike
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.memory import Memory, turn
from zhitong.policy.measures.naming import Naming
from zhitong.policy.measures.pieces import LONGEST_LEAD, Piece, own_words, pieces_of, without_dates
from zhitong.policy.measures.scopes import without_level
from zhitong.policy.measures.words import bare_lead, noun_behind, without_verbs

FARTHEST_DATE = 400
DONE = "开工建设|开工|完成|建成投用|建成|竣工验收|竣工|投入使用|投用|完工|交付使用|交付|整改到位|到位|验收"
LATE = re.compile(rf"(?:(?:全部|全面|基本|均|要)+(?:{DONE})|(?:{DONE})$)")
"""A clause that only says by when what was counted before is done."""
ACHIEVED = re.compile(
    r"(?:已|业已|现已|累计已|已经)(?:经|累计)?(?:建成|完成|达到?|有|实现|认定|培育|建设|开工|发展|拥有|"
    r"覆盖|整改|投入|改造|建立)[^,。;]*$|^(?:目前|现有)"
)


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
        self.naming = Naming(ground, self.memory, self.found)
        self.bracket_parents: dict[int, Found] = {}

    def step(self, clause: Clause) -> None:
        """Read one clause and remember what holds for the next."""
        ground, memory = self.ground, self.memory
        words = ground.text[clause.start : clause.end]
        quantities = ground.quantities_in(clause.start, clause.end)
        marks = ground.due_in(clause.start, clause.end)
        turn(memory, clause, words, self.found)
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

    def _read(self, clause: Clause, quantities: Sequence[Quantity]) -> None:
        parent = self._parent(clause)
        row: list[Found] = []
        for piece in pieces_of(self.ground, clause, quantities):
            mark = self._date(piece, clause)
            row.append(self.naming.found(piece, clause, mark, parent, row[-1] if row and piece.is_joined else None))
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
