"""Every text column of every model is named as personal or not, and what is said to be sealed is sealed."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.docs.tables import DOCS
from zhitong.domain.retention.rules.terms import TERMS
from zhitong.kit.sealing.stored import sealed_columns

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)
PAGE = (DOCS / "personal-data.md").read_text(encoding="utf-8")
IMPERSONAL = set(Path(__file__).with_name("impersonal.txt").read_text(encoding="utf-8").split())
BESIDE_THE_MODELS = {"history_detail.text"}


def text_columns() -> set[str]:
    """Every column in which words may stand, as table.column; words of an enumeration are none."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True) for field in model._meta.concrete_fields
        if not field.is_relation and not field.choices
        and isinstance(field.base_field if isinstance(field, ArrayField) else field, TEXTS)
    }


def test_every_text_column_is_named_once_as_personal_free_or_impersonal() -> None:
    named = re.findall(r"`([a-z_]+\.[a-z_]+)`", PAGE.partition("| column |")[2])

    assert len(named) == len(set(named))
    assert not IMPERSONAL & set(named)
    assert set(named) - BESIDE_THE_MODELS | IMPERSONAL == text_columns()


def test_what_the_page_calls_sealed_is_sealed_and_nothing_else() -> None:
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]

    assert all(len(row) == 7 and all(row) for row in rows)
    assert {row[0] for row in rows if row[-1].startswith("yes")} == {column.name for column in sealed_columns()}


def test_what_a_term_clears_is_said_beside_its_columns() -> None:
    due = {column: (str(term.kind), str(term.months)) for term in TERMS.values() for column in term.columns}
    told = re.findall(r"^\| `([a-z_.]+)` \|.*\| rule `(\w+)`: (\d+) months", PAGE, re.MULTILINE)

    assert {column: (kind, months) for column, kind, months in told} == due
