"""座谈会: a meeting is written down once, and every matter raised there becomes a case of its own, linked to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.intake.actions.naming import Named, subject_named
from zhitong.domain.intake.models import Guest, Matter, Symposium
from zhitong.domain.intake.queries.symposia import FILES_OF
from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.domain.intake.rules.facts import IntakeFact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import BadInput

LONGEST_NAME, LONGEST_MINUTES, LONGEST_NOTE = 120, 20_000, 200
MOST_MATTERS, MOST_GUESTS = 100, 200
FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Raised:
    """A matter raised there: which firm, what."""

    firm: Named
    text: str
    category: str = UNDECIDED


@dataclass(frozen=True, slots=True)
class Invited:
    """A firm that was invited, and how it met the invitation; `note` is the reason it gave."""

    firm: Named
    attendance: Attendance = Attendance.CAME
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting as it was held."""

    campaign: str
    name: str
    held_on: date
    chaired_by: str
    came: str = ""
    minutes: str = ""
    matters: Sequence[Raised] = ()
    guests: Sequence[Invited] = ()
    file_ids: tuple[UUID, ...] = ()
    actor: Actor
    now: datetime


@transaction.atomic
def hold(viewer: Viewer, held: Held) -> UUID:
    """Write down a meeting with its matters, each a problem that goes its ordinary way; all of it or nothing.

    Raises NotYours: the post does not handle problems. Raises NotFound: a firm lies outside the viewer's reach.
    Raises BadInput: no name or chair, a day to come, a text too long or marked as classified, too many matters.
    Raises what `raise_problems` and `files.actions.attach` refuse. Source: 冀发〔2018〕7号 四（二）（三）; R-B4.
    """
    require(viewer, Permission.HANDLE)
    _refuse_wrong(held)
    row = Symposium.objects.create(
        campaign=held.campaign, unit_id=viewer.unit_id, region_id=viewer.region_id, held_on=held.held_on,
        name=clean_text(held.name), chaired_by=clean_text(held.chaired_by), came=clean_text(held.came),
        minutes=clean_text(held.minutes), written_at=held.now,
    )
    _write_guests(viewer, row, held.guests)
    happened_at = datetime.combine(held.held_on, time(), SHANGHAI).astimezone(UTC)
    problems = raise_problems([
        Report(
            campaign=held.campaign, source=Source.SYMPOSIUM, **subject_named(viewer, one.firm), category=one.category,
            text=one.text, happened_at=happened_at, actor=held.actor, now=held.now,
        )
        for one in held.matters
    ])
    Matter.objects.bulk_create([
        Matter(symposium=row, position=place, problem_id=problem.id) for place, problem in enumerate(problems, start=1)
    ])
    attach(held.file_ids, FILES_OF, row.id, actor=held.actor, now=held.now)
    record_many([Fact(
        IntakeFact.HELD.value, "symposium", row.id, held.actor, held.now,
        {"on": held.held_on, "matters": len(problems), "guests": len(held.guests)}, {"name": row.name, "chaired_by": row.chaired_by},
    )])
    return row.id


def _write_guests(viewer: Viewer, row: Symposium, guests: Sequence[Invited]) -> None:
    named = [subject_named(viewer, one.firm) for one in guests]
    Guest.objects.bulk_create([
        Guest(
            symposium=row, position=place, subject_id=said["subject_id"], name=said["subject_name"],
            attendance=one.attendance.value, note=clean_text(one.note),
        )
        for place, (one, said) in enumerate(zip(guests, named, strict=True), 1)
    ])


def _refuse_wrong(held: Held) -> None:
    wrong: dict[str, str] = {}
    for field, text, longest in (
        ("name", held.name, LONGEST_NAME), ("chaired_by", held.chaired_by, 60), ("came", held.came, LONGEST_MINUTES),
        ("minutes", held.minutes, LONGEST_MINUTES),
    ):
        trouble = text_trouble(text, longest)
        if trouble or (field in ("name", "chaired_by") and not clean_text(text)):
            wrong[field] = trouble or "请填写这一项。"
    if held.held_on > day_of(held.now):
        wrong["held_on"] = "召开日期不能晚于今天。"
    elif held.held_on.year < FIRST_YEAR:
        wrong["held_on"] = f"召开日期不能早于{FIRST_YEAR}年，请核对。"
    if len(held.matters) > MOST_MATTERS:
        wrong["matters"] = f"一次座谈会最多登记{MOST_MATTERS}个事项。"
    names = [one.firm.subject_id or one.firm.name.strip() for one in held.guests]
    if len(names) > MOST_GUESTS:
        wrong["guests"] = f"一次座谈会最多登记{MOST_GUESTS}家邀请企业。"
    elif len(set(names)) < len(names) or not all(names):
        wrong["guests"] = "邀请名单里有企业写了两次或没有写名称，请核对。"
    elif trouble := next(filter(None, (text_trouble(one.note, LONGEST_NOTE) for one in held.guests)), None):
        wrong["guests"] = trouble
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)
