"""The provincial plan's readings in the database are those of the careful reading of its text: value, unit, comparator,
deadline. What the load, the amendments and the terms make of them is held against the paper, not against the package."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests import papers
from zhitong.domain.plans.models import Target, TargetTerm

pytestmark = pytest.mark.django_db


def told(one: dict[str, Any]) -> tuple[Any, ...]:
    return Decimal(str(one["value"])), one["unit"], one["comparator"], one["deadline"], one["kind"], one["scope"]


def kept(row: Target) -> tuple[Any, ...]:
    one = row.indicator
    deadline = row.deadline.isoformat() if row.deadline else None
    return row.value, one.measure, row.comparator, deadline, one.kind, one.scope or None


def readings() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in papers.gold()["indicators"] if one["class"] in ("target", "coverage")}


def provincial() -> list[Target]:
    own = Target.objects.filter(indicator__plan__campaign="hebei-2018", region__code="13")
    return list(own.select_related("indicator"))


def test_every_reading_is_in_the_database_as_the_paper_has_it() -> None:
    rows = {row.indicator.code: kept(row) for row in provincial()}
    striven = {row.aspiration_code for row in provincial()} - {""}

    assert rows == {code: told(one) for code, one in readings().items() if code not in striven}
    assert striven == {"P117"}


def test_the_value_striven_for_is_in_the_database_too() -> None:
    [row] = [row for row in provincial() if row.aspiration_code]
    wanted = readings()[row.aspiration_code]

    assert (row.aspiration_value, row.aspiration_text) == (Decimal(str(wanted["value"])), wanted["text"])
    assert (row.aspiration_start, row.aspiration_end) == (wanted["start"], wanted["end"])


def test_the_value_in_force_is_the_value_of_the_paper() -> None:
    terms = TargetTerm.objects.filter(target__in=provincial()).select_related("target__indicator")
    by_code = {
        term.target.indicator.code: (term.value, term.comparator, term.deadline and term.deadline.isoformat())
        for term in terms if term.until is None
    }

    assert by_code == {
        code: (Decimal(str(one["value"])), one["comparator"], one["deadline"])
        for code, one in readings().items() if code != "P117"
    }
