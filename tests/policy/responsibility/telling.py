"""What a text says of units, in one line each: 市教育局 lead {part} [printed] *collective."""

from __future__ import annotations

from zhitong.policy.responsibility import Clause, clauses_in, house_rules
from zhitong.policy.shapes import Responsible


def read(text: str) -> tuple[Clause, ...]:
    """The clauses of a whole text under its own rules; every span is checked on the way."""
    clauses = clauses_in(text, 0, len(text), rules=house_rules(text))
    for clause in clauses:
        assert text[clause.start : clause.end] == clause.text
        for one in clause.responsible:
            assert "".join(text[one.start : one.end].split()) == (one.printed or one.name)
    return clauses


def told(text: str) -> str:
    """All units of a text: "市教育局 lead; 市财政局 support"."""
    return "; ".join(said(one) for clause in read(text) for one in clause.responsible)


def said(one: Responsible) -> str:
    """One unit: its name and role, then {its part}, [what is printed] and * for a collective noun."""
    part = f" {{{one.part}}}" if one.part else ""
    printed = f" [{one.printed}]" if one.printed else ""
    return f"{one.name} {one.role}{part}{printed}{' *' if one.is_collective else ''}"
