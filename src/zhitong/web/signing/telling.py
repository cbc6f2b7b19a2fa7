"""What a draft says, in the words of the form it was typed into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.signing import DraftView
from zhitong.web.problems.acts import WAYS
from zhitong.web.problems.fields import DayField, UnitField, WordField
from zhitong.web.shell.components import Text


def said_of(draft: DraftView) -> Iterator[tuple[Text, str]]:
    """The fields of the act's form with what was drafted, those left empty aside."""
    for name, field in WAYS[draft.act].form.base_fields.items():
        value = draft.said.get(name)
        if value not in (None, "", [], False):
            yield field.label or name, _in_words(field, value)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, WordField):
        return str(field.words(value).label)
    if isinstance(field, UnitField):
        unit = directory().units.get(UUID(value))
        return unit.name if unit else ""
    if isinstance(field, DayField):
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    return str(value)
