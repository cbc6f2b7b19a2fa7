"""Cards through the API beside the same rows by PostgreSQL alone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.kit import progress
from zhitong.launch import port
from zhitong.launch.bench.floor import pgbench
from zhitong.launch.bench.serving import HOST, START_SECONDS, ask, cpu_seconds, refuse_refused, server

FASTEST = 1500  # cards a second the API is given work for
CASES_PER_SECOND = 5000  # cards a second PostgreSQL alone is given work for
WARMING = 10  # cards a connection sends before anything is measured


def submit(name: str, seconds: int, clients: int) -> list[str]:
    """Cards with three problems through the API, then the same rows by pgbench; returns what to print."""
    from zhitong.rehearsal.bench import client, floor, ground

    with config.as_role("owner", name=name), tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        field = ground.prepare(owed=(seconds + 1) * FASTEST, free=seconds * CASES_PER_SECOND)
        chosen = port.free(HOST, environment.number("ZHITONG_PORT") + 1000)
        made = ground.requests(field, field.round_ids, f"{HOST}:{chosen}")
        with server(name, chosen, Path(folder)) as group:
            before = floor.mark()
            first = client.run([next(made)], HOST, chosen, 1, START_SECONDS)
            refuse_refused(first)
            rows = floor.written_since(before)
            with progress.step("热身：每个进程先读好目录和规则"):
                client.run([next(made) for _ in range(clients * WARMING)], HOST, chosen, clients, START_SECONDS)
            file = Path(folder) / "requests"
            client.write_requests(file, made, seconds * FASTEST)
            used = cpu_seconds(group)
            with progress.step("经接口报送卡片"):
                through_api = ask(file, chosen, clients, seconds)
            through_api["server_cpu_seconds"] = cpu_seconds(group) - used
        floor.build(rows, field)
        with progress.step("由 PostgreSQL 直接写入同样的行"):
            alone = pgbench(name, clients, seconds, Path(folder))
    return told(through_api, alone, rows, clients)


def told(through_api: dict[str, Any], alone: dict[str, float], rows: Sequence[Any], clients: int) -> list[str]:
    """The measurement in lines."""
    rate = through_api["taken"] / through_api["seconds"]
    took = through_api["took"]
    share = through_api["cpu_seconds"] / through_api["seconds"]
    each = "、".join(f"{one.table} {len(one.rows)}" for one in rows)
    return [
        f"报送卡片（每张带三个问题），同时 {clients} 个连接，{environment.number('ZHITONG_WEB_WORKERS')} 个网页进程：",
        f"  经接口：{rate:,.0f} 张/秒（{through_api['taken']:,} 张，{through_api['seconds']:.1f} 秒；"
        f"中位 {took[len(took) // 2] * 1000:.0f} 毫秒，99% 在 {took[int(len(took) * 0.99)] * 1000:.0f} 毫秒内）",
        f"  PostgreSQL 直接写入同样的行（pgbench，同样的表、索引、约束和行级策略）：{alone['rate']:,.0f} 张/秒"
        f"（{alone['count']:,} 张，{alone['seconds']:.0f} 秒）",
        f"  比值：{rate / alone['rate']:.2f}；客户端进程占用处理器 {share:.0%}（一个核为 100%）",
        f"  每张卡用网页进程的处理器 {through_api['server_cpu_seconds'] / through_api['taken'] * 1000:.1f} 毫秒；"
        f"写 {sum(len(one.rows) for one in rows)} 行：{each}",
    ]
