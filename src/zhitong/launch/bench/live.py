"""Readers on the streams, beside pages and worker: how soon a commit is heard of."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.kit import progress
from zhitong.launch import port, up
from zhitong.launch.bench import memory
from zhitong.launch.bench.figures import Figure, Memory, Outcome
from zhitong.launch.bench.ground import written_in
from zhitong.launch.bench.serving import HOST, cpu_seconds, kept_running, wait_for
from zhitong.launch.bench.shelf import stocked
from zhitong.launch.bench.terms import READERS, Terms
from zhitong.launch.scratch import state_folder

if TYPE_CHECKING:
    from zhitong.rehearsal.bench.live import Measured

def measure(scale: int, terms: Terms) -> Outcome:
    """Readers on the streams as `zhitong up` serves them, beside pages and worker, in two numbers one after the other."""
    with written_in(stocked(scale)) as (name, _is_copy), config.as_role("owner", name=name):
        found = [_measured(name, scale, readers, terms) for readers in READERS]
    return Outcome(
        tuple(figure for one, _memory in found for figure in _figures(one, scale)),
        found[-1][1], {"runs": [_told(one) for one, _memory in found]},
    )


def _measured(name: str, scale: int, readers: int, terms: Terms) -> tuple[Measured, tuple[Memory, ...]]:
    from zhitong.rehearsal.bench import live as bench

    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder, ExitStack() as running:
        cookies = bench.prepare(readers)
        pages = port.free(HOST, environment.number("ZHITONG_PORT") + 1000)
        streams = port.free(HOST, pages + 1)
        kept = [one if one.name != up.WORK else replace(one, command=up.worker_beside()) for one in up.processes(HOST, pages, streams)]
        home = state_folder(name, Path(folder))
        groups = {one.name: running.enter_context(kept_running(one, home)) for one in kept}
        for each in (pages, streams):
            wait_for(each)
        at_rest = memory.held(groups)
        with progress.step(f"{readers:,} 个读者"):
            found = bench.measure(
                cookies, HOST, streams, Path(folder), acts=int(terms.seconds * 2),
                cpu_seconds=lambda: cpu_seconds(groups[up.STREAMS]),
            )
        return found, memory.compared("live", scale, at_rest, memory.held(groups))


def _figures(found: Measured, scale: int) -> tuple[Figure, Figure]:
    def figure(what: str, p50_ms: float, p99_ms: float) -> Figure:
        return Figure(bench="live", what=what, scale=scale, p50_ms=p50_ms, p99_ms=p99_ms, client_share=found.client_share)

    reading, others = found.reading, found.with_stopped
    return (
        figure(f"{found.readers:,} 个读者，提交到收到", reading.at(0.5), reading.at(0.99)),
        figure(f"{found.readers:,} 个读者，三分之一不再读，其余的", others.at(0.5), others.at(0.99)),
    )


def _told(found: Measured) -> dict[str, Any]:
    rounds = (found.reading, found.with_stopped)
    return {
        "readers": found.readers, "opening_seconds": found.opening_seconds, "server_share": found.server_share,
        "notices": sum(len(one.took) for one in rounds), "notices_expected": sum(one.expected for one in rounds),
    }
