"""`zhitong population --report`: how many there are of everything, counted from the rows."""

from __future__ import annotations

import argparse
import json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--report` says what the command does; `--json` is for programs."""
    parser.add_argument("--report", action="store_true", help="列出各类服务对象和问题的数量（默认）")
    parser.add_argument("--json", action="store_true", help="按固定名称输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    from zhitong.rehearsal.accounts import aligned
    from zhitong.rehearsal.report import report

    counted = report()
    if arguments.json:
        print(json.dumps(counted, ensure_ascii=False, indent=2))
    else:
        print("\n".join(aligned([("名称", "数量"), *((name, f"{count:,}") for name, count in counted.items())])))
    return 0
