"""Many rows in one statement: written as they are in memory, as the plain way would have written them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from tests.progress.way import opened
from zhitong.domain.progress.models import Figure, Report, Rulebook
from zhitong.kit.rows import insert_rows, update_rows

pytestmark = pytest.mark.django_db


def test_rows_are_written_with_every_kind_of_value_in_one_statement() -> None:
    rules = {"词": ["一", None, 2.5]}
    rows = [Rulebook(campaign="one-2020", rules=rules), Rulebook(campaign="two-2020", rules={})]

    with acting("province_office"), CaptureQueriesContext(connection) as asked:
        insert_rows(rows)
        assert len(asked) == 1

    with acting("province_office"):
        assert [Rulebook.objects.get(id=row.id).rules for row in rows] == [rules, {}]


def test_only_the_named_fields_of_kept_rows_are_written() -> None:
    opened()
    at = datetime(2018, 9, 3, 2, 0, tzinfo=UTC)
    with acting("province_office"):
        rows = list(Report.objects.order_by("id")[:3])
        for place, row in enumerate(rows):
            row.progress_words, row.submitted_at, row.below_reason = f"“演示”，{place}\\{{}}\n", at, "不写"
        figure = Figure.objects.order_by("id")[0]
        figure.value, figure.as_of = Decimal("-12.345678"), date(2018, 8, 31)

        with CaptureQueriesContext(connection) as asked:
            update_rows(rows, ["progress_words", "submitted_at"])
            update_rows([figure], ["value", "as_of", "source_figure"])
        assert len(asked) == 2

        kept = Report.objects.in_bulk([row.id for row in rows])
        assert [kept[row.id].progress_words for row in rows] == [row.progress_words for row in rows]
        assert {(one.submitted_at, one.below_reason) for one in kept.values()} == {(at, "")}
        figure.refresh_from_db()
        assert (figure.value, figure.as_of, figure.source_figure_id) == (Decimal("-12.345678"), date(2018, 8, 31), None)


def test_a_text_too_long_is_refused_by_its_column_and_never_cut() -> None:
    with acting("province_office"):
        row = Rulebook(campaign="x" * 41, rules={})

        with pytest.raises(Exception, match="too long"), transaction.atomic():
            insert_rows([row])
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_rows([Rulebook(campaign="twice", rules={}), Rulebook(campaign="twice", rules={})])
        assert not Rulebook.objects.filter(campaign__in=["x" * 40, "twice"]).exists()
