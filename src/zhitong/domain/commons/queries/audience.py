"""Whom a fact of a common problem concerns, for reactions: ids only, asked by the worker, which shows nothing to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.commons.models import Common, Member
from zhitong.domain.commons.rules.kinds import Membership


@dataclass(frozen=True, slots=True)
class Audience:
    """A common problem: its number, who leads it, and its members."""

    number: str
    lead_id: UUID
    problem_ids: tuple[UUID, ...]


def audience_of(common_id: UUID) -> Audience | None:
    """The audience of a common problem; None when it is gone."""
    row = Common.objects.filter(id=common_id).values_list("number", "lead_id").first()
    if row is None:
        return None
    joined = Member.objects.filter(common_id=common_id, membership=Membership.JOINED.value)
    return Audience(row[0], row[1], tuple(joined.order_by("id").values_list("problem_id", flat=True)))
