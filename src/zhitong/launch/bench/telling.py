"""What was measured, for a program and for people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import psycopg

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.launch.bench.figures import Figure
from zhitong.launch.bench.goals import judged
from zhitong.launch.bench.shelf import GROUPS
from zhitong.launch.bench.suite import ALWAYS, Done
from zhitong.launch.bench.terms import SMALL, Terms

HEAD = ("测什么", "问题数", "p50 毫秒", "p99 毫秒", "每秒", "PostgreSQL 直接做", "比值", "比一万个问题时", "客户端占一个核")

DIGITS = 4


def report(scale: int, terms: Terms, done: Sequence[Done]) -> dict[str, Any]:
    """All of it: on what it was measured, seconds of each step, figures, goals, memory, the stocks, and what each step tells."""
    small = {(one.bench, one.what): one for one in _figures(done) if one.scale == SMALL}
    figures = [one.told(small.get((one.bench, one.what))) for one in _figures(done)]
    return rounded({
        "scale": scale, "measured_on": datetime.now(UTC).date().isoformat(), "processors": os.cpu_count(),
        "postgresql": _version(), "web_processes": environment.number("ZHITONG_WEB_WORKERS"), "terms": asdict(terms),
        "seconds": sum(one.seconds for one in done),
        "steps": [{"step": one.step.name, "scale": one.scale, "seconds": one.seconds, "load": one.load} for one in done],
        "figures": figures, "goals": list(judged(figures, scale)),
        "memory": [asdict(memory) for one in done for memory in one.outcome.memory],
        "stocks": [one.outcome.more for one in done if one.step.name == ALWAYS],
        "told": {f"{one.step.name}_{one.scale}": one.outcome.more for one in done if one.step.name != ALWAYS and one.outcome.more},
    })


def rounded(said: Any) -> Any:
    """Every fraction to DIGITS places that count: no more is known."""
    if isinstance(said, dict):
        return {name: rounded(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [rounded(value) for value in said]
    return float(f"{said:.{DIGITS}g}") if isinstance(said, float) else said


def _figures(done: Sequence[Done]) -> Iterator[Figure]:
    for one in done:
        yield from one.outcome.figures


def _version() -> str:
    with psycopg.connect(**config.parameters("owner")) as connection:
        return f"{connection.info.server_version // 10000}.{connection.info.server_version % 10000}"


def table(said: Mapping[str, Any]) -> list[str]:
    """The same in lines for a person."""
    from zhitong.rehearsal.accounts import aligned

    lines: list[str] = []
    for stock in said["stocks"]:
        lines += [f"{stock['scale']:,} 个问题的库，{stock['mib']:,.0f} MiB：", *(_stage(one) for one in stock["stages"])]
    if said["figures"]:
        lines += aligned([HEAD, *(_row(one) for one in said["figures"])])
    lines += [_goal(one) for one in said["goals"]]
    lines += [_memory(one) for one in said["memory"]]
    storm = said["told"].get("storm_0")
    lines += [_storm(storm)] if storm else []
    return [*lines, f"共 {said['seconds']:,.0f} 秒，含以前测完的步骤。"]


def _stage(one: Mapping[str, Any]) -> str:
    return f"  {GROUPS[one['group']]}：{one['steps']} 步，{one['seconds']:,.1f} 秒，{one['mib']:,.0f} MiB"


def _goal(one: Mapping[str, Any]) -> str:
    verdict = "达到" if one["is_reached"] else "未达到"
    return f"  {verdict}：{one['what']}，要求 {one['asked']}，实测 {one['measured']:.3g}"


def _memory(one: Mapping[str, Any]) -> str:
    where = f"{one['bench']}（{one['scale']:,}），{one['process']}"
    return f"  内存，{where}：空闲 {one['at_rest']:.0f} MiB，测后 {one['under_load']:.0f} MiB"


def _storm(one: Mapping[str, Any]) -> str:
    killed = f"强行终止数据库连接 {one['killed_connections']} 次、办理进程 {one['killed_processes']} 次"
    verdict = "不通过" if one["tallies_verify_exit"] else "通过"
    return f"  风暴：{one['acts']:,} 个动作，{killed}；核对 {one['faults']} 处不符，tallies verify {verdict}"


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    bare = f"{one['bare_per_second']:,.0f} 每秒" if one["bare_per_second"] else _said(one["bare_p50_ms"], "{:.2f} 毫秒")
    return (
        one["what"], f"{one['scale']:,}" if one["scale"] else "", _said(one["p50_ms"], "{:.1f}"), _said(one["p99_ms"], "{:.1f}"),
        _said(one["per_second"], "{:,.0f}"), bare, _said(one["ratio"], "{:.2f}"), _said(one["growth"], "{:.2f}"),
        _said(one["client_share"], "{:.0%}") + ("（作废）" if one["is_void"] else ""),
    )


def _said(value: float | None, how: str) -> str:
    return how.format(value) if value is not None else ""
