"""What is looked at more closely after a fact, as one table: a fact's kind, and the look that may flag it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.problems.actions import flagging
from zhitong.domain.problems.rules.facts import ProblemFact

FOLLOWER = "flags"
LOOKS: dict[ProblemFact, Callable[[UUID, datetime], int]] = {
    ProblemFact.ACKNOWLEDGED: flagging.flag_signing,
    ProblemFact.REPLIED: flagging.flag_replying,
    ProblemFact.COMPLETED: flagging.flag_answering,
    ProblemFact.CONFIRMED: flagging.flag_rating,
    ProblemFact.REJECTED: flagging.flag_rating,
    ProblemFact.RATED: flagging.flag_rating,
}
_BY_KIND = {str(kind.value): look for kind, look in LOOKS.items()}


def look(fact: ReadFact) -> None:
    """Look at what a fact may be part of; doing it again changes nothing."""
    found = _BY_KIND.get(fact.kind)
    if found is not None:
        found(fact.thing_id, fact.at)
