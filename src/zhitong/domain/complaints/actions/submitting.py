"""Bringing a complaint: it is sealed from its first row, and its receiver is found by rule."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules import Due, due_after_workdays, warn_before
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.complaints.actions.telling import tell
from zhitong.domain.complaints.models import Complaint, Party, Step
from zhitong.domain.complaints.queries.rulebook import Laid, NoChannel, laid_down
from zhitong.domain.complaints.rules.kinds import Act, Part, State
from zhitong.domain.complaints.rules.numbering import receipt_number
from zhitong.domain.complaints.rules.receiving import Accused, receiver_of
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.refusals import BadInput

LONGEST_TEXT, LONGEST_NAME, LONGEST_WHEN = 5000, 120, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What is complained of: a unit, or somebody in words with the region he belongs to; what happened, when and where."""

    campaign: str
    unit_id: UUID | None = None
    region_id: UUID | None = None
    person: str = ""
    happened: str = ""
    text: str
    is_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """A complaint that was taken: its receipt number and who received it."""

    complaint_id: UUID
    number: str
    receiver: UnitEntry


@transaction.atomic
def submit(charge: Charge, *, actor: Actor, now: datetime) -> Sealed:
    """Bring a complaint of one's own; nobody but the receiver and one's own unit sees a trace of it.

    Unnamed, its name is not kept: who brought it stands in a row that only its own unit reads.
    Raises BadInput: nobody is named, a text is empty, too long, or bears a mark of classification.
    Raises NoChannel: the campaign names no receiver. Source: R-F13; 信访条例 第二十一条.
    """
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.REPORT)
    assert actor.unit_id is not None, "who reports acts for a unit"
    name = "" if charge.is_unnamed else unit_names([actor.unit_id])[actor.unit_id]
    return seal_up(checked(charge), Act.SUBMIT, by=actor, complainant_id=actor.unit_id, name=name, now=now)


def seal_up(
    charge: Charge, act: Act, *, by: Actor, complainant_id: UUID | None, name: str, now: datetime,
    problem_id: UUID | None = None,
) -> Sealed:
    """Write a checked complaint with its receiver and its first step; the transaction is the caller's.

    Raises NoChannel: see `submit`.
    """
    laid, here = laid_down(charge.campaign), directory()
    unit = here.units.get(charge.unit_id) if charge.unit_id else None
    region_id = unit.region_id if unit else charge.region_id
    assert region_id is not None, "a checked charge names a unit or a region"
    receiver = receiver_of(Accused(region_id, unit.id if unit else None), laid.receivers, here)
    if receiver is None:
        raise NoChannel
    row = _row(charge, laid, region_id, receiver, now)
    row.complainant_name, row.problem_id = name, problem_id
    row.save(force_insert=True)
    parties = [(receiver.id, Part.RECEIVER), *([(complainant_id, Part.COMPLAINANT)] if complainant_id else [])]
    Party.objects.bulk_create([
        Party(unit_id=unit_id, complaint_id=row.id, part=part.value, since=now) for unit_id, part in parties
    ])
    is_official = act is Act.SEAL
    Step.objects.bulk_create([Step(
        complaint_id=row.id, act=act.value, at=now, unit_id=by.unit_id if is_official else None,
        person_id=by.person_id if is_official else None,
    )])
    tell(act, row.id, by, now, None, State.SENT)
    return Sealed(row.id, row.number, receiver)


def checked(charge: Charge, longest: int = LONGEST_TEXT) -> Charge:
    """The charge with its texts cleaned; `longest` is how many characters it may tell.

    Raises BadInput: see `submit`.
    """
    texts = {"text": (charge.text, longest), "person": (charge.person, LONGEST_NAME),
             "happened": (charge.happened, LONGEST_WHEN)}
    wrong = {name: said for name, (text, most) in texts.items() if (said := text_trouble(text, most))}
    if not clean_text(charge.text):
        wrong["text"] = "请写明发生了什么事。"
    here = directory()
    if charge.unit_id is None and not clean_text(charge.person):
        wrong["person"] = "请选择被投诉的单位，或者写明被投诉的人员。"
    elif charge.unit_id is None and charge.region_id not in here.regions:
        wrong["region_id"] = "没有选择单位的，请选择被投诉的人员在哪一级。"
    elif charge.unit_id is not None and charge.unit_id not in here.units:
        wrong["unit_id"] = "没有这个单位，请从列出的单位中选择。"
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)
    return replace(charge, **{name: clean_text(text) for name, (text, _most) in texts.items()})  # type: ignore[arg-type]


def limit(workdays: int, since: datetime) -> tuple[Due, datetime]:
    """When a limit falls due, and when it warns."""
    due = due_after_workdays(since, workdays, calendar())
    return due, warn_before(due, since, calendar())


def _row(charge: Charge, laid: Laid, region_id: UUID, receiver: UnitEntry, now: datetime) -> Complaint:
    taken, taken_warn = limit(laid.acknowledge_workdays, now)
    notified, notified_warn = limit(laid.notify_workdays, now)
    return Complaint(
        number=receipt_number(secrets.choice), campaign=charge.campaign, accused_region_id=region_id,
        accused_unit_id=charge.unit_id, accused_person=charge.person, happened=charge.happened, text=charge.text,
        is_unnamed=charge.is_unnamed, state=State.SENT.value, holder_id=receiver.id, due_at=taken.at,
        warn_at=taken_warn, notify_due_at=notified.at, notify_warn_at=notified_warn,
        due_is_provisional=taken.is_provisional or notified.is_provisional, submitted_at=now, last_at=now,
    )
