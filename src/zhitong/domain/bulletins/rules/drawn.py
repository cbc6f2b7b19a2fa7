"""What a paper is drawn as from the facts of one moment: sections in words, figures with what they count, ranking annexes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.rules.catalogue import PaperKind


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: its heading as printed and its text, a paragraph a line, figures by their marks."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure: the name by which a text marks it, the value as printed and its unit, and what it counts.

    `unit_id` is whose figure it is (None: the whole territory's); `behind` names the rows that were counted: a list and what
    it is narrowed to. `before` is the value in the last issue of the series, None where it had none.
    """

    key: str
    label: str
    text: str
    unit: str = ""
    unit_id: UUID | None = None
    behind: Mapping[str, str] = field(default_factory=dict)
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the last issue said something else."""
        return self.before is not None and self.before != self.text


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row of a ranking: of which unit it speaks (None: of all together), and its cells, figures by their marks."""

    unit_id: UUID | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """A ranking table with its note; like ranked with like."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[AnnexRow, ...]
    shares: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as drawn: figures of the time after `since` and up to `cut_off`."""

    kind: PaperKind
    title: str
    recipients: str
    since: datetime
    cut_off: datetime
    sections: tuple[Section, ...]
    figures: tuple[Bound, ...]
    annexes: tuple[Annex, ...] = ()
