"""Five in place: what a unit says of itself, and what an inspection found of the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.actions.planning import LONGEST_WORDS, permitted
from zhitong.domain.inspections.models import InPlace
from zhitong.domain.inspections.rules.facts import InspectionFact
from zhitong.domain.inspections.rules.kinds import Grade, Readiness
from zhitong.domain.inspections.rules.way import InspectionAct
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import written


@dataclass(frozen=True, slots=True)
class Judged:
    """How far a thing is in place, and by what one sees it: papers, people, money, places."""

    grade: Grade
    words: str


@transaction.atomic
def say_in_place(
    viewer: Viewer, campaign: str, judged: Mapping[Readiness, Judged], *, actor: Actor, now: datetime
) -> None:
    """A unit says of itself how far the five things are in place, each with its evidence; saying it again replaces it.

    Raises NotYours. Raises BadInput: nothing is said, or one is without its evidence.
    Source: 冀发〔2018〕7号 四（二）; R-B6.
    """
    require(viewer, Permission.HANDLE)
    for thing, one in _whole(judged).items():
        InPlace.objects.update_or_create(
            unit_id=viewer.unit_id, campaign=campaign, thing=thing.value,
            defaults={"said": one.grade.value, "said_words": one.words, "said_at": now, "unit_region_id": viewer.region_id},
        )
    _tell(InspectionFact.SAID, viewer.unit_id, judged, actor, now)


@transaction.atomic
def see_in_place(
    viewer: Viewer, inspection_id: UUID, unit_id: UUID, judged: Mapping[Readiness, Judged], *, actor: Actor, now: datetime
) -> None:
    """An inspection says what it found of the five things at one of its units, beside what that unit says of itself.

    Raises NotFound, NotYours, NotNow. Raises BadInput: not one of its units, nothing said, or one without its evidence.
    """
    row = permitted(viewer, inspection_id, InspectionAct.FIND)
    if unit_id not in row.objects_of:
        raise BadInput("请选择方案里的被督查单位。", {"unit_id": "请选择方案里的被督查单位。"})
    region_id = directory().units[unit_id].region_id
    for thing, one in _whole(judged).items():
        InPlace.objects.update_or_create(
            unit_id=unit_id, campaign=row.campaign, thing=thing.value,
            defaults={
                "found": one.grade.value, "found_words": one.words, "found_at": now, "found_by_id": viewer.unit_id,
                "inspection_id": row.id, "unit_region_id": region_id,
            },
        )
    _tell(InspectionFact.SEEN, unit_id, judged, actor, now)


def _whole(judged: Mapping[Readiness, Judged]) -> dict[Readiness, Judged]:
    if not judged:
        raise BadInput("请至少填一项。")
    return {
        thing: Judged(one.grade, written(
            f"{thing.value}_words", one.words, LONGEST_WORDS, wanted=f"请写明“{thing.label}”的依据：文件、人员、资金或现场情况。"
        ))
        for thing, one in judged.items()
    }


def _tell(kind: InspectionFact, unit_id: UUID, judged: Mapping[Readiness, Judged], actor: Actor, now: datetime) -> None:
    grades = {thing.value: one.grade for thing, one in judged.items()}
    record(kind.value, thing_kind="readiness", thing_id=unit_id, actor=actor, at=now, body={"unit": unit_id, **grades})
