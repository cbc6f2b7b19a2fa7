"""Joining: whoever holds an invitation takes the seat it offers, with a password or a phone of his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import transaction

from zhitong.domain.accounts.actions.passwords import fault_of, note_own_passwords
from zhitong.domain.entry.actions.codes import use_code
from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.queries.links import shown_by
from zhitong.domain.entry.rules.inviting import WHY_CLOSED, Offer, state_of
from zhitong.domain.entry.rules.kinds import EntryFact, InvitationState
from zhitong.domain.entry.rules.phones import phone_trouble, phone_written_right
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.actions.seating import take_seat
from zhitong.domain.organisations.queries import credentials_of
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused


class InvitationClosed(Refused):
    """The invitation was used up, has run out, or was ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What somebody with an invitation writes: name (kept from the invitation when it names one), phone, code, password.

    `password` may be empty: then the phone and its codes are the way in.
    """

    link: str
    name: str
    phone: str
    code: str
    password: str = ""


@transaction.atomic
def join(wanted: Joining, *, request_id: UUID | None, now: datetime) -> UUID:
    """Take the seat of an invitation; returns the person, who may then be signed in.

    A phone that is known is that person, who gains the seat beside his others. The code proves the phone.
    Raises NotFound: no such link. Raises InvitationClosed. Raises BadInput: `fields` says what to mend; nothing is kept
    but the try of the code.
    """
    row = Invitation.objects.select_for_update(of=("self",)).filter(id=shown_by(wanted.link)).select_related("person").first()
    if row is None:
        raise NotFound("这个邀请链接不完整或者不存在。请联系发单的办公室。")
    state = state_of(Offer(row.expires_on, row.most, row.joined, row.ended_at is not None), day_of(now))
    if state is not InvitationState.OPEN:
        raise InvitationClosed(WHY_CLOSED[state])
    phone, name = phone_written_right(wanted.phone), wanted.name.strip() or (row.person.name if row.person else "")
    faults = _faults(phone, name, wanted)
    if faults:
        raise BadInput("还没有开通，请按提示改正。", faults)
    use_code(phone, wanted.code, now=now)
    person_id = take_seat(
        post_id=row.post_id, person_id=row.person_id, name=name, phone=phone, password=wanted.password or None,
        since=day_of(now),
    )
    if wanted.password and check_password(wanted.password, credentials_of(person_id).encoded):
        note_own_passwords([person_id], now=now)  # who had one already keeps that, and stays as he was
    Invitation.objects.filter(id=row.id).update(joined=row.joined + 1)
    actor = Actor(person_id, row.post_id, row.unit_id, "web", request_id)
    record_many([
        Fact(EntryFact.JOINED.value, "invitation", row.id, actor, now, {"unit": row.unit_id, "post": row.post_id},
             {"name": name})
    ])
    return person_id


def _faults(phone: str, name: str, wanted: Joining) -> dict[str, str]:
    faults = {}
    if not name:
        faults["name"] = "请填写姓名。"
    elif len(name) > 40:
        faults["name"] = "姓名太长，最多40个字。"
    if trouble := phone_trouble(phone):
        faults["phone"] = trouble
    if not wanted.code.strip():
        faults["code"] = "请填写短信验证码。"
    if wanted.password and (trouble := fault_of(wanted.password, login=phone, name=name)):
        faults["password"] = f"{trouble}也可以不设密码，以后用手机验证码登录。"
    return faults
