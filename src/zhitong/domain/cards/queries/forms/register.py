"""The register of all forms (表式登记): every version published, who asks, what it costs, where it was used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.queries.forms.asking import ask_reader, costs, owed_by_round, reporters_of, rounds_of
from zhitong.domain.cards.rules.kinds import Period, TemplateStanding
from zhitong.domain.cards.rules.templates import Template, template_of
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.paging import Key, Sort


@dataclass(frozen=True, slots=True)
class FormFilters:
    """What a register is narrowed to; empty asks for everything."""

    words: str = ""
    kind: str = ""
    standing: TemplateStanding | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """A version of a form. `rounds` and `cards` are within the viewer's region, so is the burden."""

    id: UUID
    code: str
    version: int
    name: str
    kind: str
    period: Period
    asked_by: str
    purpose: str
    basis: str
    published_at: datetime
    standing: TemplateStanding
    fields: int
    minutes: int
    hours_a_year: int
    rounds: int = 0
    cards: int = 0


def forms_page(
    viewer: Viewer, campaign: str, filters: FormFilters, sort: Sort, after: Key | None, limit: int
) -> list[FormLine]:
    """The versions of a campaign's forms, by `published_at`; five queries a page.

    Raises NotFound: the viewer is one of the served.
    """
    ask_reader(viewer)
    rows = _narrowed(campaign, filters)
    order = ("-published_at", "-id") if sort.descending else ("published_at", "id")
    if after is not None:
        side = "lt" if sort.descending else "gt"
        rows = rows.filter(Q(**{f"published_at__{side}": after[0]}) | Q(published_at=after[0], **{f"id__{side}": after[1]}))
    return _lines(viewer, list(rows.order_by(*order)[:limit]))


def count_of_forms(viewer: Viewer, campaign: str, filters: FormFilters, most: int) -> int:
    """How many the register holds, counted up to `most`; one query."""
    ask_reader(viewer)
    return _narrowed(campaign, filters)[:most].count()


def _narrowed(campaign: str, filters: FormFilters) -> QuerySet[TemplateRow, Any]:
    newer = TemplateRow.objects.filter(
        campaign=OuterRef("campaign"), code=OuterRef("code"), version__gt=OuterRef("version")
    )
    rows: QuerySet[TemplateRow, Any] = TemplateRow.objects.filter(campaign=campaign).annotate(is_newest=~Exists(newer))
    if filters.words:
        rows = rows.filter(definition__name__icontains=filters.words)
    if filters.kind:
        rows = rows.filter(subject_kind=filters.kind)
    by_standing = {
        TemplateStanding.IN_FORCE: Q(retired_at__isnull=True) & ~Exists(newer),
        TemplateStanding.REPLACED: Q(retired_at__isnull=True) & Exists(newer),
        TemplateStanding.RETIRED: Q(retired_at__isnull=False),
    }
    return rows.filter(by_standing[filters.standing]) if filters.standing else rows


def _lines(viewer: Viewer, rows: list[Any]) -> list[FormLine]:
    reporters = reporters_of(viewer)
    units = unit_names([row.unit_id for row in rows if row.unit_id])
    rounds = rounds_of([row.id for row in rows])
    owed = owed_by_round(viewer, [one.id for one in rounds])
    lines = []
    for row in rows:
        form = template_of(row.definition)
        of_row = [one.id for one in rounds if one.template_id == row.id and owed.get(one.id)]
        cost = costs(form, reporters)
        line = _line(row, form, units.get(row.unit_id, "") if row.unit_id else "")
        lines.append(replace(
            line, minutes=cost.minutes_a_card, hours_a_year=cost.hours_a_year, fields=cost.fields,
            rounds=len(of_row), cards=sum(owed[one] for one in of_row),
        ))
    return lines


def _line(row: Any, form: Template, asked_by: str) -> FormLine:
    standing = (
        TemplateStanding.RETIRED if row.retired_at
        else TemplateStanding.IN_FORCE if row.is_newest else TemplateStanding.REPLACED
    )
    return FormLine(
        row.id, row.code, row.version, form.name, form.kind, form.period, asked_by, form.purpose, form.basis,
        row.published_at, standing, 0, 0, 0,
    )
