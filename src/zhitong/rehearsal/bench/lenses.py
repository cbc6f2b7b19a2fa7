"""What a page of a list costs at a stock of problems: EXPLAIN (ANALYZE, BUFFERS) of each lens as zhitong_web.

What a reader sees is decided by the query's own condition and by the row-level policies, as in the pages. Nobody is seated
for it: the readers are made up, with the rights of an officer's post.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

from zhitong.config import database as config
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.queries.lists import Filters, Order, problems_for
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.kit import clock
from zhitong.rehearsal.accounts import aligned
from zhitong.rehearsal.storm.field import Viewers

PAGE = 50

READERS = (
    ("乡镇", "130973206-government"), ("园区经发局", "130973400-economy"),
    ("县双创双服办", "130982-office"), ("县工信局（条线）", "130982-industry"), ("市双创双服办", "1309-office"),
    ("市工信局（条线）", "1309-industry"), ("省双创双服办", "13-office"), ("省工信厅（条线）", "13-industry"),
)
"""Who looks beside the firm that has most problems: a name for the table, and the code of the unit."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One list read: by whom, through which lens, in which order; milliseconds inside the server, buffers touched."""

    reader: str
    lens: Lens
    order: Order
    rows: int
    planning_ms: float
    execution_ms: float
    buffers: int


def measure(scale: int) -> list[str]:
    """Measure every lens of every reader in a stock (as its owner); returns the table as lines."""
    viewers = list(_viewers())
    name = str(connection.settings_dict["NAME"])
    with config.as_role("web", name=name):
        costs = [cost for reader, viewer in viewers for cost in _costs(reader, viewer)]
        connections.close_all()
    head = ("读者", "镜头", "顺序", "行", "规划毫秒", "执行毫秒", "缓冲页")
    body = [
        (one.reader, one.lens.label, one.order.label, str(one.rows), f"{one.planning_ms:.1f}", f"{one.execution_ms:.1f}",
         f"{one.buffers:,}") for one in costs
    ]
    return [f"{scale:,} 个问题，每页 {PAGE} 行，以 zhitong_web 身份、在行级策略之下：", *aligned([head, *body])]


def _viewers() -> Iterator[tuple[str, Viewer]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reporter_unit_id, region_id FROM problems_problem WHERE reporter_unit_id IS NOT NULL"
            " GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1"
        )
        [firm] = cursor.fetchall()
    known = Viewers(directory(), [firm])
    units = {unit.code: unit.id for unit in directory().units.values()}
    yield "企业", known.of(firm[0])
    for reader, code in READERS:
        yield reader, known.of(units[code])


def _costs(reader: str, viewer: Viewer) -> Iterator[Cost]:
    for lens in lenses_of(viewer):
        for order in Order:
            yield _cost(reader, viewer, lens, order)


def _cost(reader: str, viewer: Viewer, lens: Lens, order: Order) -> Cost:
    """The list's own statement, caught as it is sent, once for its rows and twice explained (the second counts)."""
    directory()
    with acting_as(viewer):
        with _caught() as sent:
            page = problems_for(viewer, lens, Filters(), now=clock.now(), order=order, limit=PAGE)
        statement, parameters = next(one for one in sent if "AS lens" in one[0])
        _explained(statement, parameters)
        plan = _explained(statement, parameters)
    return Cost(
        reader, lens, order, len(page.rows), _number(plan, r"Planning Time: ([0-9.]+)"),
        _number(plan, r"Execution Time: ([0-9.]+)"), _buffers(plan),
    )


@contextmanager
def _caught() -> Iterator[list[tuple[str, Any]]]:
    """The statements that are sent meanwhile, with their parameters."""
    sent: list[tuple[str, Any]] = []

    def keep(execute: Callable[..., Any], statement: str, parameters: Any, many: bool, context: Any) -> Any:
        sent.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(keep):
        yield sent


def _explained(statement: str, parameters: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
        return [line for (line,) in cursor.fetchall()]


def _number(plan: Sequence[str], pattern: str) -> float:
    return next(float(found[1]) for line in plan if (found := re.search(pattern, line)))


def _buffers(plan: Sequence[str]) -> int:
    """Pages touched by the topmost node."""
    line = next((line for line in plan if "Buffers:" in line), "")
    return sum(int(pages) for pages in re.findall(r"(?:hit|read)=(\d+)", line))
