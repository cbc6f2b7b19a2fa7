"""Which campaign office judges how a matter was settled: the reporter's own, but never about the unit that hosts it. Pure.

Source: DESIGN principle 4, R-F13: about its own host department an office does not rule; the office above does.
"""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory


def judging_office_id(region_id: UUID, answered_by: UUID | None, directory: Directory) -> UUID | None:
    """The office of a region, or the one above where the unit that answered hosts it; at the root there is none above."""
    office = directory.office(region_id)
    if office is None or answered_by is None or office.host_id != answered_by:
        return office.id if office else None
    above = directory.office_above(office.region_id)
    return above.id if above else office.id


def hosts_judged_by(office_id: UUID, directory: Directory) -> list[tuple[UUID, UUID]]:
    """What an office judges in place of the offices below it: (unit that hosts such an office, region it serves)."""
    return [
        (office.host_id, region_id)
        for office in directory.offices_below(office_id)
        if office.host_id is not None
        for region_id in directory.served_by_office(office.region_id)
    ]
