"""One quantity in its words: what it is called, what it counts in, how it compares, for whom it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.policy.measures.classes import class_of
from zhitong.policy.measures.clauses import Clause
from zhitong.policy.measures.deadlines import DateMark
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Belonging, Ground
from zhitong.policy.measures.kinds import kind_of
from zhitong.policy.measures.memory import Memory
from zhitong.policy.measures.pieces import LONGEST_LEAD, Piece, compared_of, own_words
from zhitong.policy.measures.scopes import named_place, scope_in, without_level, without_scope
from zhitong.policy.measures.units import UnitKind
from zhitong.policy.measures.words import noun_behind, title_noun, verbs_of, without_last_verbs

LOST_LEVEL = re.compile(r"(?:培育|创建|建设|新增|争创|认定|新建)级")
"""A level whose own word was lost: 培育级基地."""


@dataclass(frozen=True)
class Naming:
    """Names quantities by the ground they stand on, by what the walk remembers, and by those found before."""

    ground: Ground
    memory: Memory
    before: Sequence[Found]

    def found(
        self, piece: Piece, clause: Clause, mark: DateMark | None, parent: Found | None, neighbour: Found | None
    ) -> Found:
        """A quantity as it is kept; `neighbour` is the one it is joined to, `parent` what it is a part of."""
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
        before = neighbour or (self.before[-1] if len(self.before) > self.memory.sentence else None)
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
