"""Handing a post over: what the sheet says and who signs it. Pure. Source: R-B5, 冀发〔2018〕7号 三（五）."""

from __future__ import annotations

from uuid import UUID

from zhitong.kit.choices import Word


class HandingFact(Word):
    """What happens to a hand-over; the unit's desk stays as it is."""

    MADE = "handing.made", "岗位交接"
    SIGNED = "handing.signed", "交接签字"


class Side(Word):
    """The two who sign, each at his own desk or on the printed sheet."""

    FROM = "from_person", "移交人"
    TO = "to_person", "接收人"


def side_of(person_id: UUID | None, from_person: UUID, to_person: UUID) -> Side | None:
    """As whom a person signs a sheet; None when it is not his."""
    return {from_person: Side.FROM, to_person: Side.TO}.get(person_id) if person_id else None
