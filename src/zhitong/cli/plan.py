"""`zhitong plan verify`: work out every light and gate anew from reports, values and curves alone, and say what differs.

`zhitong plan recount` counts anew from the rows where verify has found a count wrong.
"""

from __future__ import annotations

import argparse
import sys

from zhitong.domain.progress.actions.recounting import recount
from zhitong.domain.progress.queries.verifying import verify
from zhitong.kit import clock, progress

NAMED = 50
"""How many differences are printed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do: verify changes nothing, recount writes the counts anew."""
    parser.add_argument(
        "verb", choices=["verify", "recount"], metavar="verify|recount",
        help="verify 只凭报告、目标值和进度曲线重算，不改动任何内容；recount 按现有记录重新计数",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when every light, gate and count is right or was counted anew, 1 when one is wrong."""
    return _verify() if arguments.verb == "verify" else _recount()


def _verify() -> int:
    with progress.step("重算灯和节点"):
        checked = verify(now=clock.now())
    print("\n".join(checked.findings[:NAMED]))
    said = f"重算了 {checked.standings} 个灯、{checked.gates} 个节点结果"
    if checked.findings:
        print(f"{said}：{len(checked.findings)} 处不符。计数不符的可运行 zhitong plan recount 重新计数。", file=sys.stderr)
        return 1
    print(f"{said}，与存的一致，0 处不符。")
    return 0


def _recount() -> int:
    with progress.step("重新计数"):
        written = recount()
    print(f"已按现有记录重新计数，共 {written} 格。")
    return 0
