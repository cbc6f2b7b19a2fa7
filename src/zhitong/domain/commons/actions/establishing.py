"""Establishing a common problem and joining problems to it: who cannot join or be moved is named, nothing is half-done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import due_after_workdays, warn_before
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.commons.actions.telling import about, tell
from zhitong.domain.commons.models import Brief, Common, Member
from zhitong.domain.commons.queries.seeing import common_locked, held_elsewhere
from zhitong.domain.commons.rules.facts import CommonFact
from zhitong.domain.commons.rules.kinds import CommonAct, CommonState, Membership, Treatment
from zhitong.domain.commons.rules.numbering import common_number
from zhitong.domain.commons.rules.way import (
    LEAST_MEMBERS,
    MOVES,
    CommonStanding,
    joining_trouble,
    lead_trouble,
    moving_act,
    stays_because,
    why_not,
)
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions.leading import TakeOver, take_over
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch, reassign
from zhitong.domain.problems.actions.writing import write_parties
from zhitong.domain.problems.queries.signing import steps_of
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.asking import why_not as why_not_done
from zhitong.domain.problems.rules.kinds import PartyRole
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import BadInput, Refused

LONGEST_TITLE, LONGEST_TEXT = 120, 2000
MOST_MEMBERS = 500
WORKDAYS_MOST = 250
_MOVES = {Act.DISPATCH: dispatch, Act.REASSIGN: reassign}


class NotNow(Refused):
    """The act is not possible as the common problem stands, or is another unit's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who acts, through which door, when."""

    viewer: Viewer
    via: str
    now: datetime
    request_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        """The viewer as the one who acts."""
        return self.viewer.actor(self.via, self.request_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an office lays down: title, category, who leads, what is to be studied, within how many working days, how the
    members are treated, and which problems are the first of them."""

    campaign: str
    title: str
    category: str
    lead_id: UUID
    asked: str
    workdays: int
    treatment: Treatment
    problem_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A problem that was not taken along, or not moved, and why."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Joining:
    """What came of it: how many joined, how many of them were moved, who stayed out, who joined and was not moved."""

    number: str
    joined: int
    moved: int
    left_out: tuple[Named, ...]
    unmoved: tuple[Named, ...]


@transaction.atomic
def establish(plan: Plan, turn: Turn) -> Joining:
    """Make a common problem of problems of the office's territory, led by a unit of its level.

    Members to be gathered are taken over from levels below and handed to the lead, a batch for each act, where this office
    may; the others join unmoved and are named. Costs a fixed number of statements, whatever the number of members.
    Raises NotYours: the post may not dispatch. Raises BadInput: a text, the lead or the limit is not fit, or fewer than
    two different reporters remain. Source: R-F8; 冀发〔2018〕7号 四（四）（七）.
    """
    scope.require(turn.viewer, Permission.DISPATCH)
    here = directory()
    plan = _checked(plan, turn.viewer, here)
    office = here.units[turn.viewer.unit_id]
    due = due_after_workdays(turn.now, plan.workdays, calendar_of(here.calendar_owners(office.id)))
    row = Common(
        number=common_number(here.regions[office.region_id], turn.now, _next_serial()), campaign=plan.campaign,
        region_id=office.region_id, office_id=office.id, lead_id=plan.lead_id, title=plan.title, category=plan.category,
        treatment=plan.treatment.value, state=CommonState.STUDIED.value, due_at=due.at,
        warn_at=warn_before(due, turn.now, calendar_of(here.calendar_owners(office.id))),
        due_is_provisional=due.is_provisional, established_at=turn.now, last_at=turn.now,
    )
    row.save(force_insert=True)
    Brief.objects.bulk_create([Brief(common_id=row.id, asked=plan.asked)])
    body = {"lead": plan.lead_id, "treatment": plan.treatment, "category": plan.category, "due": due.at}
    tell([about(CommonFact.ESTABLISHED, row.id, turn.actor, turn.now, body, {"asked": plan.asked})])
    return _join(_standing_of(row), plan.problem_ids, turn, here, LEAST_MEMBERS)


@transaction.atomic
def join(number: str, problem_ids: Sequence[UUID], turn: Turn) -> Joining:
    """Join further problems to a common problem of the office's own, treated as it was laid down.

    Raises NotFound: there is no such common problem for this viewer. Raises NotNow: it is closed, or another office's.
    Raises BadInput: none of them can join.
    """
    standing = permitted(CommonAct.JOIN, number, turn)
    joining = _join(standing, tuple(problem_ids), turn, directory(), 1)
    touched(standing, turn)
    return joining


def permitted(act: CommonAct, number: str, turn: Turn) -> CommonStanding:
    """The common problem, locked, when this is the viewer's act and it is possible now.

    Raises NotFound: there is none for this viewer. Raises NotYours, NotNow.
    """
    standing = common_locked(turn.viewer, number)
    scope.require(turn.viewer, MOVES[act].permission)
    reason = why_not(act, standing, turn.viewer.unit_id, directory())
    if reason:
        raise NotNow(reason)
    return standing


def touched(standing: CommonStanding, turn: Turn, **changes: object) -> None:
    """Write what an act changes of the common problem itself."""
    Common.objects.filter(id=standing.id).update(last_at=turn.now, **changes)


def _checked(plan: Plan, viewer: Viewer, here: Directory) -> Plan:
    office = here.units.get(viewer.unit_id)
    if office is None or office.kind is not UnitKind.CAMPAIGN_OFFICE:
        raise NotNow("共性问题由活动办公室确立。请把线索告诉本级活动办公室。")
    texts = {"title": (plan.title, LONGEST_TITLE), "asked": (plan.asked, LONGEST_TEXT)}
    wrong = {name: said for name, (text, most) in texts.items() if (said := text_trouble(text, most))}
    wrong |= {name: "请填写这一项。" for name, (text, _most) in texts.items() if not clean_text(text)}
    trouble = lead_trouble(here.units.get(plan.lead_id), office, here)
    if trouble:
        wrong["lead_id"] = trouble
    if not 1 <= plan.workdays <= WORKDAYS_MOST:
        wrong["workdays"] = f"办理时限填 1 到 {WORKDAYS_MOST} 个工作日。"
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)
    return replace(plan, title=clean_text(plan.title), asked=clean_text(plan.asked))


def _next_serial() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('commons_number')")
        return int(cursor.fetchone()[0])


def _standing_of(row: Common) -> CommonStanding:
    return CommonStanding(
        row.id, row.number, row.title, row.category, CommonState(row.state), Treatment(row.treatment), row.region_id,
        row.office_id, row.lead_id, row.last_at,
    )


def _join(
    common: CommonStanding, problem_ids: Sequence[UUID], turn: Turn, here: Directory, least: int
) -> Joining:
    """Take along who can join, move who can be moved, name the others; the transaction is the caller's."""
    chosen = list(dict.fromkeys(problem_ids))
    if len(chosen) > MOST_MEMBERS:
        raise BadInput(f"一次最多纳入 {MOST_MEMBERS} 件，请分几次纳入。", {"problems": f"一次最多纳入 {MOST_MEMBERS} 件。"})
    standings, taken = standings_locked(chosen), held_elsewhere(chosen)
    troubles = {one: joining_trouble(standings.get(one), common.region_id, taken, here) for one in chosen}
    members = [standings[one] for one in chosen if troubles[one] is None]
    left_out = tuple(Named(standings[one].number, said) for one, said in troubles.items() if said and one in standings)
    _require_enough(members, least, left_out)
    Member.objects.bulk_create([
        Member(common_id=common.id, problem_id=one.id, office_id=common.office_id,
               membership=Membership.JOINED.value, since=turn.now)
        for one in members
    ])
    write_parties(
        (one.id, common.lead_id, PartyRole.INFORMED.value, turn.now)
        for one in members if not one.confidential and not one.unnamed
    )
    tell(about(CommonFact.JOINED, common.id, turn.actor, turn.now, {"problem": one.id}) for one in members)
    moved, unmoved = _gather(common, members, turn, here) if common.treatment is Treatment.GATHER else (0, ())
    return Joining(common.number, len(members), moved, left_out, unmoved)


def _require_enough(members: Sequence[Standing], least: int, left_out: Sequence[Named]) -> None:
    reporters = {one.reporter_unit_id or one.id for one in members}
    if len(reporters) >= least:
        return
    named = "；".join(f"{one.number}{one.reason}" for one in left_out)
    said = f"共性问题至少要有 {least} 家不同企业反映" if least > 1 else "没有可以纳入的问题"
    sentence = f"{said}。{f'不能纳入的：{named}。' if named else '请重新选择问题。'}"
    raise BadInput(sentence, {"problems": sentence})


def _gather(
    common: CommonStanding, members: Sequence[Standing], turn: Turn, here: Directory
) -> tuple[int, tuple[Named, ...]]:
    """Take over what levels below have, then hand what is on this level to the lead unit: a batch for each act."""
    brought = _taken_over(common, [one for one in members if one.accountable_unit_id != common.lead_id], turn, here)
    by_act: dict[Act, list[Standing]] = {}
    unmoved = []
    needs_signing = _must_be_signed(common.office_id, turn.viewer)
    for one in (brought.get(one.id, one) for one in members):
        act = moving_act(one, common.office_id, common.lead_id, here)
        if act is Act.DISPATCH and needs_signing:
            unmoved.append(Named(one.number, "本办规定交办须经审签，请审签后交办"))
        elif act is not None:
            by_act.setdefault(act, []).append(one)
        elif one.accountable_unit_id != common.lead_id:
            unmoved.append(Named(one.number, stays_because(one, here)))
    for act, batch in by_act.items():
        _MOVES[act]([
            Dispatch(problem_id=one.id, actor=turn.actor, now=turn.now, unit_id=common.lead_id, reason=_reason(common))
            for one in batch
        ])
    moved = brought.keys() | {one.id for batch in by_act.values() for one in batch}
    return len(moved), tuple(unmoved)


def _taken_over(
    common: CommonStanding, members: Sequence[Standing], turn: Turn, here: Directory
) -> dict[UUID, Standing]:
    """The members that this office takes to its own level (提级办理), as they stand then."""
    below = [one for one in members if why_not_done(Act.TAKE_OVER, one, common.office_id, here) is None]
    if not below:
        return {}
    taken = take_over([
        TakeOver(problem_id=one.id, actor=turn.actor, now=turn.now, reason=_reason(common)) for one in below
    ])
    return {one.id: one for one in taken}


def _reason(common: CommonStanding) -> str:
    return f"已纳入共性问题“{common.title}”（{common.number}），归口办理。"


def _must_be_signed(office_id: UUID, viewer: Viewer) -> bool:
    """Whether the office has dispatching signed off first, and this viewer cannot sign himself."""
    return not viewer.may(Permission.SIGN) and bool(steps_of([office_id], Act.DISPATCH))
