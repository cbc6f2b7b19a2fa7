"""What a firm has typed into its card: read from the form as it came, nothing judged and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from zhitong.domain.cards.rules.checking import PROBLEMS
from zhitong.domain.cards.rules.templates import Template

ROWS = "rows"
_ROOM = 30
"""Rows read beyond what a card may hold, so that too many are told and not dropped."""
_DIGITS = 4


@dataclass(frozen=True)
class Typed:
    """Values by field code, the new problem rows that hold anything, and why what looks wrong is right, by field."""

    values: Mapping[str, str]
    rows: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    answers: Mapping[str, str] = field(default_factory=dict)


def typed_in(post: QueryDict, form: Template) -> Typed:
    """What was typed, in the fields that the form has; rows left empty are left out."""
    values = {one.code: post[one.code] for one in form.fields() if one.code in post}
    rows = tuple(row for row in _rows(post, form) if any(text.strip() for text in row.values()))
    return Typed(values, rows, {code: said for code in values if (said := post.get(answer_name(code), "").strip())})


def answer_name(code: str) -> str:
    """The name under which a form says why a figure that looks wrong is right."""
    return f"answer.{code}"


def row_name(place: int, code: str) -> str:
    """The name of a field of the row at a place (from 0), as the rules name its troubles."""
    return f"{PROBLEMS}.{place}.{code}"


def _rows(post: QueryDict, form: Template) -> list[dict[str, str]]:
    asked = post.get(ROWS, "")[:_DIGITS]
    count = min(int(asked) if asked.isascii() and asked.isdigit() else 0, form.problems.most + _ROOM)
    return [
        {
            one.code: post[name] for one in form.problems.fields
            if (name := row_name(place, one.code)) in post and post.get(f"drop.{place}") is None
        }
        for place in range(count)
    ]
