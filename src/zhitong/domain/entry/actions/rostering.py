"""Taking a roster: one table of 单位, 姓名, 职务, 手机 seats a whole county, each person with an invitation of his own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.entry.actions.inviting import invite_person
from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.queries.rosters import Known, known_of
from zhitong.domain.entry.rules.kinds import EntryFact
from zhitong.domain.entry.rules.phones import phone_trouble
from zhitong.domain.entry.rules.rosters import RosterRow, seat_kind, unit_key
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.actions.seating import NewSeat, end_seats, seat_people
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.staffing import keeper_trouble
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

LONGEST_NAME, LONGEST_TITLE = 40, 60
MOST_ROWS = 5000
"""Rows of one call."""


class RosterNotTaken(BadInput):
    """Some rows cannot be taken; `fields` has a sentence for each, by "line.column". Nobody is seated then."""


@dataclass(frozen=True, slots=True)
class Seated:
    """What became of a row: the person, the post, whether the seat is new, and the invitation (None: he is here already)."""

    line: int
    person_id: UUID
    post_id: UUID
    is_new: bool
    invitation_id: UUID | None


@transaction.atomic
def take_roster(viewer: Viewer, rows: Sequence[RosterRow], *, actor: Actor, now: datetime) -> list[Seated]:
    """Seat everybody of a roster in the units of the viewer's territory, all or nobody; the same roster again seats nobody.

    A phone is the person: who is known keeps his name, sign-in and other seats. Titles that a unit has not yet become
    seats of the kind that they say. Statements do not grow with the rows.
    Raises NotYours: the post does not administer. Raises RosterNotTaken: unknown units, odd phones, doubled people.
    """
    require(viewer, Permission.ADMINISTER)
    known = known_of(viewer, [row.phone for row in rows])
    faults = roster_faults(rows, known)
    if faults:
        lines = len({place.split(".")[0] for place in faults})
        raise RosterNotTaken(f"有{lines}行不能开通，请按提示改正后再导入，其余的也没有保存。", faults)
    units = [known.unit_named(row.unit) for row in rows]
    seated = seat_people(
        [
            NewSeat(unit_id=unit.id, kind=seat_kind(row.title), title=row.title, name=row.name, phone=row.phone)
            for row, unit in zip(rows, units, strict=True) if unit is not None
        ],
        since=day_of(now),
    )
    invitations = _invite(list(zip(rows, units, seated, strict=True)), known, actor, now)
    return [
        Seated(row.line, person_id, post_id, is_new, invitations.get(person_id))
        for row, (person_id, post_id, is_new) in zip(rows, seated, strict=True)
    ]


def roster_faults(rows: Sequence[RosterRow], known: Known) -> dict[str, str]:
    """What is wrong with a roster, by "line.column" (unit, name, title, phone)."""
    seats = Counter((unit_key(row.unit), row.title, row.phone) for row in rows)
    names: dict[str, str] = {}
    faults: dict[str, str] = {}
    for row in rows:
        for column, said in row_faults(row, known):
            faults[f"{row.line}.{column}"] = said
        first = names.setdefault(row.phone, row.name)
        if row.phone and first != row.name:
            faults[f"{row.line}.phone"] = f"这个号码在前面是{first}的，请核对。"
        elif seats[(unit_key(row.unit), row.title, row.phone)] > 1:
            faults.setdefault(f"{row.line}.name", "这个人在同一个单位的同一个职务写了两次，请留一行。")
    return faults


def row_faults(row: RosterRow, known: Known) -> Iterator[tuple[str, str]]:
    """What is wrong in a row by itself, as (column, sentence)."""
    if known.unit_named(row.unit) is None:
        near = known.units_like(row.unit)
        yield "unit", f"本辖区没有“{row.unit}”。{'是不是' + '、'.join(near) + '？' if near else '请核对单位全称。'}"
    if not row.name or len(row.name) > LONGEST_NAME:
        yield "name", "请填写姓名。" if not row.name else f"姓名最多{LONGEST_NAME}个字。"
    if not row.title or len(row.title) > LONGEST_TITLE:
        yield "title", "请填写职务。" if not row.title else f"职务最多{LONGEST_TITLE}个字。"
    elif (unit := known.unit_named(row.unit)) is not None and (
        beyond := keeper_trouble(seat_kind(row.title), is_own_region=unit.region_id == known.region_id)
    ):
        yield "title", beyond
    if trouble := phone_trouble(row.phone):
        yield "phone", trouble
    elif row.name and (owner := known.people.get(row.phone)) is not None and owner.name != row.name:
        yield "phone", f"这个号码已经是{owner.name[0]}某的，与填写的姓名不一致，请核对。"


@transaction.atomic
def take_back_seats(seats: Mapping[UUID, bool], *, actor: Actor, now: datetime) -> None:
    """End seats that a roster gave, by tenure, with their open invitations; where true, the post was made by it and ends too.

    Whose seats they may be the caller asks. Statements do not grow with their number.
    """
    ended = end_seats(seats, on=day_of(now))
    people = {one.person_id for one in ended}
    posts = {one.post_id for one in ended}
    Invitation.objects.filter(person_id__in=people, post_id__in=posts, ended_at__isnull=True).update(ended_at=now)
    record_many([
        Fact(EntryFact.LEFT.value, "tenure", one.tenure_id, actor, now, {"unit": one.unit_id}, {"name": one.name})
        for one in ended
    ])


def _invite(
    seated: Sequence[tuple[RosterRow, UnitEntry | None, tuple[UUID, UUID, bool]]], known: Known, actor: Actor, now: datetime
) -> Mapping[UUID, UUID]:
    """An invitation for everyone newly seated who has never been here; one for each person, for the first of his seats."""
    rows: dict[UUID, Invitation] = {}
    facts = []
    for row, unit, (person_id, post_id, is_new) in seated:
        if unit is None or not is_new:
            continue
        facts.append(Fact(
            EntryFact.SEATED.value, "post", post_id, actor, now, {"unit": unit.id, "person": person_id}, {"name": row.name}
        ))
        owner = known.people.get(row.phone)
        if person_id not in rows and not (owner and owner.has_come):
            rows[person_id] = invite_person(
                unit_id=unit.id, region_id=unit.region_id, post_id=post_id, person_id=person_id, actor=actor, now=now
            )
    Invitation.objects.bulk_create(rows.values(), batch_size=1000)
    record_many(facts)
    return {person_id: row.id for person_id, row in rows.items()}
