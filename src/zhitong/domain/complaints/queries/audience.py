"""Whom a complaint concerns, for reactions to its facts: ids only, asked by the worker, which shows nothing to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.complaints.models import Complaint, Party
from zhitong.domain.complaints.rules.kinds import Part


@dataclass(frozen=True, slots=True)
class Audience:
    """The two units that may be told of a complaint: who brought it (None for nobody's) and who holds it now."""

    number: str
    complainant_id: UUID | None
    holder_id: UUID


def audience_of(complaint_id: UUID) -> Audience | None:
    """The audience of a complaint; None when it is gone."""
    row = Complaint.objects.filter(id=complaint_id).values_list("number", "holder_id").first()
    if row is None:
        return None
    brought = Party.objects.filter(complaint_id=complaint_id, part=Part.COMPLAINANT.value)
    return Audience(row[0], brought.values_list("unit_id", flat=True).first(), row[1])
