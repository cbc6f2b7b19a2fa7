"""Invitations given out, as the office lists and prints them, and the people of a unit who have joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which invitations one asks for: of a region and below (None: all that one may see), certain ones, for named people
    (True) or for firms (False), only those nobody has used, only those that can still be used."""

    region_id: UUID | None = None
    ids: Sequence[UUID] | None = None
    named: bool | None = None
    is_open: bool | None = None
    is_unused: bool = False
    words: str = ""


def invitations_of(
    viewer: Viewer, *, today: date, wanted: Wanted | None = None, after: UUID | None = None, backwards: bool = False, limit: int = 50
) -> tuple[list[InvitationRow], UUID | None]:
    """Invitations of the viewer's territory, the newest first (`backwards`: the oldest), and the key of the next page; one query.

    Raises NotFound: the post may give none out.
    """
    rows = _asked(viewer, wanted or Wanted(), today).select_related("unit", "post", "person").order_by("id" if backwards else "-id")
    if after is not None:
        rows = rows.filter(id__gt=after) if backwards else rows.filter(id__lt=after)
    here, found = directory(), list(rows[: limit + 1])
    return [_row(row, here.regions[row.region_id].name, today) for row in found[:limit]], (
        found[limit - 1].id if len(found) > limit else None
    )


def count_of_invitations(viewer: Viewer, *, today: date, wanted: Wanted, most: int) -> int:
    """How many there are, counted no further than `most`; one query. Raises NotFound: see `invitations_of`."""
    return int(_asked(viewer, wanted, today).order_by()[:most].count())


def own_open_sheet(viewer: Viewer, *, today: date) -> InvitationRow | None:
    """The sheet by which more people of the viewer's own firm may join, None when none is open; one query."""
    usable = Invitation.objects.filter(
        unit_id=viewer.unit_id, person__isnull=True, ended_at__isnull=True, expires_on__gte=today, joined__lt=F("most")
    )
    row = usable.select_related("unit", "post", "person").order_by("-id").first()
    return _row(row, directory().regions[row.region_id].name, today) if row else None


def _asked(viewer: Viewer, wanted: Wanted, today: date) -> QuerySet[Invitation]:
    if not (viewer.may(Permission.ADMINISTER) or viewer.may(Permission.DISPATCH)):
        raise NotFound
    here, rows = directory(), Invitation.objects.all()
    if first_wall_stands():
        rows = rows.filter(region_id__in=list(here.within(viewer.region_id)))
    if wanted.region_id is not None:
        rows = rows.filter(region_id__in=list(here.within(wanted.region_id)))
    if wanted.ids is not None:
        rows = rows.filter(id__in=wanted.ids)
    if wanted.named is not None:
        rows = rows.filter(person__isnull=not wanted.named)
    if wanted.is_open is not None:
        usable = Q(ended_at__isnull=True, expires_on__gte=today, joined__lt=F("most"))
        rows = rows.filter(usable if wanted.is_open else ~usable)
    if wanted.is_unused:
        rows = rows.filter(joined=0)
    return rows.filter(unit__name__contains=wanted.words) if wanted.words else rows


def _row(row: Invitation, region: str, today: date) -> InvitationRow:
    state = state_of(Offer(row.expires_on, row.most, row.joined, row.ended_at is not None), today)
    return InvitationRow(
        row.id, row.unit_id, row.unit.name, region, row.post.title, row.person.name if row.person else "",
        phone_masked(row.person.phone) if row.person else "", state, row.joined, row.most, row.expires_on,
        link_of(row.id) if state is InvitationState.OPEN else "",
    )
