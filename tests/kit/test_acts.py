"""Acts are done whole: what is refused within one is undone with it, and costs no savepoint of its own."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from zhitong.kit.acts import as_one, whole
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db


@whole
def _noted(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.noted', %s, true)", [word])
    if not word:
        raise BadInput("空的不收。")


@whole
def _both(first: str, second: str) -> None:
    _noted(first)
    _noted(second)


def _kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('zhitong.noted', true)")
        return str(cursor.fetchone()[0])


def test_an_act_within_an_act_asks_for_no_savepoint() -> None:
    with CaptureQueriesContext(connection) as asked, as_one():
        _noted("一")
        _noted("二")

    assert sum(one["sql"].startswith("SAVEPOINT") for one in asked) == 1


def test_a_refused_act_leaves_what_was_before() -> None:
    _noted("先")

    with pytest.raises(BadInput):
        _noted("")

    assert _kept() == "先"


def test_what_is_refused_within_an_act_is_undone_with_it() -> None:
    _noted("先")

    with pytest.raises(BadInput):
        _both("后", "")

    assert _kept() == "先"


def test_who_goes_on_after_a_refusal_within_keeps_it_apart() -> None:
    with as_one():
        _noted("先")
        with pytest.raises(BadInput), transaction.atomic():
            _noted("")

        assert _kept() == "先"
