"""`zhitong cards verify`: recount the collection of every round from its rows, region by region, and say what differs.

`zhitong cards recount` counts anew from the rows where verify has found a count wrong.
"""

from __future__ import annotations

import argparse
import sys

from zhitong.domain.cards.actions.recounting import recount
from zhitong.domain.cards.queries.verifying import verify
from zhitong.kit import progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do: verify changes nothing, recount writes the counts anew."""
    parser.add_argument(
        "verb", choices=["verify", "recount"], metavar="verify|recount",
        help="verify 逐地区核对采集数，不改动任何内容；recount 按现有记录重新计数",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when every count is right or was counted anew, 1 when one is wrong."""
    return _verify() if arguments.verb == "verify" else _recount()


def _verify() -> int:
    wrong = 0
    with progress.step("核对采集数"):
        checked, findings = verify()
        for finding in findings:
            print(finding)
            wrong += 1
    said = f"核对了 {checked.rounds} 个填报期、{checked.regions} 个地区、{checked.obligations} 份应报"
    if wrong:
        print(f"{said}：{wrong} 处不符。可运行 zhitong cards recount 重新计数。", file=sys.stderr)
        return 1
    print(f"{said}，采集率逐级相符。")
    return 0


def _recount() -> int:
    with progress.step("重新计数"):
        written = recount()
    print(f"已按现有记录重新计数，共 {written} 格。")
    return 0
