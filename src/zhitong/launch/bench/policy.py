"""A policy paper read, beside one plain pass over its words: processor time, no database."""

from __future__ import annotations

from zhitong.launch.bench.figures import Figure, Outcome
from zhitong.launch.bench.terms import Terms


def measure(scale: int, terms: Terms) -> Outcome:
    """The whole compile of an invented paper; the stock has no part in it."""
    from zhitong.rehearsal.bench.policy import measured

    found = measured(terms.seconds)
    figure = Figure(
        bench="policy", what="读一份一万字的方案（处理器时间）", scale=0, p50_ms=found.p50_ms, p99_ms=found.p99_ms,
        bare_p50_ms=found.bare_p50_ms,
    )
    return Outcome((figure,), more={"sections": found.sections, "tasks": found.tasks, "indicators": found.indicators})
