"""What the tests of streams share: a problem of the firm in 南大港, topics by their names, facts as followers read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tests.cast import Story, acting
from tests.world import NOW
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Source
from zhitong.domain.subjects.models import Subject
from zhitong.kit.ids import uuid7
from zhitong.live.topics import Kind, Topic


def raise_one(login: str = "firm") -> Story:
    """The firm reports a matter that a rule sends to the department of its park."""
    with acting(login) as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        [standing] = raise_problems([Report(
            campaign="hebei-2018", source=Source.REPORT, subject_id=subject.id, subject_name=subject.name,
            subject_kind=subject.kind, reporter_unit_id=actor.unit_id, region_id=subject.region_id, category="energy",
            text="夜间限电。", actor=actor, now=NOW,
        )])
    return Story(standing.id)


def fact(kind: str, thing_kind: str, thing_id: UUID | None = None, unit_id: UUID | None = None, **body: Any) -> ReadFact:
    """A fact as a follower reads it."""
    return ReadFact(uuid7(), NOW, 1, kind, thing_kind, thing_id or uuid7(), None, None, unit_id, body)


def named(topics: Iterable[Topic]) -> set[str]:
    """Topics by the codes of their regions and units and the numbers of their problems."""
    return {f"{topic.kind.value}:{_name_of(topic)}" for topic in topics}


def _name_of(topic: Topic) -> str:
    if topic.kind is Kind.REGION:
        return Region.objects.get(id=topic.id).code
    if topic.kind is Kind.UNIT:
        return Unit.objects.get(id=topic.id).code
    return Problem.objects.get(id=topic.id).number
