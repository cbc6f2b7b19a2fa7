"""What is looked for and what is told of it, the same for every kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.phrases import phrases_of, trouble_with
from zhitong.kit.refusals import BadInput

COUNTED_TO = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, and what is found narrowed to: kinds of things, a region, and of problems the days of submission and states."""

    words: str
    kinds: tuple[FoundKind, ...] = ()
    region_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    states: tuple[State, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """What must all be found."""
        return phrases_of(self.words)

    def wants(self, kind: FoundKind) -> bool:
        """Whether a kind of thing is looked for: what only problems have leaves the others out."""
        if kind is not FoundKind.PROBLEM and (self.since or self.until or self.states):
            return False
        if kind in (FoundKind.TASK, FoundKind.INDICATOR, FoundKind.PAPER) and self.region_id is not None:
            return False
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: `key` is what its page is addressed by (a number, a code, an id; of a task the campaign and the
    number with a slash), `notes` what it is, `text` the words around the first phrase found."""

    kind: FoundKind
    key: str
    title: str
    notes: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the best first; `count` beyond COUNTED_TO means more. `is_cut` says that the words are
    so common that only the newest were looked at."""

    kind: FoundKind
    hits: tuple[Hit, ...]
    count: int
    is_cut: bool = False


def require_words(words: str) -> None:
    """Refuse words that cannot be looked for.

    Raises BadInput, at the field `words`.
    """
    trouble = trouble_with(words)
    if trouble:
        raise BadInput(trouble, {"words": trouble})


def notes_of(*notes: str) -> tuple[str, ...]:
    """Those notes that say something."""
    return tuple(note for note in notes if note)


def grouped(kind: FoundKind, hits: Iterable[Hit], limit: int, most: int | None = None) -> Group:
    """A group of a kind that is held whole: its first hits, and how many there are."""
    every = tuple(hits)
    return Group(kind, every[:limit], len(every) if most is None else most)
