"""What follows from the facts of curves and amendments: who decides is told, who asked hears."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.plans.queries.amendments import title_of
from zhitong.domain.plans.rules.change_facts import AmendmentFact, CurveFact

SIDES: dict[str, tuple[str, NoticeKind]] = {
    str(CurveFact.PROPOSED): ("to", NoticeKind.CURVE_TO_DECIDE),
    str(CurveFact.ACCEPTED): ("by", NoticeKind.CURVE_DECIDED),
    str(CurveFact.RETURNED): ("by", NoticeKind.CURVE_DECIDED),
    str(AmendmentFact.SUBMITTED): ("to", NoticeKind.AMENDMENT_TO_DECIDE),
    str(AmendmentFact.REFUSED): ("by", NoticeKind.AMENDMENT_REFUSED),
    str(AmendmentFact.AMENDED): ("units", NoticeKind.PLAN_AMENDED),
}
"""Which side of a fact is told, and what. Drafts and what was withdrawn ask nothing of anybody."""


def follow_change(fact: ReadFact) -> None:
    """Do what follows from a fact of a curve or an amendment; doing it again changes nothing.

    The lights that follow from another value or curve are the clock's (`stand_changed`): whatever changed them, once.
    """
    if fact.kind not in SIDES:
        return
    side, kind = SIDES[fact.kind]
    named = fact.body.get(side) or []
    words = fact.body.get("name") or title_of(fact.thing_id)
    tell([
        Telling(UUID(unit), kind, fact.thing_kind, fact.thing_id, words, fact.id, fact.at)
        for unit in ([named] if isinstance(named, str) else named) if UUID(unit) != fact.unit_id
    ])
