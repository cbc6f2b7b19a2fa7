"""The form of a card as a program needs it: sections, fields with their limits, the problems already raised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhitong.api.words import Labelled, Shape, labelled
from zhitong.domain.cards.queries import RaisedRow, SectionToFill
from zhitong.domain.cards.rules.templates import Field, Template


class AskedWhen(Shape):
    """The answer to another field with which this one is asked; yes and no are `yes` and `no`."""

    field: str
    answer: str


class FormField(Shape):
    """One field; `least` and `most` are in the unit written (万元 for money), `most` counts answers and files."""

    code: str
    label: str
    kind: Labelled
    unit: str
    required: bool
    least: str | None
    most: str | None
    longest: int
    options: list[Labelled]
    help: str
    when: AskedWhen | None


class FilledField(FormField):
    """A field with what stands in it, and what was sent last period."""

    written: str
    last: str


class Section(Shape):
    """Fields that belong together."""

    code: str
    title: str
    help: str
    fields: list[FilledField]


class Form(Shape):
    """A card form of one version: what it is for, its sections, what each problem asks."""

    code: str
    version: int
    name: str
    purpose: str
    warning: str
    seen_by: list[str]
    sections: list[Section]
    problem_title: str
    most_problems: int
    problem_fields: list[FormField]


class Row(Shape):
    """A problem as written on the card; sent once, it lives its own life."""

    id: UUID
    category: Labelled
    text: str
    known_to_head: bool
    confidential: bool
    unnamed: bool
    raised_at: datetime


def form_of(template: Template, sections: Sequence[SectionToFill]) -> Form:
    """A template with what stands in it."""
    return Form(
        code=template.code, version=template.version, name=template.name, purpose=template.purpose,
        warning=template.warning, seen_by=[f"{one.what}：{one.who}" for one in template.seen_by],
        sections=[_section(section) for section in sections], problem_title=template.problems.title,
        most_problems=template.problems.most, problem_fields=[_field(one) for one in template.problems.fields],
    )


def row_of(row: RaisedRow) -> Row:
    """A raised row."""
    return Row(
        id=row.row_id, category=Labelled(code=row.category, label=row.category_label), text=row.text,
        known_to_head=row.known_to_head, confidential=row.confidential, unnamed=row.unnamed, raised_at=row.raised_at,
    )


def _section(section: SectionToFill) -> Section:
    return Section(
        code=section.section.code, title=section.section.title, help=section.section.help,
        fields=[
            FilledField(**_field(one.field).model_dump(), written=one.written, last=one.last)
            for one in section.fields
        ],
    )


def _field(field: Field) -> FormField:
    return FormField(
        code=field.code, label=field.label, kind=labelled(field.kind), unit=field.unit, required=field.required,
        least=None if field.least is None else str(field.least), most=None if field.most is None else str(field.most),
        longest=field.longest, options=[Labelled(code=one.code, label=one.label) for one in field.options],
        help=field.help, when=AskedWhen(field=field.when.field, answer=field.when.answer) if field.when else None,
    )
