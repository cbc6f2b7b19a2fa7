"""`zhitong tallies verify`: every kept count of every room against its rows, of now and of the past, said in sentences.

With `--mend` what is found wrong is counted anew.
"""

from __future__ import annotations

import argparse
import sys

from zhitong.domain.problems.actions.recounting import recount
from zhitong.domain.problems.queries.verifying import DATED_CUTS, EVERY_CUT, findings_of_counts
from zhitong.kit import progress

SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do: verify changes nothing unless it is asked to mend."""
    parser.add_argument("verb", choices=["verify"], metavar="verify", help="verify 逐项核对现在和过去的全部计数")
    parser.add_argument("--mend", action="store_true", help="有不符的，按现有记录重新计数")


def run(arguments: argparse.Namespace) -> int:
    """0 when every count is right, 1 when one was wrong, mended or not."""
    wrong = 0
    with progress.step("核对计数"):
        for finding in findings_of_counts():
            wrong += 1
            if wrong <= SHOWN:
                print(finding)
    said = f"核对了 {len(EVERY_CUT)} 项计数，其中 {len(DATED_CUTS)} 项连同历史"
    if not wrong:
        print(f"{said}，全部与记录相符。")
        return 0
    if not arguments.mend:
        print(f"{said}：{wrong} 处不符。可运行 zhitong tallies verify --mend 重新计数。", file=sys.stderr)
        return 1
    with progress.step("重新计数"):
        written = recount()
    print(f"{said}：{wrong} 处不符，已按现有记录重新计数，共 {written} 格。", file=sys.stderr)
    return 1
