"""What the walk remembers from clause to clause, and what it forgets at a break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.policy.measures.clauses import Break, Clause
from zhitong.policy.measures.deadlines import DateMark
from zhitong.policy.measures.found import Found

ANEW = re.compile(r"每[年季月周]|对|给予|按")
"""Opens a sentence for which the year of the sentence before does not hold."""
SUBTOTAL = re.compile(r"[,;(]?其中")


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


def turn(memory: Memory, clause: Clause, words: str, found: Sequence[Found]) -> None:
    """Forget what does not reach over the break before a clause; `found` is what was found so far."""
    goes_on = SUBTOTAL.match(words) is not None
    if clause.opened_by >= Break.SENTENCE and not goes_on:
        memory.chained, memory.is_status, memory.topic_scope = None, False, None
        memory.sentence = len(found)
    if clause.opened_by >= Break.SENTENCE and not (
        goes_on or (clause.opened_by is Break.SENTENCE and _holds_on(memory.leading, words))
    ):
        memory.leading = None
    if clause.opened_by is Break.PARAGRAPH:
        memory.topic = ""
    if clause.opened_by is Break.SEMICOLON:
        memory.chained = None
    if goes_on and clause.within is None and len(found) > memory.sentence:
        memory.subtotal_of = found[-1]
    elif clause.opened_by >= Break.SENTENCE or (clause.within is None and clause.opened_by is Break.SEMICOLON):
        memory.subtotal_of = None


def _holds_on(leading: DateMark | None, words: str) -> bool:
    return leading is not None and leading.text[0] in "到至" and not ANEW.match(words)
