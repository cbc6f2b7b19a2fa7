"""What a firm has typed into its card: read from the form as it came, nothing judged and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from zhitong.domain.cards.rules.checking import FILES_OF_A_ROW, PROBLEMS
from zhitong.domain.cards.rules.kinds import SEVERAL
from zhitong.domain.cards.rules.templates import Field, Template
from zhitong.domain.files.queries import FileView

ROWS = "rows"
BETWEEN = "、"
"""Between the answers of a field that takes several."""
_ROOM = 30
"""Rows read beyond what a card may hold, so that too many are told and not dropped."""
_DIGITS = 4


@dataclass(frozen=True)
class Typed:
    """Values by field code, the new problem rows that hold anything, and why what looks wrong is right, by field.

    `waiting` are files stored and not beside anything yet, `refusals` say by place which could not be taken.
    """

    values: Mapping[str, str]
    rows: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    answers: Mapping[str, str] = field(default_factory=dict)
    waiting: Sequence[FileView] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)


def typed_in(post: QueryDict, form: Template) -> Typed:
    """What was typed, in the fields that the form has; rows left empty are left out."""
    values = {one.code: _written(post, one.code, one) for one in form.fields() if one.code in post}
    rows = tuple(row for row in _rows(post, form) if any(text.strip() for text in row.values()))
    return Typed(values, rows, {code: said for code in values if (said := post.get(answer_name(code), "").strip())})


def several(written: str) -> list[str]:
    """The answers, or ids of files, that stand in one field."""
    return [one for one in written.split(BETWEEN) if one]


def _written(post: QueryDict, name: str, field: Field) -> str:
    return BETWEEN.join(filter(None, post.getlist(name))) if field.kind in SEVERAL else post[name]


def answer_name(code: str) -> str:
    """The name under which a form says why a figure that looks wrong is right."""
    return f"answer.{code}"


def row_name(place: int, code: str) -> str:
    """The name of a field of the row at a place (from 0), as the rules name its troubles."""
    return f"{PROBLEMS}.{place}.{code}"


def rows_in(post: QueryDict, form: Template) -> int:
    """How many problem rows the form says it holds."""
    asked = post.get(ROWS, "")[:_DIGITS]
    return min(int(asked) if asked.isascii() and asked.isdigit() else 0, form.problems.most + _ROOM)


def _rows(post: QueryDict, form: Template) -> list[dict[str, str]]:
    return [
        {
            one.code: _written(post, name, one) for one in (*form.problems.fields, FILES_OF_A_ROW)
            if (name := row_name(place, one.code)) in post and post.get(f"drop.{place}") is None
        }
        for place in range(rows_in(post, form))
    ]
