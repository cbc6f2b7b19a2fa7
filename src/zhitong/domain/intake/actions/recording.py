"""补录: an official writes down, on one page, what a firm told him and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.intake.actions.naming import Named, subject_named
from zhitong.domain.intake.rules.recording import TOLD_BY
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.actions import recording
from zhitong.domain.problems.actions.raising import Report
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.refusals import BadInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was told: by which firm, what, how and when, who answered, and the result if it is settled.

    `taken_by_id` is the unit that has it in hand already; only an office says so, of units of its own territory.
    """

    campaign: str
    firm: Named
    text: str
    how: Source
    happened_at: datetime
    answered_by: str
    result: str = ""
    category: str = UNDECIDED
    confidential: bool = False
    file_ids: tuple[UUID, ...] = ()
    taken_by_id: UUID | None = None
    actor: Actor
    now: datetime


@transaction.atomic
def record(viewer: Viewer, records: Sequence[Record]) -> list[Standing]:
    """Write down what firms of the viewer's territory, or in his care, told; those with a result are settled at once.

    Raises NotYours: the post does not handle problems, or names who has one in hand and hands none out. Raises NotFound: a
    firm, a region, or the unit that has one in hand lies outside the viewer's reach.
    Raises BadInput: the way it was told is none of TOLD_BY, or nobody is named who answered.
    Raises what `problems.actions.recording.record` refuses: then nothing is written. Source: R-F10.
    """
    require(viewer, Permission.HANDLE)
    return recording.record([_entry(viewer, one) for one in records])


def _entry(viewer: Viewer, one: Record) -> recording.Entry:
    if one.how not in TOLD_BY:
        sentence = f"补录的方式只能是{'、'.join(way.label for way in TOLD_BY)}。"
        raise BadInput(sentence, {"how": sentence})
    if not one.answered_by.strip():
        sentence = "请填写由谁答复。"
        raise BadInput(sentence, {"answered_by": sentence})
    if one.taken_by_id is not None:
        _judge_taker(viewer, one.taken_by_id)
    report = Report(
        campaign=one.campaign, source=one.how, **subject_named(viewer, one.firm), category=one.category, text=one.text,
        confidential=one.confidential, happened_at=one.happened_at, taken_by_id=one.taken_by_id, actor=one.actor, now=one.now,
    )
    return recording.Entry(report=report, answered_by=one.answered_by, result=one.result, file_ids=one.file_ids)


def _judge_taker(viewer: Viewer, unit_id: UUID) -> None:
    """Only an office hands out, and only to units of its territory that can be charged."""
    require(viewer, Permission.DISPATCH)
    here = directory()
    unit = here.units.get(unit_id)
    if unit is None or unit.is_consulted or viewer.region_id not in {one.id for one in here.path(unit.region_id)}:
        raise NotFound
