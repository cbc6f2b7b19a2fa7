"""Writing the stays: when what is counted of a problem changes, one stay ends and the next begins at the same moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7

Move = tuple[Standing | None, Standing, Act, datetime]
"""How a problem stood (None: not yet), how it stands, by which act, when."""

# What is counted and changes: (column, type in PostgreSQL); the rest never changes.
COUNTED = (
    ("state", "text"), ("unit_id", "uuid"), ("level_region_id", "uuid"), ("line_id", "uuid"), ("category", "text"),
    ("stage", "text"), ("stage_due_at", "timestamptz"), ("warn_at", "timestamptz"), ("confidential", "boolean"),
    ("misrouted", "boolean"), ("rule_code", "text"),
)
_FIXED = (
    ("level_rank", "text"), ("region_id", "uuid"), ("subject_kind", "text"), ("campaign", "text"), ("recorded", "boolean"),
    ("source", "text"),
)
_GIVEN = (("id", "uuid"), ("problem_id", "uuid"), ("at", "timestamptz"), ("act", "text"), *COUNTED, *_FIXED)
_TOLD = ", ".join(("act", *(name for name, _type in (*COUNTED, *_FIXED))))
_NEW = f"""
WITH new AS (
    SELECT * FROM unnest({", ".join(f"%s::{kind}[]" for _name, kind in _GIVEN)})
        AS new ({", ".join(name for name, _type in _GIVEN)})
)"""
_BEGIN = f"""{_NEW}
INSERT INTO problems_stay (id, problem_id, since, {_TOLD})
SELECT id, problem_id, greatest(at, tallies_open_from()), {_TOLD} FROM new
"""
_GO_ON = f"""{_NEW}, ended AS (
    UPDATE problems_stay stay SET until = greatest(stay.since, new.at, tallies_open_from())
    FROM new WHERE stay.problem_id = new.problem_id AND stay.until IS NULL
    RETURNING stay.id, stay.problem_id, stay.until
)
INSERT INTO problems_stay (id, problem_id, previous_id, since, {_TOLD})
SELECT new.id, new.problem_id, ended.id, ended.until, {_TOLD} FROM new JOIN ended ON ended.problem_id = new.problem_id
"""


def write_stays(moves: Iterable[Move], directory: Directory) -> None:
    """Let the stays follow a batch of moves, in one statement each for new problems and for standing ones.

    What changes nothing that is counted leaves none. A stay begins no earlier than the one before it, whatever the clock
    said, and never within a day that is closed.
    """
    begun: list[tuple[Any, ...]] = []
    gone_on: list[tuple[Any, ...]] = []
    for before, after, act, at in moves:
        if before is None:
            begun.append(_row(after, act, at, directory))
        elif _counted(before) != _counted(after):
            gone_on.append(_row(after, act, at, directory))
    for statement, rows in ((_BEGIN, begun), (_GO_ON, gone_on)):
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def _counted(standing: Standing) -> Sequence[Any]:
    """The values of COUNTED for a standing, in their order."""
    return (
        standing.state.value, standing.accountable_unit_id, standing.level_region_id, standing.line_id, standing.category,
        standing.stage.value if standing.stage else "", standing.stage_due_at, standing.warn_at, standing.confidential,
        standing.misrouted, standing.rule_code,
    )


def _row(standing: Standing, act: Act, at: datetime, directory: Directory) -> tuple[Any, ...]:
    return (
        uuid7(), standing.id, at, act.value, *_counted(standing), directory.regions[standing.level_region_id].rank.value,
        standing.region_id, standing.subject_kind, standing.campaign, standing.recorded, standing.source.value,
    )
