"""`zhitong retention`: what would go today by each term, and the day's run at once."""

from __future__ import annotations

import argparse

from zhitong.domain.retention.actions.running import carry_on
from zhitong.domain.retention.queries.terms import counted_due
from zhitong.kit import clock, progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do: plan changes nothing."""
    parser.add_argument("verb", choices=["plan", "run"], metavar="plan | run", help="plan 看今天会清理多少；run 现在就清理，可中断后继续")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was told, or done."""
    return _run() if arguments.verb == "run" else _plan()


def _plan() -> int:
    for one in counted_due(clock.now()):
        since = f"，最早 {clock.day_of(one.oldest).isoformat()}" if one.oldest else ""
        term = one.held.term
        print(f"{term.kind.label}：{term.since}起保存 {one.held.months} 个月，今天到期 {one.many} 条{since}，到期{term.treatment.label}")
    return 0


def _run() -> int:
    done = 0
    with progress.step("按期限清理") as step:
        while more := carry_on(now=clock.now(), at_any_hour=True):
            done += more
            step.at(done)
    print(f"今天的清理已做完，这一次清理了 {done} 条。当日已做过的不再重做。")
    return 0
