"""Supervise (督办): draft a paper to one unit, sign and number it, answer it, accept or once return the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules import LimitUnit, arithmetic, due_after_workdays, warn_before
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.supervision.actions.urging import NotPressed, press, standings_of
from zhitong.domain.supervision.models import Supervision, SupervisionCase
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.supervision.rules.kinds import Grade, SupervisionState, UrgingKind
from zhitong.domain.supervision.rules.pressing import why_not_supervise
from zhitong.domain.supervision.rules.way import SupervisionAct, SupervisionStanding, number_of, why_not
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

CASES_MOST, WORKDAYS_MOST = 50, 60


class NotNow(Refused):
    """The act is not possible as the supervision stands, or is another unit's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """A paper to be: on which problems of one unit, how strongly, what is demanded in how many working days."""

    problem_ids: tuple[UUID, ...]
    grade: Grade
    demand: str
    workdays: int
    actor: Actor
    now: datetime


@transaction.atomic
def draft(drafting: Drafting) -> UUID:
    """Draft a supervision; it has no number and nobody but the issuing unit sees it. Returns its id.

    Raises NotFound: a problem is not there for this viewer. Raises NotYours: the post may not supervise.
    Raises NotPressed: a problem may not be supervised by this unit, or they are not all of one unit.
    Raises BadInput: working days out of measure.
    Source: R-F5, R-B8, 冀发〔2018〕7号 四（六）.
    """
    _require_post()
    _held_to_measure(drafting)
    standings, by_unit_id = standings_of(drafting.problem_ids), drafting.actor.unit_id
    unit_id = _one_unit(standings, by_unit_id)
    assert by_unit_id is not None, "who may supervise acts for a unit"
    paper = Supervision.objects.create(
        id=uuid7(), by_unit_id=by_unit_id, unit_id=unit_id,
        unit_region_id=directory().units[unit_id].region_id, grade=drafting.grade.value,
        state=SupervisionState.DRAFTED.value, demand=drafting.demand, workdays=drafting.workdays,
    )
    SupervisionCase.objects.bulk_create(
        SupervisionCase(supervision_id=paper.id, problem_id=one.id) for one in standings
    )
    _tell(SupervisionFact.DRAFTED, paper, drafting.actor, drafting.now,
          {"grade": drafting.grade, "problems": list(drafting.problem_ids), "workdays": drafting.workdays},
          {"demand": drafting.demand})
    return paper.id


@transaction.atomic
def issue(*, supervision_id: UUID, signed_by: str, signed_on: date, actor: Actor, now: datetime) -> str:
    """Sign a draft: it takes its unit's next number of the year, its limit begins, the problems are pressed.

    The number's counter stays locked until the transaction ends, so that numbers have no gap. Returns the number.

    Raises NotFound, NotNow, NotYours; NotPressed: a problem has moved to another unit or may no longer be supervised.
    Raises BadInput: signed on a day to come.
    """
    paper = _permitted(SupervisionAct.ISSUE, supervision_id, actor)
    if signed_on > day_of(now):
        raise BadInput("签发日期不能晚于今天。", {"signed_on": "签发日期不能晚于今天。"})
    standings = standings_of(sorted(paper.cases.values_list("problem_id", flat=True)))
    if _one_unit(standings, actor.unit_id) != paper.unit_id:
        raise NotPressed("起草后问题已转由其他单位承办，这份督办单不能签发。请作废草稿，另行起草。")
    here, days, year = directory(), calendar(), day_of(now).year
    due = due_after_workdays(now, paper.workdays, days)
    serial = _next_serial(paper.by_unit_id, year)
    by = here.units[paper.by_unit_id]
    paper.number = number_of(by, here.regions[by.region_id], year, serial)
    paper.year, paper.serial, paper.signed_by, paper.signed_on = year, serial, signed_by, signed_on
    paper.state, paper.issued_at = SupervisionState.ISSUED.value, now
    paper.due_at, paper.warn_at = due.at, warn_before(due, now, days)
    paper.due_words = arithmetic(now, due, paper.workdays, LimitUnit.WORKDAYS, days, "签发")
    paper.save()
    press(UrgingKind.SUPERVISE, standings, actor, now, supervision_id=paper.id)
    _tell(SupervisionFact.ISSUED, paper, actor, now, {"due_at": due.at, "signed_on": signed_on}, {"signed_by": signed_by})
    return paper.number


@transaction.atomic
def discard(*, supervision_id: UUID, actor: Actor, now: datetime) -> None:
    """Throw a draft away; it had no number, so none is missing.

    Raises NotFound, NotNow, NotYours.
    """
    paper = _permitted(SupervisionAct.DISCARD, supervision_id, actor)
    _tell(SupervisionFact.DISCARDED, paper, actor, now, {}, {})
    paper.delete()


