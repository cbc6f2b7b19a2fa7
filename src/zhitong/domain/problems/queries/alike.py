"""Past matters like one that waits to be handed out, and who solved them: a suggestion that decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.problems.models import Answer, Problem
from zhitong.domain.problems.rules.kinds import Outcome, State
from zhitong.domain.problems.rules.likeness import most_alike
from zhitong.domain.problems.rules.standing import Standing

LOOKED_AT = 200
SHOWN = 3
SETTLED = (Outcome.SOLVED.value, Outcome.PARTLY.value)


@dataclass(frozen=True, slots=True)
class AlikeCase:
    """A past matter of the same category in the same region, and the unit whose answer settled it."""

    number: str
    excerpt: str
    unit: str
    outcome: Outcome


def alike_to(standing: Standing, text: str) -> tuple[AlikeCase, ...]:
    """Up to three settled matters like this one, the likest first; reads the newest LOOKED_AT of its category and region.

    Confidential matters are neither asked for nor given. Three queries, none for a matter that is confidential.
    """
    if standing.confidential:
        return ()
    past = Problem.objects.filter(
        region_id=standing.region_id, category=standing.category, subject_kind=standing.subject_kind,
        state=State.CLOSED.value, outcome__in=SETTLED, confidential=False,
    ).order_by("-id").values_list("id", "number", "text", "outcome")[:LOOKED_AT]
    found = most_alike(text, [(row, row[2]) for row in past], SHOWN)
    units = _answered_by([row[0] for row in found])
    return tuple(
        AlikeCase(number, said[:60], units.get(problem_id, ""), Outcome(outcome))
        for problem_id, number, said, outcome in found
    )


def _answered_by(problem_ids: list[UUID]) -> dict[UUID, str]:
    """The unit that answered each problem last, by name."""
    if not problem_ids:
        return {}
    rows = Answer.objects.filter(problem_id__in=problem_ids).order_by("answered_at", "id")
    last = dict(rows.values_list("problem_id", "unit_id"))
    names = unit_names(last.values())
    return {problem_id: names[unit_id] for problem_id, unit_id in last.items()}
