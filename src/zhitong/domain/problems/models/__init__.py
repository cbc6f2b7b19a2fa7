"""What the problems room keeps: the problem, the typed rows of its way, and the rulebook of the campaign."""

from zhitong.domain.problems.models.problem import Party, Problem, Spell
from zhitong.domain.problems.models.rulebook import Category, LimitRow, RoutingRow
from zhitong.domain.problems.models.way import Answer, Escalation, Relay, Verdict

__all__ = [
    "Answer", "Category", "Escalation", "LimitRow", "Party", "Problem", "Relay", "RoutingRow", "Spell", "Verdict",
]
