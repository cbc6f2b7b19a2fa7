"""A template as the rules read it: sections of fields, comparisons between fields, and the rows of problems.

A definition is the YAML of a package as plain values, its categories written in; it is kept whole with its version,
so an old card stays readable under the template it was filled in on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhitong.domain.cards.rules.kinds import FieldKind, Period, Prefill, Weight

Definition = Mapping[str, Any]
LONGEST = 1000
"""Characters of a text whose template names no limit."""
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers of a choice."""

    code: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a card asks; `least` and `most` are in the unit written (万元 for money)."""

    code: str
    label: str
    kind: FieldKind
    required: bool
    least: Decimal | None
    most: Decimal | None
    longest: int
    options: tuple[Option, ...]
    fact: str
    help: str
    stock: bool

    @property
    def unit(self) -> str:
        """The unit shown in the field."""
        return {FieldKind.MONEY: "万元", FieldKind.PERCENT: "%"}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, prefilled with standing facts or never."""

    code: str
    title: str
    prefill: Prefill
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left` must stand so to `right` or to `number`, when the field `when` holds `when_is` (always, if empty)."""

    left: str
    must: str
    right: str
    number: Decimal | None
    when: str
    when_is: str
    weight: Weight
    say: str


@dataclass(frozen=True, slots=True)
class ProblemSection:
    """What each problem row asks, and how many rows a card may have."""

    title: str
    most: int
    fields: tuple[Field, ...]

    def field(self, code: str) -> Field:
        """The field with a code."""
        return next(field for field in self.fields if field.code == code)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sees which part of the card, in words for its writer."""

    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Template:
    """A card form of one version for one kind of subject."""

    code: str
    version: int
    kind: str
    name: str
    period: Period
    source: str
    purpose: str
    warning: str
    seen_by: tuple[Reader, ...]
    sections: tuple[Section, ...]
    comparisons: tuple[Comparison, ...]
    problems: ProblemSection

    def fields(self) -> Iterator[Field]:
        """Every field of every section, in the order of the card."""
        for section in self.sections:
            yield from section.fields


def template_of(definition: Definition) -> Template:
    """The template that a checked definition describes."""
    return Template(
        code=definition["code"],
        version=int(definition["version"]),
        kind=definition["kind"],
        name=definition["name"],
        period=Period(definition["period"]),
        source=definition.get("source", ""),
        purpose=definition.get("purpose", ""),
        warning=definition.get("warning", ""),
        seen_by=tuple(Reader(part["what"], part["who"]) for part in definition.get("seen_by", ())),
        sections=tuple(_section(part) for part in definition["sections"]),
        comparisons=tuple(_comparison(part) for part in definition.get("checks", ())),
        problems=_problem_section(definition["problems"]),
    )


def _section(part: Definition) -> Section:
    return Section(part["code"], part["title"], Prefill(part["prefill"]), tuple(_field(one) for one in part["fields"]))


def _problem_section(part: Definition) -> ProblemSection:
    return ProblemSection(part["title"], int(part["most"]), tuple(_field(one) for one in part["fields"]))


def _field(part: Definition) -> Field:
    return Field(
        code=part["code"],
        label=part["label"],
        kind=FieldKind(part["type"]),
        required=part.get("required", False),
        least=_number(part.get("least")),
        most=_number(part.get("most")),
        longest=int(part.get("longest", LONGEST_CODE if part["type"] == str(FieldKind.CODE) else LONGEST)),
        options=tuple(Option(one["code"], one["label"], one.get("help", "")) for one in part.get("options", ())),
        fact=part.get("fact", ""),
        help=part.get("help", ""),
        stock=part.get("stock", False),
    )


def _comparison(part: Definition) -> Comparison:
    when = part.get("when", {})
    return Comparison(
        part["left"], part["must"], part.get("right", ""), _number(part.get("number")),
        when.get("field", ""), when.get("is", ""), Weight(part["severity"]), part["say"],
    )


def _number(written: object) -> Decimal | None:
    return None if written is None else Decimal(str(written))
