"""`zhitong problems verify`: recompute what acts have stored about problems, and say in sentences what does not hold.

`zhitong problems recount` counts anew from the rows where verify has found a count wrong.
"""

from __future__ import annotations

import argparse
import sys

from zhitong.domain.problems.actions.recounting import recount
from zhitong.domain.problems.queries.verifying import verify
from zhitong.kit import clock, progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do: verify changes nothing, recount writes the counts anew."""
    parser.add_argument(
        "verb", choices=["verify", "recount"], metavar="verify|recount",
        help="verify 核对全部问题，不改动任何内容；recount 按现有记录重新计数",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when everything holds or was counted anew, 1 when there is a fault; hints alone are no fault."""
    return _verify() if arguments.verb == "verify" else _recount()


def _verify() -> int:
    faults = hints = checked = 0

    def at(done: int) -> None:
        nonlocal checked
        checked = done
        step.at(done)

    with progress.step("核对问题") as step:
        for finding in verify(now=clock.now(), told=at):
            print(finding)
            faults, hints = faults + finding.is_fault, hints + (not finding.is_fault)
    if faults:
        advice = "计数不符的可运行 zhitong problems recount 重新计数；其他错误请保留现场并联系维护人员。"
        print(f"核对了 {checked} 个问题：{faults} 处错误，{hints} 处提示。{advice}", file=sys.stderr)
        return 1
    hinted = f"，另有 {hints} 处时限与现行规则不同（规则调整不影响已开始的计时）" if hints else ""
    print(f"核对了 {checked} 个问题，没有错误{hinted}。")
    return 0


def _recount() -> int:
    with progress.step("重新计数"):
        written = recount()
    print(f"已按现有记录重新计数，共 {written} 格。")
    return 0
