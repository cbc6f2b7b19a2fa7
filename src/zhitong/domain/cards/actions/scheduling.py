"""Timetables of a campaign, and the rounds that open by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.cards.actions.opening import RoundToOpen, open_rounds
from zhitong.domain.cards.models import TemplateRow, Timetable
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.periods import period_before
from zhitong.domain.cards.timetables import TimetableRecord
from zhitong.domain.history.rules import Actor
from zhitong.kit.clock import day_of
from zhitong.kit.keeping import Loaded, keep

_CLOCK = Actor(None, None, None, "work")


def load_timetables(campaign: str, records: Sequence[TimetableRecord]) -> Loaded:
    """Keep the timetables of a campaign as its package says; one that is gone opens no more rounds."""
    wanted = {
        (campaign, one.template_code): {
            "opens_day": one.opens_day, "due_day": one.due_day, "locked_day": one.locked_day,
            "review_ranks": list(one.review_ranks), "grace": one.grace, "review_workdays": one.review_workdays,
            "proof_reasons": list(one.proof_reasons),
        }
        for one in records
    }
    return keep(Timetable.objects.filter(campaign=campaign), ("campaign", "template_code"), wanted)[1]


def open_scheduled(campaign: str, region_id: UUID, now: datetime) -> int:
    """Open the rounds whose day has come, for the period that has just ended; returns how many are new.

    Opening again changes nothing, so the clock may ask as often as it likes. For the worker.
    """
    today = day_of(now)
    due = [one for one in Timetable.objects.filter(campaign=campaign).order_by("template_code") if one.opens_day <= today.day]
    rounds = [found for one in due if (found := _round(one, region_id, today)) is not None]
    return sum(opened.is_new for opened in open_rounds(rounds, now=now))


def _round(one: Timetable, region_id: UUID, today: date) -> RoundToOpen | None:
    newest = TemplateRow.objects.filter(campaign=one.campaign, code=one.template_code).order_by("-version").first()
    asked = period_before(today, template(newest.id).period) if newest else None
    if asked is None or today.day > one.locked_day:
        return None
    return RoundToOpen(
        campaign=one.campaign, template_code=one.template_code, region_id=region_id, period=asked.code, name=asked.name,
        opens_on=today.replace(day=one.opens_day), due_on=today.replace(day=one.due_day),
        locked_on=today.replace(day=one.locked_day), actor=_CLOCK,
    )
