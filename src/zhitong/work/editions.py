"""What follows from the facts of editions: who checks figures is told, who objected hears, whom a paper names gets it."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind

THING = "edition"
TOLD: dict[str, tuple[str, NoticeKind]] = {
    str(EditionFact.CHECK_ASKED): ("units", NoticeKind.FIGURES_TO_CHECK),
    str(EditionFact.CHECK_OBJECTED): ("by_unit", NoticeKind.FIGURES_OBJECTED),
    str(EditionFact.CHECK_SETTLED): ("unit", NoticeKind.OBJECTION_SETTLED),
    str(EditionFact.ISSUED): ("units", NoticeKind.EDITION_ISSUED),
}
"""Which side of a fact is told, and what. Drafts and their wordings ask nothing of anybody outside the office; what waits
there for its signature stands among its duties."""


def follow_edition(fact: ReadFact) -> None:
    """Do what follows from a fact of an edition; doing it again changes nothing."""
    if fact.kind not in TOLD:
        return
    side, kind = TOLD[fact.kind]
    named = fact.body.get(side) or []
    tell([
        Telling(UUID(unit), kind, fact.thing_kind, fact.thing_id, fact.body["name"], fact.id, fact.at)
        for unit in ([named] if isinstance(named, str) else named)
    ])
