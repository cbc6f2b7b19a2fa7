"""What looks odd about the figures of a card (R-E7): round figures, equal to last period. Questions, never a blame."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from zhitong.domain.cards.rules.kinds import FIGURES, FieldKind, Prefill
from zhitong.domain.cards.rules.templates import Field, Template

FIRMS_OF_ONE_ORIGIN = 3
"""So many firms from one device and address within the hour raise the question."""
WITHIN = timedelta(hours=1)
LEAST_FIGURES = 4
"""Fewer figures than this say nothing by being round or equal."""
ROUND_TO = Decimal(1_000_000)
"""Money in whole hundreds of 万元 is round; kept in yuan."""
ROUND_COUNT = Decimal(10)


def period_figures(form: Template) -> list[Field]:
    """The figures that are asked anew each period."""
    return [
        field for section in form.sections if section.prefill is Prefill.NEVER for field in section.fields
        if field.kind in FIGURES
    ]


def figures_of(form: Template, values: Mapping[str, object]) -> dict[str, Decimal]:
    """The period's figures of a card that are not empty and not nought, by field code."""
    found = {}
    for field in period_figures(form):
        number = _number(values.get(field.code))
        if number:
            found[field.code] = number
    return found


def digest_of_figures(form: Template, values: Mapping[str, object]) -> str:
    """What tells two cards with the same figures: empty when there are too few to tell anything."""
    figures = figures_of(form, values)
    if len(figures) < LEAST_FIGURES:
        return ""
    told = json.dumps(sorted((code, str(number.normalize())) for code, number in figures.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def are_round(form: Template, values: Mapping[str, object]) -> bool:
    """Whether every figure of the period is round: money in whole hundreds of 万元, counts in tens."""
    kinds = {field.code: field.kind for field in period_figures(form)}
    figures = figures_of(form, values)
    return len(figures) >= LEAST_FIGURES and all(_is_round(kinds[code], number) for code, number in figures.items())


def are_equal(form: Template, values: Mapping[str, object], before: Mapping[str, object]) -> bool:
    """Whether all figures of the period are those of the period before."""
    figures = figures_of(form, values)
    return len(figures) >= LEAST_FIGURES and figures == figures_of(form, before)


def is_crowd(firms: Iterable[object]) -> bool:
    """Whether so many different firms came from one origin that somebody should ask."""
    return len(set(firms)) >= FIRMS_OF_ONE_ORIGIN


def _is_round(kind: FieldKind, number: Decimal) -> bool:
    return number % (ROUND_TO if kind is FieldKind.MONEY else ROUND_COUNT) == 0


def _number(value: object) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
