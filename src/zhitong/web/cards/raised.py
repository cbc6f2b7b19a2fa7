"""The problems a card has raised, each with where it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.domain.cards.queries import RaisedRow
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.behind import ProblemBehind, problems_behind
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State

AWAITED = OPEN_STATES - {State.ASKED, State.ANSWERED, State.CONFIRMED}
"""The reporter waits for an answer: its due time is worth saying."""


@dataclass(frozen=True)
class RaisedProblem:
    """A row of a card, locked; `problem` says where it went, None where the viewer does not see it."""

    row: RaisedRow
    problem: ProblemBehind | None

    @property
    def is_awaited(self) -> bool:
        """Whether its answer is still to come."""
        return self.problem is not None and self.problem.state in AWAITED


def raised_problems(viewer: Viewer, rows: Sequence[RaisedRow]) -> list[RaisedProblem]:
    """The rows a card has raised with the problems behind them; two queries, none without rows."""
    behind = problems_behind(viewer, [row.problem_id for row in rows if row.problem_id])
    return [RaisedProblem(row, behind.get(row.problem_id) if row.problem_id else None) for row in rows]
