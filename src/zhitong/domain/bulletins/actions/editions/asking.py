"""Asking units to check their figures: each gets one working day of its own calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.actions.editions import keeping
from zhitong.domain.bulletins.models import Edition, FigureCheck
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import CheckState
from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import due_after_workdays
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.kit.ids import uuid7

CHECK_WORKDAYS = 1
"""Source: R-H9."""


def ask(edition: Edition, unit_ids: Iterable[UUID], actor: Actor, now: datetime) -> int:
    """Ask units to check, those asked before once more; returns how many. A unit that has ended is asked nothing."""
    here = directory()
    asked = sorted(one for one in set(unit_ids) if one in here.units)
    FigureCheck.objects.bulk_create(
        [
            FigureCheck(
                id=uuid7(), edition_id=edition.id, by_unit_id=edition.unit_id, unit_id=unit_id, state=CheckState.ASKED.value,
                asked_at=now,
                due_at=due_after_workdays(now, CHECK_WORKDAYS, calendar_of(here.calendar_owners(unit_id))).at,
            )
            for unit_id in asked
        ],
        update_conflicts=True, unique_fields=["edition", "unit"],
        update_fields=["state", "asked_at", "due_at", "words", "answered_at", "answer", "settled_at"],
    )
    if asked:
        keeping.tell(EditionFact.CHECK_ASKED, edition, actor, now, {"units": asked})
    return len(asked)


def ask_again(edition: Edition, unit_ids: Iterable[UUID], actor: Actor, now: datetime) -> int:
    """Ask those of some units once more that had been asked; whoever has an objection waiting for its answer is not."""
    waiting = (CheckState.OBJECTED.value,)
    had = edition.checks.filter(unit_id__in=list(unit_ids)).exclude(state__in=waiting).values_list("unit_id", flat=True)
    return ask(edition, had, actor, now)
