"""What `zhitong bench` is asked, and who answers."""

from __future__ import annotations

import argparse

from zhitong.config import database as config
from zhitong.launch.bench import submit
from zhitong.launch.bench.ground import scratch
from zhitong.launch.bench.shelf import stocked, told

PROBLEMS, SHEET_ROWS, SMALL = 1_000_000, 10_000, 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, how long, how many at once."""
    parser.add_argument("what", choices=("submit", "lenses", "intake", "plan", "policy", "stock"),
                        metavar="submit|lenses|intake|plan|policy|stock",
                        help="submit：报送卡片；lenses：百万问题下的各类清单；intake：Excel导入；plan：全省一个月的灯；policy：读一份方案；stock：建好一个有许多问题的库并留着")
    parser.add_argument("--seconds", type=int, default=10, metavar="秒", help="submit 每一段测多少秒（默认 10）")
    parser.add_argument("--clients", type=int, default=8, metavar="个", help="submit 同时有多少个连接（默认 8）")
    parser.add_argument("--rows", type=int, metavar="行",
                        help=f"lenses 填入多少个问题（默认 {PROBLEMS}），intake 导入多少行（默认 {SHEET_ROWS}，最多10万）")
    parser.add_argument("--scale", type=int, default=SMALL, metavar="个", help=f"stock 和 all 在多少个问题上测（默认 {SMALL}）")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was measured; the scratch database is dropped whatever happens. Reading a paper needs none."""
    if arguments.what == "policy":
        from zhitong.rehearsal.bench import policy

        print("\n".join(policy.measure()))
        return 0
    if arguments.what == "stock":
        print("\n".join(told(arguments.scale, stocked(arguments.scale))))
        return 0
    with scratch() as name:
        if arguments.what == "submit":
            lines = submit.submit(name, arguments.seconds, arguments.clients)
        elif arguments.what == "intake":
            from zhitong.rehearsal.bench import intake

            with config.as_role("owner", name=name):
                lines = intake.measure(arguments.rows or SHEET_ROWS)
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
