"""One common problem as its offices read it, and what the page of a member says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.commons.models import Member
from zhitong.domain.commons.queries.ledger import CommonRow, row_columns, rows_of
from zhitong.domain.commons.queries.seeing import STANDING, members_seen_by, seen_by, standing_from
from zhitong.domain.commons.rules.facts import WORDS, CommonFact
from zhitong.domain.commons.rules.kinds import STILL_WAITING, CommonAct, CommonState, Membership, Progress, progress_of
from zhitong.domain.commons.rules.way import TABLE, CommonStanding, why_not
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import directory, person_names, post_titles, unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating, State
from zhitong.kit.refusals import NotFound

_MEMBER = (
    "problem_id", "problem__number", "problem__subject_name", "problem__region_id", "problem__state", "problem__rating",
    "problem__accountable_unit_id", "problem__reporter_unit_id", "problem__subject_id", "problem__confidential",
    "membership", "since", "until", "reason",
)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as this viewer may know it."""

    problem_id: UUID
    number: str
    subject_name: str
    region: str
    state: State
    progress: Progress
    unit: str
    confidential: bool
    membership: Membership
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class CommonChoice:
    """An act of this unit: allowed now, or the reason why not."""

    act: CommonAct
    allowed: bool
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class CommonTold:
    """One line of what happened; members that joined together stand in one line."""

    at: datetime
    kind: CommonFact
    unit: str
    who: str
    words: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer to all."""

    outcome: Outcome
    text: str
    planned_on: date | None
    power_missing: PowerMissing | None
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class CommonPage:
    """A common problem in full. `counted` holds the members by progress, `waiting` the firms that still wait."""

    row: CommonRow
    standing: CommonStanding
    asked: str
    measures: str
    closing: str
    answer: Answer | None
    members: tuple[MemberRow, ...]
    taken_out: tuple[MemberRow, ...]
    counted: dict[Progress, int]
    confidential: int
    acts: tuple[CommonChoice, ...]
    timeline: tuple[CommonTold, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a member's page says: part of which common problem, led by whom, with which answer to all."""

    number: str
    title: str
    lead: str
    state: CommonState
    is_open: bool
    answer: Answer | None


def common_page(viewer: Viewer, number: str, *, now: datetime) -> CommonPage:
    """One common problem by its number, in a fixed number of queries.

    Raises NotFound: there is none, or none for this viewer.
    """
    more = ("brief__asked", "brief__measures", "brief__closing", *_ANSWER)
    names = dict.fromkeys((*row_columns(), *STANDING, *more))
    found = seen_by(viewer).filter(number=number.strip()).values(*names).first()
    if found is None:
        raise NotFound
    standing = standing_from(found)
    members = _members(viewer, standing.id)
    belonging = tuple(one for one in members if one.membership is not Membership.TAKEN_OUT)
    [row] = rows_of(viewer, [found], now)
    return CommonPage(
        row=row, standing=standing, asked=found["brief__asked"], measures=found["brief__measures"],
        closing=found["brief__closing"], answer=_answer(found), members=belonging,
        taken_out=tuple(one for one in members if one.membership is Membership.TAKEN_OUT),
        counted=dict(Counter(one.progress for one in belonging)), confidential=sum(one.confidential for one in belonging),
        acts=_acts(viewer, standing), timeline=_timeline(facts_about(standing.id), {one.problem_id: one.number for one in members}),
    )


def belonging_of(problem_id: UUID) -> Belonging | None:
    """The common problem that a problem belongs to or was settled with; None where there is none (two queries).

    The caller must have opened the problem through its own scope.
    """
    row = (
        Member.objects.filter(problem_id=problem_id).exclude(membership=Membership.TAKEN_OUT.value).order_by("-id")
        .values("membership", *(f"common__{name}" for name in ("number", "title", "lead_id", "state", *_ANSWER))).first()
    )
    if row is None:
        return None
    common = {name.removeprefix("common__"): value for name, value in row.items()}
    return Belonging(
        common["number"], common["title"], unit_names([common["lead_id"]])[common["lead_id"]], CommonState(common["state"]),
        row["membership"] == Membership.JOINED.value, _answer(common),
    )


_ANSWER = ("outcome", "answer", "planned_on", "power_missing", "answered_at")


def _answer(row: dict[str, object]) -> Answer | None:
    if not row["outcome"]:
        return None
    power = row["power_missing"]
    return Answer(
        Outcome(row["outcome"]), str(row["answer"]), row["planned_on"], PowerMissing(power) if power else None,  # type: ignore[arg-type]
        row["answered_at"],  # type: ignore[arg-type]
    )


def _members(viewer: Viewer, common_id: UUID) -> list[MemberRow]:
    """The members this viewer may know, in the order they joined; who still waits first."""
    rows = list(members_seen_by(viewer).filter(common_id=common_id).order_by("id").values(*_MEMBER))
    names, regions = unit_names(row["problem__accountable_unit_id"] for row in rows), directory().regions
    found = []
    for row in rows:
        state, unit_id = State(row["problem__state"]), row["problem__accountable_unit_id"]
        rating = Rating(row["problem__rating"]) if row["problem__rating"] else None
        found.append(MemberRow(
            row["problem_id"], row["problem__number"], row["problem__subject_name"], regions[row["problem__region_id"]].name,
            state, progress_of(state, rating), names[unit_id] if unit_id else "", row["problem__confidential"],
            Membership(row["membership"]), row["since"], row["until"], row["reason"],
        ))
    return sorted(found, key=lambda one: one.progress not in STILL_WAITING)


def _acts(viewer: Viewer, standing: CommonStanding) -> tuple[CommonChoice, ...]:
    """The acts that are this unit's, the possible ones first; none once it is closed."""
    here, choices = directory(), []
    is_of = {True: viewer.unit_id == standing.office_id, False: viewer.unit_id == standing.lead_id}
    for move in TABLE:
        mine = (move.by_office and is_of[True]) or (move.by_lead and is_of[False])
        if mine and viewer.may(move.permission) and standing.state is not CommonState.CLOSED:
            reason = why_not(move.act, standing, viewer.unit_id, here)
            choices.append(CommonChoice(move.act, reason is None, reason or "", move.words))
    return tuple(sorted(choices, key=lambda choice: not choice.allowed))


def _timeline(facts: list[ToldFact], numbers: dict[UUID, str]) -> tuple[CommonTold, ...]:
    """What happened, oldest first. A member that this viewer may not know leaves no line."""
    units, people = unit_names(fact.unit_id for fact in facts), person_names(fact.person_id for fact in facts)
    posts = post_titles(fact.post_id for fact in facts)
    lines: list[CommonTold] = []
    for fact in facts:
        problem_id = UUID(fact.body["problem"]) if "problem" in fact.body else None
        if problem_id is not None and problem_id not in numbers:
            continue
        told = (numbers[problem_id],) if problem_id is not None else ()
        kind = CommonFact(fact.kind)
        if lines and told and (lines[-1].kind, lines[-1].at) == (kind, fact.at):
            lines[-1] = replace(lines[-1], numbers=lines[-1].numbers + told)
            continue
        person = people.get(fact.person_id, "") if fact.person_id else ""
        title = posts.get(fact.post_id, "") if fact.post_id else ""
        who = "成员问题都已结束，自动办结" if fact.via == "rule" else f"{title} {person}".strip()
        words = tuple((WORDS[name], text) for name, text in fact.words.items() if name in WORDS and text)
        lines.append(CommonTold(fact.at, kind, units.get(fact.unit_id, "") if fact.unit_id else "", who, words, told))
    return tuple(lines)
