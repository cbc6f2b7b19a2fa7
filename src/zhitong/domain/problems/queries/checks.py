"""Second looks: those of one's unit, what waits first, and those at one problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.models import Check
from zhitong.domain.problems.rules.kinds import CheckKind, CheckState, Rating


@dataclass(frozen=True, slots=True)
class CheckView:
    """A second look at one problem, and what came of it."""

    kind: CheckKind
    state: CheckState
    unit_id: UUID
    unit: str
    seed: str
    asked_at: datetime
    due_at: datetime | None
    found: Rating | None
    words: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has looked yet."""
        return self.state is CheckState.WAITING


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A second look as a list shows it."""

    id: UUID
    kind: CheckKind
    state: CheckState
    number: str
    subject_name: str
    asked_at: datetime
    due_at: datetime | None
    found: Rating | None
    words: str


def checks_of(problem_id: UUID, only_unit: UUID | None = None) -> tuple[CheckView, ...]:
    """The second looks at a problem that a viewer may see; narrowed to those of one unit where that is asked."""
    rows = Check.objects.filter(problem_id=problem_id, **({"unit_id": only_unit} if only_unit else {})).order_by("id")
    found = list(rows)
    names = unit_names(row.unit_id for row in found)
    return tuple(
        CheckView(
            CheckKind(row.kind), CheckState(row.state), row.unit_id, names.get(row.unit_id, ""), row.seed, row.asked_at,
            row.due_at, Rating(row.found) if row.found else None, row.words,
        )
        for row in found
    )


def checks_for(
    viewer: Viewer, *, waiting: bool = True, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[CheckRow]:
    """The second looks of the viewer's unit, those that wait or those that are done, newest first. One query.

    Raises NotYours: the post is not an office's.
    """
    require(viewer, Permission.DISPATCH)
    rows = Check.objects.filter(unit_id=viewer.unit_id)
    rows = rows.filter(state=CheckState.WAITING.value) if waiting else rows.exclude(state=CheckState.WAITING.value)
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    values = rows.order_by("id" if turned else "-id").values(
        "id", "kind", "state", "problem__number", "problem__subject_name", "asked_at", "due_at", "found", "words"
    )
    return [
        CheckRow(
            row["id"], CheckKind(row["kind"]), CheckState(row["state"]), row["problem__number"],
            row["problem__subject_name"], row["asked_at"], row["due_at"], Rating(row["found"]) if row["found"] else None,
            row["words"],
        )
        for row in values[:limit]
    ]
