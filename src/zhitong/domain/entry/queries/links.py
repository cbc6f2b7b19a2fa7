"""The link of an invitation: its signed id, and what it opens to whoever holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import connection

from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.rules.inviting import Offer, state_of
from zhitong.domain.entry.rules.kinds import InvitationState
from zhitong.kit.refusals import NotFound

_SIGNER = Signer(salt="zhitong.entry.invitation")


@dataclass(frozen=True, slots=True)
class OpenedInvitation:
    """What the holder of a link sees: for which unit, for whom (empty: anybody of the firm), and how it stands."""

    id: UUID
    unit_id: UUID
    unit: str
    title: str
    name: str
    state: InvitationState
    expires_on: date


def link_of(invitation_id: UUID) -> str:
    """The signed text of an invitation, to stand in an address or a QR code; it never changes."""
    return _SIGNER.sign(invitation_id.hex).replace(":", ".")


def invitation_opened(link: str, *, today: date) -> OpenedInvitation:
    """What a link opens (one query); inside the transaction its row is visible from here on.

    Raises NotFound: the link was never made here, or was cut short.
    """
    row = Invitation.objects.filter(id=shown_by(link)).select_related("unit", "post", "person").first()
    if row is None:
        raise NotFound(_UNKNOWN)
    return OpenedInvitation(
        row.id, row.unit_id, row.unit.name, row.post.title, row.person.name if row.person else "",
        state_of(Offer(row.expires_on, row.most, row.joined, row.ended_at is not None), today), row.expires_on,
    )


def shown_by(link: str) -> UUID:
    """The id of an invitation whose link is in hand, shown to the second wall for the length of the transaction.

    Raises NotFound: the link was never made here, or was cut short.
    """
    try:
        invitation_id = UUID(_SIGNER.unsign(link.replace(".", ":")))
    except (BadSignature, ValueError) as error:
        raise NotFound(_UNKNOWN) from error
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.invitation', %s, true)", [str(invitation_id)])
    return invitation_id


_UNKNOWN = "这个邀请链接不完整或者不存在。请重新扫描邀请单上的二维码，或联系发单的办公室。"
