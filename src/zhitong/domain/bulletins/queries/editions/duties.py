"""What editions ask of a unit now: to check its figures, to answer objections, to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.models import Edition, FigureCheck
from zhitong.domain.bulletins.rules.kinds import CheckDuty, CheckState, EditionState
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class EditionDuty:
    """One thing to do about an edition, until when (None: no limit of its own)."""

    kind: CheckDuty
    edition_id: UUID
    title: str
    due_at: datetime | None


def duties_for(viewer: Viewer, *, limit: int = 20) -> list[EditionDuty]:
    """The viewer's duties, those with a limit first; two queries, none for the served."""
    if viewer.unit_kind in (UnitKind.SERVED, UnitKind.DELEGATES):
        return []
    found: list[EditionDuty] = []
    if viewer.may(Permission.HANDLE):
        asked = FigureCheck.objects.filter(
            unit_id=viewer.unit_id, state=CheckState.ASKED.value, edition__state=EditionState.CHECKING.value
        )
        rows = asked.order_by("due_at", "id").values_list("edition_id", "edition__title", "due_at")[:limit]
        found += [EditionDuty(CheckDuty.CHECK, *row) for row in rows]
    if viewer.may(Permission.DISPATCH) or viewer.may(Permission.SIGN):
        found += _of_office(viewer, limit)
    return found[:limit]


def _of_office(viewer: Viewer, limit: int) -> list[EditionDuty]:
    objected = FigureCheck.objects.filter(by_unit_id=viewer.unit_id, state=CheckState.OBJECTED.value)
    rows = objected.order_by("answered_at", "id").values_list("edition_id", "edition__title")[:limit]
    settle = [EditionDuty(CheckDuty.SETTLE, id_, title, None) for id_, title in dict(rows).items()]
    to_sign = Edition.objects.filter(unit_id=viewer.unit_id, state=EditionState.TO_SIGN.value).order_by("id")[:limit]
    return settle + [EditionDuty(CheckDuty.SIGN_OUT, one.id, one.title, None) for one in to_sign]
