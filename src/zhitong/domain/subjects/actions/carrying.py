"""What goes over from one of the served to another: lists, care, figures, qualifications, elements, and people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.noting import follow
from zhitong.domain.subjects.models import Care, ElementRow, Mark, Membership
from zhitong.domain.subjects.rules.known import Known
from zhitong.kit.ids import uuid7

Row = TypeVar("Row", bound=models.Model)

_COPY_FIGURES = """
INSERT INTO subjects_fact (id, subject_id, code, period, value, source, source_id, noted_at)
SELECT uuid7(), %(to)s, code, period, value, source, source_id, noted_at
FROM subjects_fact WHERE subject_id = %(from)s
ON CONFLICT (subject_id, code, period) DO NOTHING
"""


def carry_lists(from_id: UUID, to_id: UUID, list_ids: Collection[UUID], *, on: date) -> list[UUID]:
    """End the one's standing on these lists and let the other stand there, where it does not yet; returns those lists."""
    standing = Membership.objects.filter(subject_id=from_id, list_id__in=list_ids, until__isnull=True)
    carried = list(standing.values_list("list_id", flat=True))
    standing.update(until=on)
    known = Membership.objects.filter(subject_id=to_id, list_id__in=carried, until__isnull=True)
    new = sorted(set(carried) - set(known.values_list("list_id", flat=True)))
    Membership.objects.bulk_create([Membership(list_id=one, subject_id=to_id, since=on) for one in new])
    return carried


def carry_care(from_id: UUID, to_id: UUID, tiers: Collection[Rank], *, on: date) -> list[Rank]:
    """End the one's care at these levels and let the same people look after the other, where nobody does yet."""
    standing = Care.objects.filter(subject_id=from_id, tier__in=[tier.value for tier in tiers], until__isnull=True)
    rows = list(standing)
    standing.update(until=on)
    known = set(Care.objects.filter(subject_id=to_id, until__isnull=True).values_list("tier", flat=True))
    Care.objects.bulk_create([_copy(row, subject_id=to_id, since=on, until=None) for row in rows if row.tier not in known])
    return [Rank(row.tier) for row in rows]


def copy_known(from_id: UUID, to_id: UUID) -> None:
    """Let the other have the figures, qualifications and elements of the one that it has not; the one's own stay."""
    with connection.cursor() as cursor:
        cursor.execute(_COPY_FIGURES, {"from": from_id, "to": to_id})
    follow((to_id, code) for code in Known)
    borne = set(Mark.objects.filter(subject_id=to_id, until__isnull=True).values_list("code", flat=True))
    marks = Mark.objects.filter(subject_id=from_id, until__isnull=True).exclude(code__in=borne)
    Mark.objects.bulk_create([_copy(row, subject_id=to_id) for row in marks])
    named = set(ElementRow.objects.filter(subject_id=to_id).values_list("name", flat=True))
    elements = ElementRow.objects.filter(subject_id=from_id).exclude(name__in=named)
    ElementRow.objects.bulk_create([_copy(row, subject_id=to_id) for row in elements])


def _copy(row: Row, **changed: Any) -> Row:
    """A new row like another, but for what is changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, "id": uuid7(), **changed})
