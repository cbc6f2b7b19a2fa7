"""Reading sets: a statement that takes too long is stopped, and a file of many rows keeps memory flat. R-H6."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest

from tests.cast import viewer
from tests.world import NOW
from zhitong.domain.opendata.queries import reading
from zhitong.domain.opendata.rules.asking import Asked
from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape, Sight
from zhitong.domain.opendata.rules.files import FileKind, file_of
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.refusals import NotFound

DAYS = SETS["days"]
SLOW = Column("slow", Shape.TEXT, "慢", "pg_sleep(5)::text", at_reading=True)
ROWS, LITTLE = 100_000, 16 * 2**20
"""So many rows are some 25 MB when they are held together."""
MANY = DataSet(
    "many", "许多行", "测试用", Sight.EVERYBODY, ("id",),
    (Column("id", Shape.WHOLE, "序号", "n", optional=False), Column("words", Shape.TEXT, "文字", "words"),
     Column("at", Shape.MOMENT, "时刻", "at")),
    "FROM generate_series(1, 10)",
)

READS: dict[str, Callable[[Viewer, Asked], object]] = {
    "page": lambda somebody, asked: reading.page_of(somebody, asked, now=NOW, limit=5),
    "count": lambda somebody, asked: reading.count_of(somebody, asked, now=NOW),
    "file": lambda somebody, asked: reading.every_batch(somebody, asked, now=NOW),
}


@pytest.mark.django_db
@pytest.mark.parametrize("read", READS)
def test_what_takes_too_long_is_stopped_and_says_how_to_narrow_it(read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.05)
    asked = Asked(DAYS, columns=(SLOW,))
    if read == "count":
        asked = Asked(replace(DAYS, key=("pg_sleep(5)",)), by="day")
        monkeypatch.setattr(reading, "branches", lambda *_arguments: ["pg_sleep(5) IS NOT NULL"])

    with pytest.raises(reading.TooMuch, match="缩小范围"), acting_as(viewer("park")) as somebody:
        READS[read](somebody, asked)


@pytest.mark.django_db
def test_a_page_of_nothing_and_a_row_that_is_not_there() -> None:
    with acting_as(viewer("firm")) as firm:
        assert reading.page_of(firm, Asked(SETS["units"]), now=NOW, limit=5).rows == []
        with pytest.raises(NotFound):
            reading.one_of(firm, Asked(SETS["units"]), now=NOW)
        assert reading.page_of(firm, Asked(DAYS), now=NOW, limit=0).rows == []


@pytest.mark.prove
@pytest.mark.parametrize("kind", FileKind)
def test_a_file_of_many_rows_is_written_with_memory_for_a_batch(
    kind: FileKind, fresh_database: str, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute(
        f"CREATE VIEW open_data.many AS SELECT n AS id, '冀-' || n AS words, to_timestamp(n) AS at FROM generate_series(1, {ROWS}) n"
    )
    owner_connection.execute("GRANT SELECT ON open_data.many TO zhitong_web")

    with acting_as(viewer("park")) as somebody:
        batches = reading.every_batch(somebody, Asked(MANY), now=NOW)
        tracemalloc.start()
        size = sum(len(piece) for piece in file_of(kind, MANY.columns, batches))
        _left, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert size > ROWS
    assert most < LITTLE
