"""What every kind of upload offers to the way that is the same for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from zhitong.domain.exchange.rules.columns import Column
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import Refused


class NotUndoable(Refused):
    """Rows have been worked on since, or what they became cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Around:
    """For whom, for what and when an upload is judged and committed; `options` is what was chosen with it."""

    viewer: Viewer
    campaign: str
    options: Mapping[str, Any]
    now: datetime


class Handler(Protocol):
    """One kind at work on one upload; batches come in the order of the lines, so it may remember what it has seen."""

    columns: tuple[Column, ...]

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """What the rows are, in order; a fixed number of statements for a batch."""
        ...

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Carry out rows found new or changed. Raises what the acts of the room refuse."""
        ...

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Of what rows became those that somebody has worked on since, by name."""
        ...

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """Take back what rows became; nobody has touched them."""
        ...
