"""Supervisions: the ledger of a side, and one paper as its page and its print show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import person_names, post_titles, unit_names
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.supervision.models import Supervision, SupervisionCase, Urging
from zhitong.domain.supervision.queries.pressed import UrgingView, urging_views
from zhitong.domain.supervision.queries.sight import supervisions_of, supervisions_seen, urgings_seen
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.supervision.rules.kinds import Grade, Side, SupervisionState
from zhitong.domain.supervision.rules.way import (
    RUNNING,
    TABLE,
    SupervisionAct,
    SupervisionStanding,
    light_of_paper,
    why_not,
)
from zhitong.kit.choices import Word
from zhitong.kit.refusals import NotFound

_RUNNING = Q(state__in=[state.value for state in RUNNING])


class PaperOrder(Word):
    """The orders of a list of papers."""

    NEWEST = "newest", "最新的在前"
    DUE = "due", "最急的在前"


@dataclass(frozen=True, slots=True)
class PaperFilters:
    """What a list is narrowed to; empty asks nothing. `words` looks in number and demand."""

    states: tuple[SupervisionState, ...] = ()
    grade: Grade | None = None
    light: Light | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as a list shows it: `cases` problems, of which the unit moved `acted` within two working days."""

    id: UUID
    number: str
    grade: Grade
    state: SupervisionState
    by_unit: str
    unit: str
    demand: str
    cases: int
    acted: int
    issued_at: datetime | None
    due_at: datetime | None
    light: Light
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """An act on the paper that belongs to the viewer's post: allowed now, or the reason why not."""

    act: SupervisionAct
    allowed: bool
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class PaperTold:
    """One line of what happened to a paper."""

    at: datetime
    kind: SupervisionFact
    unit: str
    who: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One paper in full; `cases` are the problems that the viewer may see, `urgings` what came of pressing each."""

    row: PaperRow
    workdays: int
    signed_by: str
    signed_on: date | None
    due_words: str
    answer: str
    first_answered_at: datetime | None
    return_reason: str
    opinion: str
    accepted_at: datetime | None
    cases: tuple[ProblemHead, ...]
    urgings: tuple[UrgingView, ...]
    acts: tuple[PaperChoice, ...]
    timeline: tuple[PaperTold, ...]


def sides_of(viewer: Viewer) -> list[Side]:
    """The sides from which an official looks, the most useful first; the served have none."""
    if viewer.unit_kind is UnitKind.SERVED:
        return []
    sides = [Side.SENT, Side.RECEIVED] if viewer.may(Permission.SUPERVISE) else [Side.RECEIVED]
    return [*sides, Side.BELOW] if viewer.reach is Reach.SUBTREE else sides


def papers_for(
    viewer: Viewer, side: Side, filters: PaperFilters, *, now: datetime, order: PaperOrder = PaperOrder.NEWEST,
    turned: bool = False, after: tuple[datetime | None, UUID] | None = None, limit: int = 50,
) -> list[PaperRow]:
    """One page of a side's papers; two queries. PaperOrder.DUE holds only what is signed; `turned` reads backwards.

    Raises NotFound: the viewer has no such side.
    """
    found = _asked(viewer, side, filters, now)
    descending = (order is PaperOrder.NEWEST) is not turned
    if order is PaperOrder.DUE:
        found = found.filter(due_at__isnull=False)
    if after is not None:
        found = found.filter(_beyond(order, after, descending))
    columns = ("due_at", "id") if order is PaperOrder.DUE else ("id",)
    placed = found.order_by(*(F(name).desc() if descending else F(name).asc() for name in columns))
    rows = list(_with_counts(placed)[:limit])
    names = unit_names(id_ for one in rows for id_ in (one.by_unit_id, one.unit_id))
    return [_row(one, names, now) for one in rows]


def count_papers(viewer: Viewer, side: Side, filters: PaperFilters, *, now: datetime, most: int, timed: bool = False) -> int:
    """How many a side holds, counted up to `most`; `timed` as in PaperOrder.DUE. One query."""
    found = _asked(viewer, side, filters, now)
    return (found.filter(due_at__isnull=False) if timed else found)[:most].count()


def paper_page(viewer: Viewer, supervision_id: UUID, *, now: datetime) -> PaperPage:
    """One paper in a fixed number of queries.

    Raises NotFound: there is no such paper, or none for this viewer.
    """
    paper = _with_counts(supervisions_seen(viewer).filter(id=supervision_id)).first()
    if paper is None:
        raise NotFound
    cases = SupervisionCase.objects.filter(supervision_id=paper.id).values_list("problem_id", flat=True)
    heads, facts = heads_for(viewer, ids=cases), facts_about(paper.id)
    names = unit_names((paper.by_unit_id, paper.unit_id, *(one.unit_id for one in facts)))
    urgings = urgings_seen(viewer).filter(supervision_id=paper.id).select_related("supervision", "instruction")
    return PaperPage(
        _row(paper, names, now), paper.workdays, paper.signed_by, paper.signed_on, paper.due_words, paper.answer,
        paper.first_answered_at, paper.return_reason, paper.opinion, paper.accepted_at, tuple(heads.values()),
        urging_views([one for one in urgings.order_by("id") if one.problem_id in heads], now),
        _acts(viewer, paper, names), _timeline(facts, names),
    )


def paper_numbered(viewer: Viewer, number: str, *, now: datetime) -> PaperPage:
    """The signed paper with a number, as `paper_page`.

    Raises NotFound: there is no such paper, or none for this viewer.
    """
    found = supervisions_seen(viewer).filter(number=number).exclude(number="").values_list("id", flat=True).first()
    if found is None:
        raise NotFound
    return paper_page(viewer, found, now=now)


def _asked(viewer: Viewer, side: Side, filters: PaperFilters, now: datetime) -> QuerySet[Supervision]:
    if side not in sides_of(viewer):
        raise NotFound
    found = supervisions_of(viewer, side)
    if filters.states:
        found = found.filter(state__in=[state.value for state in filters.states])
    if filters.grade:
        found = found.filter(grade=filters.grade.value)
    if filters.words:
        found = found.filter(Q(number__icontains=filters.words) | Q(demand__icontains=filters.words))
    lights = {
        Light.OVERDUE: _RUNNING & Q(due_at__lt=now), Light.SOON: _RUNNING & Q(due_at__gte=now, warn_at__lte=now),
        Light.NORMAL: _RUNNING & Q(warn_at__gt=now), Light.NONE: ~_RUNNING,
    }
    return found.filter(lights[filters.light]) if filters.light else found


def _beyond(order: PaperOrder, after: tuple[datetime | None, UUID], descending: bool) -> Q:
    due_at, id_ = after
    step = "lt" if descending else "gt"
    if order is PaperOrder.NEWEST:
        return Q(**{f"id__{step}": id_})
    return Q(**{f"due_at__{step}": due_at}) | Q(**{"due_at": due_at, f"id__{step}": id_})


def _with_counts(found: QuerySet[Supervision]) -> QuerySet[Supervision]:
    cases = SupervisionCase.objects.filter(supervision_id=OuterRef("id")).values("supervision_id")
    acted = Urging.objects.filter(supervision_id=OuterRef("id"), effect_at__isnull=False).values("supervision_id")
    counted = cases.annotate(n=Count("problem_id")).values("n"), acted.annotate(n=Count("id")).values("n")
    case_count, acted_count = (Coalesce(Subquery(one, output_field=IntegerField()), 0) for one in counted)
    return found.annotate(case_count=case_count, acted_count=acted_count)


def _row(one: Supervision, names: Mapping[UUID, str], now: datetime) -> PaperRow:
    state = SupervisionState(one.state)
    return PaperRow(
        one.id, one.number, Grade(one.grade), state, names[one.by_unit_id], names[one.unit_id], one.demand,
        one.case_count, one.acted_count, one.issued_at, one.due_at,  # type: ignore[attr-defined]
        light_of_paper(state, one.due_at, one.warn_at, one.first_answered_at, now), one.answered_at,
    )


def _acts(viewer: Viewer, paper: Supervision, names: Mapping[UUID, str]) -> tuple[PaperChoice, ...]:
    """The acts of this state that the viewer's post could do."""
    standing = SupervisionStanding(SupervisionState(paper.state), paper.by_unit_id, paper.unit_id, paper.returns)
    choices = []
    for move in TABLE:
        permission = Permission.HANDLE if move.act is SupervisionAct.ANSWER else Permission.SUPERVISE
        if standing.state in move.since and viewer.may(permission):
            reason = why_not(move.act, standing, viewer.unit_id, names)
            choices.append(PaperChoice(move.act, reason is None, reason or "", move.words))
    return tuple(choices)


def _timeline(facts: Sequence[ToldFact], names: Mapping[UUID, str]) -> tuple[PaperTold, ...]:
    people, posts = person_names(one.person_id for one in facts), post_titles(one.post_id for one in facts)
    return tuple(
        PaperTold(
            one.at, SupervisionFact(one.kind), names.get(one.unit_id, "") if one.unit_id else "",
            " ".join(filter(None, (posts.get(one.post_id) if one.post_id else "",
                                   people.get(one.person_id) if one.person_id else ""))),
        )
        for one in facts
    )
