"""The facts of complaints: which complaint went from where to where. No words, and never by whom it was brought."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zhitong.domain.complaints.rules.facts import FACT_OF
from zhitong.domain.complaints.rules.kinds import Act, State
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor

THING = "complaint"
_HIDDEN = frozenset({Act.SUBMIT, Act.SUPPLY})


def tell(act: Act, complaint_id: UUID, actor: Actor, now: datetime, before: State | None, after: State) -> None:
    """Record the fact of an act. The complainant's own acts name nobody, neither person nor unit nor request."""
    who = Actor(None, None, None, actor.via) if act in _HIDDEN else actor
    record(
        FACT_OF[act].value, thing_kind=THING, thing_id=complaint_id, actor=who, at=now,
        body={"from": before, "to": after},
    )
