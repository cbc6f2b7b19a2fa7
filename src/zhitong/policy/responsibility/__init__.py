"""Who leads, supports and answers: the clauses of a text that name units, in every notation of the field (R-C6).

rules = house_rules(text)
clauses = clauses_in(text, task.start, task.end, rules=rules)
task.responsible = with_aliases(responsible_of(clauses), registry_names)
"""

from collections.abc import Iterable

from zhitong.policy.responsibility.aliases import principal_names, with_aliases
from zhitong.policy.responsibility.house import HouseRules
from zhitong.policy.responsibility.reading import (
    Clause,
    clause_in_cell,
    clauses_in_sentences,
    house_rules,
    printed_clauses,
)
from zhitong.policy.shapes import Responsible

__all__ = ["Clause", "HouseRules", "clause_in_cell", "clauses_in", "house_rules", "principal_names", "responsible_of", "with_aliases"]


def clauses_in(text: str, start: int, end: int, *, rules: HouseRules) -> tuple[Clause, ...]:
    """The clauses that hand out the work of text[start:end], in order; where none names a unit, what its sentences say."""
    printed = printed_clauses(text, start, end, rules)
    if any(clause.responsible for clause in printed):
        return printed
    return tuple(sorted([*printed, *clauses_in_sentences(text, start, end, rules)], key=lambda clause: clause.start))


def responsible_of(clauses: Iterable[Clause]) -> tuple[Responsible, ...]:
    """The units of several clauses, each name once with one role and part."""
    once = {
        (one.name, one.role, one.part): one
        for clause in reversed(tuple(clauses))
        for one in reversed(clause.responsible)
    }
    return tuple(sorted(once.values(), key=lambda one: one.start or 0))
