"""A template as the rules read it: sections of fields, comparisons between fields, and the rows of problems.

A definition is the YAML of a package as plain values, its categories written in; it is kept whole with its version,
so an old card stays readable under the template it was filled in on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhitong.domain.cards.rules.kinds import FILES, FieldKind, Period, Prefill, Weight
from zhitong.domain.cards.rules.suspicions import NO_SUSPICIONS, Suspicions, suspicions_of

Definition = Mapping[str, Any]
LONGEST = 1000
"""Characters of a text whose template names no limit."""
LONGEST_CODE = 40
MOST_FILES = 9
"""Files of a field whose template names no limit."""
YES, NO = "yes", "no"
_UNITS = {FieldKind.MONEY: "万元", FieldKind.PERCENT: "%"}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers of a choice."""

    code: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the field of a code is answered so; a field of several answers has this one among them."""

    field: str
    answer: str

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds on a card with these clean values; yes and no are written `yes` and `no`."""
        given = values.get(self.field)
        if isinstance(given, bool):
            return self.answer == (YES if given else NO)
        return self.answer in given if isinstance(given, list) else self.answer == given


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a card asks; `least` and `most` are in the unit written (万元 for money), `most` counts the answers of
    a field that takes several. `fact` names what the field keeps of its subject: a standing fact, or a dated one
    (`revenue_cny`). A field with a condition is asked only when it holds; a photo's `place` keeps where it was taken.
    """

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
    unit: str = ""
    when: Condition | None = None
    place: bool = False

    def told(self, answer: str) -> str:
        """An answer as a condition names it, in words."""
        if self.kind is FieldKind.YES_NO:
            return "是" if answer == YES else "否"
        return next((option.label for option in self.options if option.code == answer), answer)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, prefilled with standing facts or never.

    `lists` are the codes of the assistance lists whose subjects are asked this section; empty asks everybody (R-D7).
    """

    code: str
    title: str
    prefill: Prefill
    fields: tuple[Field, ...]
    lists: tuple[str, ...] = ()
    help: str = ""

    def is_asked_of(self, lists: Collection[str]) -> bool:
        """Whether a subject on these lists is asked the section."""
        return not self.lists or any(one in lists for one in self.lists)


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
    """A card form of one version for one kind of subject; `basis` is the paper or law by which it may be asked."""

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
    basis: str = ""
    suspicions: Suspicions = NO_SUSPICIONS

    @property
    def takes_files(self) -> bool:
        """Whether any field asks for files or photos."""
        return any(field.kind in FILES for field in self.fields())

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
        basis=definition.get("basis", ""),
        suspicions=suspicions_of(definition),
    )


def _section(part: Definition) -> Section:
    return Section(
        part["code"], part["title"], Prefill(part["prefill"]), tuple(_field(one) for one in part["fields"]),
        tuple(part.get("lists", ())), part.get("help", ""),
    )


def _problem_section(part: Definition) -> ProblemSection:
    return ProblemSection(part["title"], int(part["most"]), tuple(_field(one) for one in part["fields"]))


def _field(part: Definition) -> Field:
    kind = FieldKind(part["type"])
    return Field(
        code=part["code"],
        label=part["label"],
        kind=kind,
        required=part.get("required", False),
        least=_number(part.get("least")),
        most=_number(part.get("most")),
        longest=int(part.get("longest", LONGEST_CODE if kind is FieldKind.CODE else LONGEST)),
        options=tuple(Option(one["code"], one["label"], one.get("help", "")) for one in part.get("options", ())),
        fact=part.get("fact", ""),
        help=part.get("help", ""),
        stock=part.get("stock", False),
        unit=_UNITS.get(kind) or part.get("unit", ""),
        when=_condition(part.get("when")),
        place=part.get("place", False),
    )


def _condition(part: Definition | None) -> Condition | None:
    return Condition(part["field"], part["is"]) if part else None


def _comparison(part: Definition) -> Comparison:
    when = part.get("when", {})
    return Comparison(
        part["left"], part["must"], part.get("right", ""), _number(part.get("number")),
        when.get("field", ""), when.get("is", ""), Weight(part["severity"]), part["say"],
    )


def _number(written: object) -> Decimal | None:
    return None if written is None else Decimal(str(written))
