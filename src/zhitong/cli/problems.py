"""`zhitong problems verify`: recompute what acts have stored about problems, and say in sentences what does not hold."""

from __future__ import annotations

import argparse
import sys

from zhitong.domain.problems.queries.verifying import verify
from zhitong.kit import clock, progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far."""
    parser.add_argument("verb", choices=["verify"], metavar="verify", help="核对全部问题，不改动任何内容")


def run(arguments: argparse.Namespace) -> int:
    """0 when everything holds, 1 when there is a fault; hints alone are no fault."""
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
        print(f"核对了 {checked} 个问题：{faults} 处错误，{hints} 处提示。请保留现场并联系维护人员。", file=sys.stderr)
        return 1
    hinted = f"，另有 {hints} 处时限与现行规则不同（规则调整不影响已开始的计时）" if hints else ""
    print(f"核对了 {checked} 个问题，没有错误{hinted}。")
    return 0
