"""What follows from the facts of cycles and decisions: who is called is told, who asked hears, who is charged gets it."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.rhythm.rules.facts import AgendaFact, CycleFact, DecisionFact

THINGS = frozenset({"cycle", "decision"})
TOLD: dict[str, tuple[tuple[str, NoticeKind], ...]] = {
    str(CycleFact.CALLED): (("called", NoticeKind.MEETING_CALLED),),
    str(CycleFact.CHANGED): (("called", NoticeKind.MEETING_MOVED), ("left_out", NoticeKind.MEETING_NOT_NEEDED)),
    str(CycleFact.DROPPED): (("called", NoticeKind.MEETING_DROPPED),),
    str(CycleFact.PUBLISHED): (("called", NoticeKind.MINUTES_PUBLISHED),),
    str(AgendaFact.ASKED): (("office", NoticeKind.ITEM_ASKED),),
    str(AgendaFact.TAKEN): (("by_unit", NoticeKind.ITEM_TAKEN),),
    str(AgendaFact.LEFT_OUT): (("by_unit", NoticeKind.ITEM_LEFT_OUT),),
    str(DecisionFact.MADE): (("joint", NoticeKind.DECISION_SHARED), ("unit", NoticeKind.DECISION_GIVEN)),
    str(DecisionFact.ANSWERED): (("office", NoticeKind.DECISION_CARRIED_OUT),),
    str(DecisionFact.RETURNED): (("unit", NoticeKind.DECISION_GIVEN_BACK),),
    str(DecisionFact.CLOSED): (("unit", NoticeKind.DECISION_CHECKED),),
}
"""Whom a fact names under which words, and what they are told."""


def follow_cycle(fact: ReadFact) -> None:
    """Do what follows from a fact of a cycle or a decision; doing it again changes nothing.

    An office is told of a cycle that the clock opened for it, never of one it opened itself.
    """
    sides = TOLD.get(fact.kind, ())
    if fact.kind == str(CycleFact.OPENED) and fact.unit_id is None:
        sides = (("office", NoticeKind.MEETING_TO_PREPARE),)
    told: dict[UUID, NoticeKind] = {}
    for word, kind in sides:
        named = fact.body.get(word) or []
        told |= {UUID(unit_id): kind for unit_id in ([named] if isinstance(named, str) else named)}
    tell([
        Telling(unit_id, kind, fact.thing_kind, fact.thing_id, fact.body["name"], fact.id, fact.at) for unit_id, kind in told.items()
    ])
