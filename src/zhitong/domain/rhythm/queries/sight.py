"""Whose cycles, agendas and decisions one may see: the queries' own predicate, the same as the wall in the database."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.rhythm.models import AgendaItem, Cycle, Decision, Figure, Habit
from zhitong.domain.rhythm.rules.kinds import AgendaSource, AgendaState, CycleSide, CycleState, DecisionState
from zhitong.domain.rhythm.rules.way import Hand
from zhitong.kit.refusals import NotFound

FILES_OF = "decision"
"""The kind of thing that files are attached to here."""
OPEN_TO_ALL_CALLED = (AgendaSource.ASKED.value, AgendaSource.OWN.value)
"""What everybody at the table reads of an agenda; what is red of somebody is read by him and the offices above."""
NOT_DROPPED_UNTOLD = ~Q(state=CycleState.DROPPED.value) | Q(called_at__isnull=False)
"""Who was called to a meeting that was given up reads why; who had not heard of it yet never does."""


def cycles_seen(viewer: Viewer, side: CycleSide | None = None) -> QuerySet[Cycle]:
    """Every cycle the viewer may see, or those of one side: its own, those it is called to, those of the regions below."""
    sides = {
        CycleSide.OWN: Q(office_id=viewer.unit_id),
        CycleSide.CALLED: Q(called__contains=[viewer.unit_id]) & NOT_DROPPED_UNTOLD,
        CycleSide.BELOW: _below(viewer, "region_id"),
    }
    if side is CycleSide.BELOW:
        return Cycle.objects.filter(sides[side]).exclude(office_id=viewer.unit_id)
    if side is not None:
        return Cycle.objects.filter(sides[side])
    if not first_wall_stands():
        return Cycle.objects.all()
    return Cycle.objects.filter(sides[CycleSide.OWN] | sides[CycleSide.CALLED] | sides[CycleSide.BELOW])


def agenda_seen(viewer: Viewer, cycle_id: UUID) -> QuerySet[AgendaItem]:
    """The items of an agenda the viewer may see: all for its office and those above; who was called sees what is put on that
    everybody may read or that is his, and what he asked for himself."""
    items = AgendaItem.objects.filter(cycle_id=cycle_id)
    if not first_wall_stands():
        return items
    called = Cycle.objects.filter(id=OuterRef("cycle_id"), called__contains=[viewer.unit_id])
    known = called.exclude(state__in=[CycleState.PREPARING.value, CycleState.DROPPED.value])
    read = Q(unit_id=viewer.unit_id) | Q(source__in=OPEN_TO_ALL_CALLED)
    seen = Q(office_id=viewer.unit_id) | Q(by_unit_id=viewer.unit_id) | Q(state=AgendaState.ON.value) & read & Exists(known)
    return items.filter(seen | _below(viewer, "cycle__region_id"))


def figures_seen(viewer: Viewer, cycle_id: UUID) -> QuerySet[Figure]:
    """The snapshot of a cycle: for its office and those above from the first day, for who was called once he was told."""
    figures = Figure.objects.filter(cycle_id=cycle_id)
    if not first_wall_stands():
        return figures
    told = ~Q(cycle__state__in=[CycleState.PREPARING.value, CycleState.DROPPED.value])
    told &= Q(cycle__called__contains=[viewer.unit_id])
    return figures.filter(Q(cycle__office_id=viewer.unit_id) | _below(viewer, "cycle__region_id") | told)


def decisions_seen(viewer: Viewer) -> QuerySet[Decision]:
    """Every decision the viewer may see: of its cycles, given to it, shared by it, given to units of its territory."""
    if not first_wall_stands():
        return Decision.objects.all()
    met = Cycle.objects.filter(id=OuterRef("cycle_id")).filter(
        Q(called__contains=[viewer.unit_id]) & NOT_DROPPED_UNTOLD | _below(viewer, "region_id")
    )
    told = Q(unit_id=viewer.unit_id) | Q(joint__contains=[viewer.unit_id]) | Q(Exists(met)) | _below(viewer, "unit_region_id")
    return Decision.objects.filter(Q(office_id=viewer.unit_id) | ~Q(state=DecisionState.DRAFT.value) & told)


def habits_seen(viewer: Viewer) -> QuerySet[Habit]:
    """The habits of the viewer's unit."""
    return Habit.objects.filter(office_id=viewer.unit_id)


def hands_on(cycle: Cycle, unit_id: UUID | None) -> frozenset[Hand]:
    """In which part a unit acts on a cycle."""
    hands = {Hand.OFFICE} if unit_id == cycle.office_id else set()
    return frozenset(hands | ({Hand.CALLED} if unit_id in cycle.called else set()))


def hands_on_decision(decision: Decision, unit_id: UUID | None) -> frozenset[Hand]:
    """In which part a unit acts on a decision."""
    parts = {
        Hand.OFFICE: unit_id == decision.office_id, Hand.LEAD: unit_id == decision.unit_id, Hand.JOINT: unit_id in decision.joint,
    }
    return frozenset(hand for hand, is_so in parts.items() if is_so)


def may_read_answers(viewer: Viewer, decision: Decision) -> bool:
    """Whether what came of a decision is the viewer's to read: not every unit at the table reads how another got on."""
    return not first_wall_stands() or bool(hands_on_decision(decision, viewer.unit_id)) or viewer.reach is Reach.SUBTREE


def must_see_decision(viewer: Viewer, decision_id: UUID) -> None:
    """Refuse a file beside a decision to whoever may not read what came of it.

    Raises NotFound.
    """
    row = decisions_seen(viewer).filter(id=decision_id).first()
    if row is None or not may_read_answers(viewer, row):
        raise NotFound


def _below(viewer: Viewer, column: str) -> Q:
    """Rows of the viewer's region and those below, for whom all of it is open; nothing for others."""
    if viewer.reach is not Reach.SUBTREE:
        return Q(pk__in=[])
    within = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    return Q(**{f"{column}__in": within})
