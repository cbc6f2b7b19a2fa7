"""Invitations given out, as the office lists and prints them, and the people of a unit who have joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.queries.links import link_of
from zhitong.domain.entry.rules.inviting import Offer, state_of
from zhitong.domain.entry.rules.kinds import InvitationState
from zhitong.domain.entry.rules.phones import phone_masked
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation as a list and a sheet show it; `link` is what the QR code says, empty when it opens nothing."""

    id: UUID
    unit_id: UUID
    unit: str
    region: str
    title: str
    name: str
    phone: str
    state: InvitationState
    joined: int
    most: int
    expires_on: date
    link: str


def invitations_of(
    viewer: Viewer, *, today: date, ids: Sequence[UUID] | None = None, after: UUID | None = None, limit: int = 50
) -> tuple[list[InvitationRow], UUID | None]:
    """Invitations of the viewer's territory, the newest first, and the key of the next page; one query.

    `ids` asks for those only, as a printing of sheets does. Raises NotFound: the post may give none out.
    """
    if not (viewer.may(Permission.ADMINISTER) or viewer.may(Permission.DISPATCH)):
        raise NotFound
    here = directory()
    rows = Invitation.objects.select_related("unit", "post", "person").order_by("-id")
    if first_wall_stands():
        rows = rows.filter(region_id__in=list(here.within(viewer.region_id)))
    if ids is not None:
        rows = rows.filter(id__in=ids)
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows[: limit + 1])
    return [_row(row, here.regions[row.region_id].name, today) for row in found[:limit]], (
        found[limit - 1].id if len(found) > limit else None
    )


def _row(row: Invitation, region: str, today: date) -> InvitationRow:
    state = state_of(Offer(row.expires_on, row.most, row.joined, row.ended_at is not None), today)
    return InvitationRow(
        row.id, row.unit_id, row.unit.name, region, row.post.title, row.person.name if row.person else "",
        phone_masked(row.person.phone) if row.person else "", state, row.joined, row.most, row.expires_on,
        link_of(row.id) if state is InvitationState.OPEN else "",
    )
