"""Several cards of one period filled in as one: what they ask in common once, then what each asks beyond (R-D7).

Each stays a card of its own, with its round and its template; a program sends them one by one, a person all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from zhitong.domain.cards.rules.suspicions import Suspicions
from zhitong.domain.cards.rules.templates import Comparison, Field, Section, Template

Value = TypeVar("Value")
Names = Mapping[str, str]
"""The name on the merged card of each field of one template, by its code there."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One template of several, and under which name it asks each of their fields."""

    template: Template
    names: tuple[Names, ...]

    def parted(self, values: Mapping[str, Value], place: int) -> dict[str, Value]:
        """What was written on the merged card of the fields of one template, under their own codes."""
        return {code: values[name] for code, name in self.names[place].items() if name in values}

    def joined(self, values: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
        """What stands in the cards, by the names of the merged one; of what is common, the first that says anything."""
        found: dict[str, Value] = {}
        for names, own in zip(self.names, values, strict=True):
            for code, name in names.items():
                if code in own and not found.get(name):
                    found[name] = own[code]
        return found


def merged(forms: Sequence[Template]) -> Merged:
    """One template of one or more; the problems are asked as the first asks them."""
    first, *others = forms
    if not others:
        return Merged(first, ({field.code: field.code for field in first.fields()},))
    asked: dict[str, Field] = {field.code: field for field in first.fields()}
    names: list[Names] = [{code: code for code in asked}]
    sections = list(first.sections)
    for form in others:
        own = dict(_names(form, asked))
        sections += _beyond(form, own, asked)
        names.append(own)
    whole = replace(
        first, sections=tuple(sections), comparisons=tuple(_comparisons(forms, names)), suspicions=_suspicions(forms, names)
    )
    return Merged(whole, tuple(names))


def _names(form: Template, asked: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    for field in form.fields():
        there = asked.get(field.code)
        yield field.code, field.code if there is None or _is_same(field, there) else f"{form.code}__{field.code}"


def _is_same(one: Field, other: Field) -> bool:
    """Whether two templates ask one thing: the same word for it, of the same kind, with the same answers."""
    return (one.label, one.kind, one.options) == (other.label, other.kind, other.options)


def _beyond(form: Template, names: Names, asked: dict[str, Field]) -> Iterator[Section]:
    """The sections of what a template asks beyond the others; `asked` takes it in."""
    for section in form.sections:
        fields = tuple(_named(one, names) for one in section.fields if names[one.code] not in asked)
        asked.update({one.code: one for one in fields})
        if fields:
            yield replace(section, code=f"{form.code}__{section.code}", title=f"{section.title}（{form.name}）", fields=fields)


def _named(one: Field, names: Names) -> Field:
    when = replace(one.when, field=names[one.when.field]) if one.when else None
    return replace(one, code=names[one.code], when=when)


def _comparisons(forms: Sequence[Template], names: Sequence[Names]) -> Iterator[Comparison]:
    for form, own in zip(forms, names, strict=True):
        for one in form.comparisons:
            yield replace(one, left=own[one.left], right=own.get(one.right, ""), when=own.get(one.when, ""))


def _suspicions(forms: Sequence[Template], names: Sequence[Names]) -> Suspicions:
    found = [(form.suspicions, own) for form, own in zip(forms, names, strict=True)]
    return Suspicions(
        tuple(replace(one, fields=tuple(own[code] for code in one.fields)) for many, own in found for one in many.against_last),
        tuple(
            replace(one, parts=tuple(own[code] for code in one.parts), whole=own[one.whole])
            for many, own in found for one in many.sums
        ),
        tuple(
            replace(one, field=own[one.field], per=own.get(one.per, "")) for many, own in found for one in many.among_peers
        ),
    )
