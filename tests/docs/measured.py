"""The last runs of `zhitong bench all`, kept as docs/performance/<scale>.json, as tables for the page, and the words of every figure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RUNS = Path(__file__).parents[2] / "docs" / "performance"
Rows = list[tuple[str, ...]]
Run = dict[str, Any]


def runs() -> list[Run]:
    """What was kept, the smallest stock first."""
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in RUNS.glob("*.json")]
    return sorted(kept, key=lambda run: int(run["scale"]))


def runs_table() -> Rows:
    """When and on what each was measured, and its seconds."""
    return [
        ("problems", "measured on", "processors", "PostgreSQL", "web processes", "seconds of the steps", "load when a step began"),
        *(
            (f"{run['scale']:,}", run["measured_on"], str(run["processors"]), run["postgresql"], str(run["web_processes"]),
             f"{run['seconds']:,.0f}", _span([step["load"] for step in run["steps"]])) for run in runs()
        ),
    ]


def steps_table() -> Rows:
    """Seconds of each step by run."""
    names = list(dict.fromkeys((step["step"], step["scale"]) for run in runs() for step in run["steps"]))
    return [
        ("step", "at", *(f"run of {run['scale']:,}" for run in runs())),
        *((name, _at(scale), *(_seconds(run, name, scale) for run in runs())) for name, scale in names),
    ]


def figures_table() -> Rows:
    """Every figure of every run."""
    return [
        ("bench", "what", "at", "p50 ms", "p99 ms", "a second", "PostgreSQL alone", "ratio", "growth", "client"),
        *(
            (one["bench"], one["what"], _at(one["scale"]), _number(one["p50_ms"]), _number(one["p99_ms"]), _number(one["per_second"]),
             _alone(one), _number(one["ratio"]), _number(one["growth"]), _share(one))
            for run in runs() for one in run["figures"] if _is_its_own(one, run)
        ),
    ]


def goals_table() -> Rows:
    """What was asked and whether it is reached."""
    return [
        ("bench", "what", "at", "asked", "measured", "reached"),
        *(
            (one["bench"], one["what"], _at(run["scale"]), one["asked"], _number(one["measured"]), "yes" if one["is_reached"] else "**no**")
            for run in runs() for one in run["goals"]
        ),
    ]


def memory_table() -> Rows:
    """MiB of every process, by step."""
    return [
        ("bench", "at", "process", "at rest MiB", "under load MiB"),
        *(
            (one["bench"], _at(one["scale"]), one["process"], f"{one['at_rest']:.0f}", f"{one['under_load']:.0f}")
            for run in runs() for one in run["memory"] if _is_its_own(one, run)
        ),
    ]


def stocks_table() -> Rows:
    """What filling took, by group of stages."""
    return [
        ("problems", "stages", "steps", "seconds", "MiB"),
        *(
            (f"{stock['scale']:,}", one["group"], str(one["steps"]), f"{one['seconds']:,.1f}", f"{one['mib']:,.0f}")
            for run in runs() for stock in run["stocks"] if _is_its_own(stock, run) for one in stock["stages"]
        ),
    ]


def disk_table() -> Rows:
    """What a stock takes on disk, by table."""
    return [
        ("problems", "table", "rows", "rows MiB", "indexes MiB", "bytes a problem", "greater indexes, MiB"),
        *(
            (f"{stock['scale']:,}", one["table"], f"{one['rows']:,}", f"{one['rows_mib']:,.0f}", f"{one['indexes_mib']:,.0f}",
             f"{one['bytes_a_problem']:,.0f}", "、".join(f"{name} {size:,.0f}" for name, size in one["indexes"].items()))
            for run in runs() for stock in run["stocks"] if _is_its_own(stock, run) for one in stock["disk"]
        ),
    ]


def told_table() -> Rows:
    """What else each step tells."""
    return [
        ("step", "at", "what it tells"),
        *(
            (step, _at(int(scale)), _said(more)) for run in runs()
            for step, scale, more in ((*name.rsplit("_", 1), more) for name, more in run["told"].items())
            if int(scale) in (0, run["scale"])
        ),
    ]


BENCH_TABLES = {
    "benchruns": runs_table, "benchsteps": steps_table, "benchfigures": figures_table, "benchgoals": goals_table,
    "benchmemory": memory_table, "benchstocks": stocks_table, "benchdisk": disk_table, "benchtold": told_table,
}


def keys(run: Run) -> set[str]:
    """Every figure of a run by its way through the JSON; lists and stocks' sizes are no part of the way."""
    return {re.sub(r"_\d+\b", "", way) for way in _ways(run, "")}


def _ways(said: Any, way: str) -> Iterator[str]:
    if isinstance(said, dict) and not way.endswith(LEAVES):
        for name, more in said.items():
            yield from _ways(more, f"{way}.{name}".removeprefix("."))
    elif isinstance(said, list):
        for more in said:
            yield from _ways(more, way)
    else:
        yield way


LEAVES = (".indexes", ".rows_by_table")
"""Named by tables and indexes, which explain themselves."""


def _is_its_own(one: Run, run: Run) -> bool:
    """Whether it is told of the stock of the run: the small one beside it is told in its own run."""
    return one["scale"] in (0, run["scale"])


def _at(scale: int) -> str:
    return f"{scale:,}" if scale else "–"


def _seconds(run: Run, name: str, scale: int) -> str:
    return next((f"{step['seconds']:,.0f}" for step in run["steps"] if (step["step"], step["scale"]) == (name, scale)), "–")


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _alone(one: Run) -> str:
    if one["bare_per_second"] is not None:
        return f"{_number(one['bare_per_second'])} a second"
    return f"{_number(one['bare_p50_ms'])} ms" if one["bare_p50_ms"] is not None else "–"


def _share(one: Run) -> str:
    if one["client_share"] is None:
        return "–"
    return f"{one['client_share']:.0%}" + (" **void**" if one["is_void"] else "")


def _span(loads: list[float]) -> str:
    return f"{min(loads):.1f} to {max(loads):.1f}" if loads else "–"


def _said(more: Any) -> str:
    if isinstance(more, dict):
        return "; ".join(f"{name} {_said(value)}" for name, value in more.items())
    if isinstance(more, list):
        return " / ".join(f"({_said(value)})" for value in more)
    return _number(more) if isinstance(more, (int, float)) else str(more)
