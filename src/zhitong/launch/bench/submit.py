"""Cards through the API at a stock of problems, beside the same rows by PostgreSQL alone in the same tables."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.kit import progress
from zhitong.launch import port
from zhitong.launch.bench import memory
from zhitong.launch.bench.figures import Figure, Outcome, at
from zhitong.launch.bench.floor import pgbench
from zhitong.launch.bench.ground import written_in
from zhitong.launch.bench.reading import WEB
from zhitong.launch.bench.serving import HOST, START_SECONDS, ask, cpu_seconds, refuse_refused, server
from zhitong.launch.bench.shelf import stocked
from zhitong.launch.bench.terms import Terms

if TYPE_CHECKING:
    from zhitong.rehearsal.bench.floor import Written

FASTEST = 500  # cards a second the API is given work for
CASES_PER_SECOND = 3000  # cards a second PostgreSQL alone is given work for
WARMING = 10  # cards a connection sends before anything is measured
WHAT = "一张卡片带三个问题"


def measure(scale: int, terms: Terms) -> Outcome:
    """Cards with three problems through the API, then the same rows by pgbench."""
    from zhitong.rehearsal.bench import client, floor, ground

    with (
        written_in(stocked(scale)) as (name, is_copy), config.as_role("owner", name=name),
        tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder,
    ):
        field = ground.prepare(
            owed=int(terms.seconds * FASTEST) + terms.clients * WARMING + 1, free=int(terms.seconds * CASES_PER_SECOND)
        )
        chosen = port.free(HOST, environment.number("ZHITONG_PORT") + 1000)
        made = ground.requests(field, field.round_ids, f"{HOST}:{chosen}")
        with server(name, chosen, Path(folder)) as group:
            at_rest = memory.held({WEB: group})
            before = floor.mark()
            first = client.run([next(made)], HOST, chosen, 1, START_SECONDS)
            refuse_refused(first)
            rows = floor.written_since(before)
            with progress.step("热身：每个进程先读好目录和规则"):
                client.run([next(made) for _ in range(terms.clients * WARMING)], HOST, chosen, terms.clients, START_SECONDS)
            file = Path(folder) / "requests"
            client.write_requests(file, made, int(terms.seconds * FASTEST))
            used = cpu_seconds(group)
            with progress.step("经接口报送卡片"):
                through_api = ask(file, chosen, terms.clients, terms.seconds)
            through_api["server_cpu_seconds"] = cpu_seconds(group) - used
            held = memory.compared("submit", scale, at_rest, memory.held({WEB: group}))
        floor.build(rows, field)
        with progress.step("由 PostgreSQL 直接写入同样的行"):
            alone = pgbench(name, terms.clients, int(terms.seconds), Path(folder))
        floor.take_down()
        if not is_copy:
            ground.fold_all()
    return Outcome((_figure(scale, through_api, alone),), held, _told(through_api, rows, alone, is_copy))


def _figure(scale: int, through_api: dict[str, Any], alone: dict[str, float]) -> Figure:
    took, seconds = through_api["took"], through_api["seconds"]
    return Figure(
        bench="submit", what=WHAT, scale=scale, p50_ms=at(took, 0.5), p99_ms=at(took, 0.99),
        per_second=through_api["taken"] / seconds, bare_per_second=alone["rate"],
        client_share=through_api["cpu_seconds"] / seconds,
    )


def _told(through_api: dict[str, Any], rows: Sequence[Written], alone: dict[str, float], is_copy: bool) -> dict[str, Any]:
    return {
        "web_cpu_ms_a_card": through_api["server_cpu_seconds"] / through_api["taken"] * 1000,
        "rows_a_card": sum(len(one.rows) for one in rows), "rows_by_table": {one.table: len(one.rows) for one in rows},
        "cards_left_in_stock": 0 if is_copy else int(through_api["taken"] + alone["count"]),
    }
