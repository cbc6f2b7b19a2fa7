"""What is measured after facts: how long the problems they are about had stood, in working time."""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.problems.actions.measuring import measure_stays

FOLLOWER = "stays"


def measure(facts: Sequence[ReadFact]) -> None:
    """Measure the stays that ended with these facts; doing it again changes nothing."""
    measure_stays({fact.thing_id for fact in facts if fact.thing_kind == "problem"})