@transaction.atomic
def answer(*, supervision_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """Report back to the supervising unit what was done; the first answer's time stays known.

    Raises NotFound, NotNow, NotYours.
    """
    paper = _permitted(SupervisionAct.ANSWER, supervision_id, actor, Permission.HANDLE)
    paper.state, paper.answer, paper.answered_at = SupervisionState.ANSWERED.value, text, now
    paper.first_answered_at = paper.first_answered_at or now
    paper.save()
    _tell(SupervisionFact.ANSWERED, paper, actor, now, {}, {"text": text})


@transaction.atomic
def return_answer(*, supervision_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Return an answer once, saying what is missing; the due time stays what it was.

    Raises NotFound, NotNow, NotYours.
    """
    paper = _permitted(SupervisionAct.RETURN, supervision_id, actor)
    paper.state, paper.return_reason, paper.returns = SupervisionState.RETURNED.value, reason, paper.returns + 1
    paper.save()
    _tell(SupervisionFact.RETURNED, paper, actor, now, {}, {"reason": reason})


@transaction.atomic
def accept(*, supervision_id: UUID, opinion: str, actor: Actor, now: datetime) -> None:
    """Take the answer as done; the problems go on by their own way.

    Raises NotFound, NotNow, NotYours.
    """
    paper = _permitted(SupervisionAct.ACCEPT, supervision_id, actor)
    paper.state, paper.accepted_at, paper.opinion = SupervisionState.ACCEPTED.value, now, opinion
    paper.save()
    _tell(SupervisionFact.ACCEPTED, paper, actor, now, {}, {"opinion": opinion} if opinion else {})


def _require_post(permission: Permission = Permission.SUPERVISE) -> None:
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, permission)


def _held_to_measure(drafting: Drafting) -> None:
    if not drafting.problem_ids:
        raise NotPressed("没有选中任何问题，请先选择要督办的。")
    if len(drafting.problem_ids) > CASES_MOST:
        raise NotPressed(f"一份督办单最多督办 {CASES_MOST} 个问题，请分几份。")
    if not 1 <= drafting.workdays <= WORKDAYS_MOST:
        sentence = f"办理期限填 1 至 {WORKDAYS_MOST} 个工作日。"
        raise BadInput(sentence, {"workdays": sentence})


def _one_unit(standings: Sequence[Standing], by_unit_id: UUID | None) -> UUID:
    """The one unit that is accountable for all of them.

    Raises NotPressed: one may not be supervised by this unit, or there are several units.
    """
    here = directory()
    for one in standings:
        reason = why_not_supervise(one, by_unit_id, here)
        if reason:
            raise NotPressed(f"{one.number}：{reason}" if len(standings) > 1 else reason)
    units = {one.accountable_unit_id for one in standings}
    if len(units) > 1:
        names = "、".join(sorted(here.units[one].name for one in units if one))
        raise NotPressed(f"一份督办单只能督办一个单位，选中的问题由{names}承办。请按单位分别督办。")
    [unit_id] = units
    assert unit_id is not None, "who may be supervised is accountable"
    return unit_id


def _permitted(
    act: SupervisionAct, supervision_id: UUID, actor: Actor, permission: Permission = Permission.SUPERVISE
) -> Supervision:
    """The paper, locked, when the actor's unit may do the act now."""
    paper = Supervision.objects.select_for_update().filter(id=supervision_id).first()
    if paper is None:
        raise NotFound
    _require_post(permission)
    standing = SupervisionStanding(SupervisionState(paper.state), paper.by_unit_id, paper.unit_id, paper.returns)
    reason = why_not(act, standing, actor.unit_id, unit_names((paper.by_unit_id, paper.unit_id)))
    if reason:
        raise NotNow(reason)
    return paper


def _next_serial(unit_id: UUID, year: int) -> int:
    """The next number of a unit in a year; its row is locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO supervision_counter AS counter (id, unit_id, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (unit_id, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [uuid7(), unit_id, year],
        )
        return int(cursor.fetchone()[0])


def _tell(
    kind: SupervisionFact, paper: Supervision, actor: Actor, now: datetime, body: Mapping[str, Any],
    words: Mapping[str, str],
) -> None:
    sides = {"unit": paper.unit_id, "by_unit": paper.by_unit_id, "number": paper.number}
    record(kind.value, thing_kind="supervision", thing_id=paper.id, actor=actor, at=now, body={**sides, **body},
           details=words)
