"""Inviting: a sheet for a firm, a seat for a named official; and ending an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.rules.inviting import FIRM_SEATS, VALID_DAYS, Offer, state_of
from zhitong.domain.entry.rules.kinds import EntryFact, InvitationState
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import reporters_of
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.queries.served import units_served
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound

MOST_AT_ONCE = 2000


def require_inviting(viewer: Viewer) -> None:
    """Refuse whoever may not give out invitations: it is the business of administrators and of campaign offices."""
    if not viewer.may(Permission.ADMINISTER):
        require(viewer, Permission.DISPATCH)


@transaction.atomic
def invite_firms(viewer: Viewer, subject_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> list[UUID]:
    """Make a sheet for each firm that has none open, with seats for several people; returns the sheets of all, in order.

    Queries and writes do not grow with the number. A sheet that has run out of days or seats is ended and made anew; of
    two offices that invite the same firm at once, both get the one sheet.
    Raises NotYours: the post neither administers nor dispatches. Raises NotFound: one lies outside the viewer's territory.
    Raises BadInput: none was chosen, or more than fit one printing.
    """
    require_inviting(viewer)
    if not 0 < len(subject_ids) <= MOST_AT_ONCE:
        raise BadInput(f"请选择要邀请的服务对象，一次最多{MOST_AT_ONCE}户。")
    firms = units_served(viewer, subject_ids)
    wanted = [firms[one] for one in dict.fromkeys(subject_ids) if one in firms]
    if len(wanted) != len(set(subject_ids)):
        raise NotFound("其中有服务对象没有找到，或者不在您的管理范围内。请刷新名单后重选。")
    standing = _standing([firm.unit_id for firm in wanted], now)
    posts = reporters_of([firm.unit_id for firm in wanted])
    new = {
        firm.unit_id: Invitation(
            unit_id=firm.unit_id, region_id=firm.region_id, post_id=posts[firm.unit_id], made_by_id=actor.person_id,
            made_in_id=actor.unit_id, made_at=now, expires_on=day_of(now) + timedelta(days=VALID_DAYS), most=FIRM_SEATS,
        )
        for firm in wanted if firm.unit_id not in standing
    }
    Invitation.objects.bulk_create(new.values(), batch_size=1000, ignore_conflicts=True)
    kept = standing | _standing(list(new), now) if new else standing
    record_many([_invited(row, actor, now) for row in new.values() if row.id in kept.values()])
    return [kept[firm.unit_id] for firm in wanted]


@transaction.atomic
def own_sheet(viewer: Viewer, *, actor: Actor, now: datetime) -> UUID:
    """The sheet by which a firm's people bring in their colleagues; made when none is open.

    Raises NotYours: the post does not report. Raises NotFound: the viewer is none of the served.
    """
    require(viewer, Permission.REPORT)
    post = reporters_of([viewer.unit_id]).get(viewer.unit_id)
    if viewer.unit_kind is not UnitKind.SERVED or post is None:
        raise NotFound
    standing = _standing([viewer.unit_id], now)
    if viewer.unit_id not in standing:
        row = Invitation(
            unit_id=viewer.unit_id, region_id=viewer.region_id, post_id=post, made_by_id=actor.person_id,
            made_in_id=actor.unit_id, made_at=now, expires_on=day_of(now) + timedelta(days=VALID_DAYS), most=FIRM_SEATS,
        )
        Invitation.objects.bulk_create([row], ignore_conflicts=True)
        standing = _standing([viewer.unit_id], now)
        record_many([_invited(row, actor, now)] if row.id in standing.values() else [])
    return standing[viewer.unit_id]


def _standing(unit_ids: Sequence[UUID], now: datetime) -> dict[UUID, UUID]:
    """The open sheets of firms; those that can no longer be used are ended on the way."""
    rows = Invitation.objects.select_for_update().filter(unit_id__in=unit_ids, person__isnull=True, ended_at__isnull=True)
    found, over = {}, []
    for row in rows.order_by("id"):
        if state_of(Offer(row.expires_on, row.most, row.joined, False), day_of(now)) is not InvitationState.OPEN:
            over.append(row.id)
        else:
            found[row.unit_id] = row.id
    if over:
        Invitation.objects.filter(id__in=over).update(ended_at=now)
    return found


def invite_person(
    *, unit_id: UUID, region_id: UUID, post_id: UUID, person_id: UUID, actor: Actor, now: datetime
) -> Invitation:
    """An invitation for one named person, not yet written: the act that seats him writes all of its batch."""
    return Invitation(
        unit_id=unit_id, region_id=region_id, post_id=post_id, person_id=person_id, made_by_id=actor.person_id,
        made_in_id=actor.unit_id, made_at=now, expires_on=day_of(now) + timedelta(days=VALID_DAYS), most=1,
    )


@transaction.atomic
def end_invitation(viewer: Viewer, invitation_id: UUID, *, actor: Actor, now: datetime) -> None:
    """End an invitation that was given out, so that its link opens nothing more; ending it again changes nothing.

    Raises NotFound: it is not there for this viewer. Raises NotYours.
    """
    require_inviting(viewer)
    row = Invitation.objects.select_for_update().filter(id=invitation_id).first()
    if row is None:
        raise NotFound
    if row.ended_at is None:
        Invitation.objects.filter(id=row.id).update(ended_at=now)
        record_many([Fact(EntryFact.ENDED.value, "invitation", row.id, actor, now, {"unit": row.unit_id})])


def _invited(row: Invitation, actor: Actor, now: datetime) -> Fact:
    body = {"unit": row.unit_id, "post": row.post_id, "most": row.most, "expires": row.expires_on}
    return Fact(EntryFact.INVITED.value, "invitation", row.id, actor, now, body)
