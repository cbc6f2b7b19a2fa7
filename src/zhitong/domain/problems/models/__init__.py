"""What the problems room keeps: the problem, the typed rows of its way, and the rulebook of the campaign."""

from zhitong.domain.problems.models.handing import HandingOver
from zhitong.domain.problems.models.problem import Party, Problem, Spell
from zhitong.domain.problems.models.reported import Reported
from zhitong.domain.problems.models.rulebook import Category, LimitRow, RoutingRow, SampleRow
from zhitong.domain.problems.models.signing import Draft, Signing
from zhitong.domain.problems.models.stay import Stay
from zhitong.domain.problems.models.way import (
    Answer,
    Check,
    Escalation,
    Flagged,
    Offer,
    Part,
    Relay,
    Reply,
    Request,
    Verdict,
)

__all__ = [
    "Answer", "Category", "Check", "Draft", "Escalation", "Flagged", "HandingOver", "LimitRow", "Offer", "Part", "Party", "Problem",
    "Relay", "Reply", "Reported", "Request", "RoutingRow", "SampleRow", "Signing", "Spell", "Stay",
    "Verdict",
]
