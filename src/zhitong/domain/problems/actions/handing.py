"""Handing a post over: the successor may act at once, the sheet of what is open waits until both have signed it.

Work belongs to units, so nothing moves but names: where the served are looked after in the name of who leaves, his
successor's stands from the day on. The sheet lists what the unit has open on the day, that nobody may say later it was
not known. Source: R-B5, 冀发〔2018〕7号 三（五）.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.accounts.actions.passkeys import drop_passkeys_of_who_left
from zhitong.domain.accounts.actions.passwords import fault_of
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.actions.seating import NotHeld, change_holder
from zhitong.domain.organisations.actions.staffing import refuse_keeper
from zhitong.domain.organisations.queries import directory, holders_in
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import HandingOver
from zhitong.domain.problems.queries.handing import open_with
from zhitong.domain.problems.rules.handing import HandingFact, Side, side_of
from zhitong.domain.subjects.actions.caring import pass_on_care
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound


@transaction.atomic
def hand_over(
    *, tenure_id: UUID, login: str, name: str, password: str | None, note: str, actor: Actor, now: datetime, phone: str = ""
) -> UUID:
    """Give a post to a successor from today on and draw up the sheet; returns its id. Who keeps no other post keeps no passkey.

    `phone` is where those find the successor whom the unit looks after.

    Raises NotYours: the post does not administer. Raises NotFound: nobody of the level holds such a post.
    Raises NotToHandOn: the level above fills the post. Raises NotHeld, LoginTaken: see `change_holder`.
    Raises BadInput, at `password`: which rule the first password breaks.
    """
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.ADMINISTER)
    here = directory()
    office = here.units.get(actor.unit_id) if actor.unit_id else None
    if office is None:
        raise NotFound
    held = next((one for one in holders_in(office.region_id, day_of(now)) if one.tenure_id == tenure_id), None)
    if held is None:
        raise NotFound
    if viewer is not None:
        refuse_keeper(viewer, held.kind, office.region_id)
    trouble = fault_of(password, login=login, name=name) if password else ""
    if trouble:
        raise BadInput(trouble, {"password": trouble})
    coming = change_holder(
        post_id=held.post_id, leaving_id=held.person_id, login=login, name=name, password=password, on=day_of(now)
    )
    if coming == held.person_id:
        raise NotHeld("移交人和接收人不能是同一人。")
    drop_passkeys_of_who_left(held.person_id, actor=actor, now=now)
    ids = [str(one) for one in open_with(held.unit_id)]
    cares = pass_on_care(unit_id=held.unit_id, leaving=held.name, successor=name, phone=phone, actor=actor, now=now)
    sheet = HandingOver.objects.create(
        unit_id=held.unit_id, post_id=held.post_id, from_person_id=held.person_id, to_person_id=coming,
        made_by_unit_id=office.id, made_at=now, problems=ids, note=note, cares=cares,
    )
    body = {"post": held.post_id, "from": held.person_id, "to": coming, "open": len(ids), "cares": cares}
    record(HandingFact.MADE.value, thing_kind="handing", thing_id=sheet.id, actor=actor, at=now, body=body)
    return sheet.id


@transaction.atomic
def sign_hand_over(*, sheet_id: UUID, actor: Actor, now: datetime) -> Side:
    """Sign a sheet as the one who leaves or the one who comes; returns as whom.

    Raises NotFound: there is no such sheet for this person. Raises NotYours: it is for the two named to sign.
    Raises NotNow: it was signed already.
    """
    sheet = HandingOver.objects.select_for_update().filter(id=sheet_id).first()
    if sheet is None:
        raise NotFound
    side = side_of(actor.person_id, sheet.from_person_id, sheet.to_person_id)
    if side is None:
        raise NotYours("交接单由移交人和接收人各自签字，别人不能代签。")
    if getattr(sheet, _signed_at(side)) is not None:
        raise NotNow("您已经签过这份交接单。")
    HandingOver.objects.filter(id=sheet_id).update(**{_signed_at(side): now})
    record(HandingFact.SIGNED.value, thing_kind="handing", thing_id=sheet_id, actor=actor, at=now, body={"side": side})
    return side


@transaction.atomic
def register_signature(*, sheet_id: UUID, side: Side, actor: Actor, now: datetime) -> None:
    """Register that one of the two has signed the printed sheet: who left a post may have no desk to sign at any more.

    Raises NotYours: the post does not administer. Raises NotFound: the actor's unit drew up no such sheet.
    Raises NotNow: that side has signed already.
    """
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.ADMINISTER)
    sheet = HandingOver.objects.select_for_update().filter(id=sheet_id, made_by_unit_id=actor.unit_id).first()
    if sheet is None:
        raise NotFound
    if getattr(sheet, _signed_at(side)) is not None:
        raise NotNow(f"{side.label}已经签过这份交接单，不用再登记。")
    on_paper = "from_on_paper" if side is Side.FROM else "to_on_paper"
    HandingOver.objects.filter(id=sheet_id).update(**{_signed_at(side): now, on_paper: True})
    body = {"side": side, "on_paper": True}
    record(HandingFact.SIGNED.value, thing_kind="handing", thing_id=sheet_id, actor=actor, at=now, body=body)


def _signed_at(side: Side) -> str:
    return "from_signed_at" if side is Side.FROM else "to_signed_at"
