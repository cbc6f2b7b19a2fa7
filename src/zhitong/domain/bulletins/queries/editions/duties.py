"""What editions ask of a unit now: to check its figures, to answer objections, to lay a checked paper before who signs, to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, UUIDField, Value

from zhitong.domain.bulletins.models import Edition, FigureCheck
from zhitong.domain.bulletins.rules.kinds import CheckDuty, CheckState, EditionState
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer

_NO_LIMIT, _NO_CHECK = Value(None, DateTimeField()), Value(None, UUIDField())


@dataclass(frozen=True, slots=True)
class EditionDuty:
    """One thing to do about an edition, until when (None: no limit of its own); `check_id` is the objection to answer."""

    kind: CheckDuty
    edition_id: UUID
    title: str
    due_at: datetime | None
    check_id: UUID | None = None


def duties_for(viewer: Viewer, *, now: datetime, limit: int = 20) -> list[EditionDuty]:
    """The viewer's duties, those with a limit first; one query, none for the served."""
    if viewer.unit_kind in (UnitKind.SERVED, UnitKind.DELEGATES):
        return []
    is_office = viewer.may(Permission.DISPATCH)
    parts = [_to_check(viewer)] if viewer.may(Permission.HANDLE) else []
    parts += [_to_settle(viewer), _to_sign(viewer)] if is_office or viewer.may(Permission.SIGN) else []
    parts += [_to_submit(viewer, now)] if is_office else []
    if not parts:
        return []
    found = parts[0].union(*parts[1:]).order_by("until", "of")[:limit]
    return [EditionDuty(CheckDuty(one["duty"]), one["of"], one["about"], one["until"], one["check"]) for one in found]


def _to_check(viewer: Viewer) -> QuerySet[Any, Any]:
    asked = FigureCheck.objects.filter(
        unit_id=viewer.unit_id, state=CheckState.ASKED.value, edition__state=EditionState.CHECKING.value
    )
    return asked.values(
        duty=_kind(CheckDuty.CHECK), of=F("edition_id"), about=F("edition__title"), until=F("due_at"), check=_NO_CHECK
    )


def _to_settle(viewer: Viewer) -> QuerySet[Any, Any]:
    objected = FigureCheck.objects.filter(by_unit_id=viewer.unit_id, state=CheckState.OBJECTED.value)
    return objected.values(
        duty=_kind(CheckDuty.SETTLE), of=F("edition_id"), about=F("edition__title"), until=_NO_LIMIT, check=F("id")
    )


def _to_submit(viewer: Viewer, now: datetime) -> QuerySet[Any, Any]:
    """Papers whose figures everybody has answered to, or had the time to."""
    checks = FigureCheck.objects.filter(edition_id=OuterRef("id"))
    running = checks.filter(Q(state=CheckState.OBJECTED.value) | Q(state=CheckState.ASKED.value, due_at__gte=now))
    over = Edition.objects.filter(~Exists(running), unit_id=viewer.unit_id, state=EditionState.CHECKING.value)
    return over.values(duty=_kind(CheckDuty.SUBMIT), of=F("id"), about=F("title"), until=_NO_LIMIT, check=_NO_CHECK)


def _to_sign(viewer: Viewer) -> QuerySet[Any, Any]:
    waiting = Edition.objects.filter(unit_id=viewer.unit_id, state=EditionState.TO_SIGN.value)
    return waiting.values(duty=_kind(CheckDuty.SIGN_OUT), of=F("id"), about=F("title"), until=_NO_LIMIT, check=_NO_CHECK)


def _kind(kind: CheckDuty) -> Value:
    return Value(str(kind.value), CharField())
