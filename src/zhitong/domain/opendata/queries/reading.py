"""Rows of a set: a page found by its key, one row, a count, and all of them one after the other under one snapshot.

A statement that takes too long is stopped and refused in words, so that no question from outside holds the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from zhitong.domain.opendata.queries.conditions import Parameters, column_sql, condition
from zhitong.domain.opendata.queries.sight import branches
from zhitong.domain.opendata.rules.asking import SECONDS, Asked, Page, Row
from zhitong.domain.opendata.rules.columns import Column, Shape
from zhitong.domain.opendata.rules.files import BATCH
from zhitong.domain.opendata.rules.laying import SCHEMA
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import NotFound, Refused


class TooMuch(Refused):
    """The question takes longer than anybody may keep the database for."""

    def __init__(self) -> None:
        super().__init__(
            f"这样查{SECONDS}秒还没有查完，已经停止。请缩小范围：按地区（region）、按期间（since、until）分开取，"
            "或者去掉 $count 和包含文字的条件。"
        )


def page_of(
    viewer: Viewer, asked: Asked, *, now: datetime, limit: int, after: Sequence[Any] | None = None, skip: int = 0
) -> Page:
    """One page of what a viewer has of a set, in the order asked for; one statement.

    `after` is the key of the last row seen, by the columns of `asked.order`.
    Raises NotFound: the region lies outside the viewer's own. Raises TooMuch.
    """
    given = Parameters(now=now)
    beyond = _beyond(asked, after, given)
    inner = _parts(viewer, asked, given, _columns(asked), beyond, f"ORDER BY {_order(asked)} LIMIT {limit + skip + 1}")
    if not inner:
        return Page()
    rows = _fetched(f"SELECT * FROM ({inner}) AS found ORDER BY {_outer_order(asked)} LIMIT {limit + 1} OFFSET {skip}", given)
    width = len(asked.read)
    last = rows[limit - 1] if len(rows) > limit > 0 else None
    return Page([row[:width] for row in rows[:limit]], tuple(last[width:]) if last else None)


def one_of(viewer: Viewer, asked: Asked, *, now: datetime) -> Row:
    """The one row that is asked for; one statement.

    Raises NotFound: there is none, or not for this viewer.
    """
    found = page_of(viewer, asked, now=now, limit=1).rows
    if not found:
        raise NotFound
    return found[0]


def count_of(viewer: Viewer, asked: Asked, *, now: datetime, most: int | None = None) -> int:
    """How many rows a viewer has, counted up to `most`; one statement. Raises NotFound, TooMuch."""
    given = Parameters(now=now)
    up_to = f"LIMIT {most}" if most is not None else ""
    inner = _parts(viewer, asked, given, "1", "", up_to)
    if not inner:
        return 0
    [[counted]] = _fetched(f"SELECT count(*) FROM (SELECT 1 FROM ({inner}) AS found {up_to}) AS counted", given)
    return int(str(counted))


def every_batch(viewer: Viewer, asked: Asked, *, now: datetime, batch: int = BATCH) -> Iterator[list[Row]]:
    """All rows a viewer has, in the order asked for, by one statement read through a cursor: one snapshot, one batch in
    memory. The transaction has to stay open until the last one; what is refused is refused before the first.

    Raises NotFound, TooMuch.
    """
    given = Parameters(now=now)
    inner = _parts(viewer, asked, given, _columns(asked), "", f"ORDER BY {_order(asked)}")
    if not inner:
        return iter(())
    statement = f"SELECT * FROM ({inner}) AS found ORDER BY {_outer_order(asked)}"
    batches = _through_cursor(statement, given, len(asked.read), batch)
    return chain([next(batches, [])], batches)


def _through_cursor(statement: str, given: Parameters, width: int, batch: int) -> Iterator[list[Row]]:
    with _stopped_in_time(), connection.chunked_cursor() as cursor:
        cursor.execute(statement, given)
        while rows := cursor.fetchmany(batch):
            yield [row[:width] for row in rows]


def _parts(viewer: Viewer, asked: Asked, given: Parameters, columns: str, beyond: str, ending: str) -> str:
    """The statement that gives a viewer's rows, a part for each way of coming to see them; empty where there is none."""
    wanted = [*_period(asked, given), *([condition(asked.where, given.bind)] if asked.where else []), *([beyond] if beyond else [])]
    return " UNION ALL ".join(
        f"(SELECT {columns} FROM {SCHEMA}.{asked.data.name} AS seen WHERE {' AND '.join([way, *wanted])} {ending})"
        for way in branches(viewer, asked, given.bind)
    )


def _columns(asked: Asked) -> str:
    """The columns read, each by its place, and those that order the rows."""
    read = [f"{column_sql(column)} AS read_{place}" for place, column in enumerate(asked.read)]
    ordering = [f"seen.{name} AS key_{place}" for place, name in enumerate(asked.order)]
    return ", ".join([*read, *ordering])


def _order(asked: Asked) -> str:
    return ", ".join(f"seen.{name}{_direction(asked)}" for name in asked.order)


def _outer_order(asked: Asked) -> str:
    return ", ".join(f"key_{place}{_direction(asked)}" for place in range(len(asked.order)))


def _direction(asked: Asked) -> str:
    return " DESC" if asked.descending else ""


def _beyond(asked: Asked, after: Sequence[Any] | None, given: Parameters) -> str:
    """What comes after a row in the order asked for."""
    if after is None:
        return ""
    names = ", ".join(f"seen.{name}" for name in asked.order)
    values = ", ".join(given.bind(value) for value in after)
    return f"({names}) {'<' if asked.descending else '>'} ({values})"


def _period(asked: Asked, given: Parameters) -> list[str]:
    """The period as conditions; days are those of Shanghai.

    Raises NotFound: a period is asked of a set that has none.
    """
    if asked.since is None and asked.until is None:
        return []
    if not asked.data.period:
        raise NotFound
    column = asked.data.by_name[asked.data.period]
    found = [f"seen.{column.name} >= {given.bind(_begin(asked.since, column))}"] if asked.since else []
    if asked.until:
        found.append(f"seen.{column.name} < {given.bind(_begin(asked.until + timedelta(days=1), column))}")
    return found


def _begin(day: date, column: Column) -> date | datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC) if column.shape is Shape.MOMENT else day


def _fetched(statement: str, given: Parameters) -> list[Row]:
    with _stopped_in_time(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [tuple(row) for row in cursor.fetchall()]


@contextmanager
def _stopped_in_time() -> Iterator[None]:
    """Let no statement of the transaction run longer than SECONDS. Raises TooMuch."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooMuch from error
        raise
