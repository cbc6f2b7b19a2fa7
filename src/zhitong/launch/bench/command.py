"""What `zhitong bench` is asked, and who answers."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from zhitong.config import database as config
from zhitong.launch.bench.apart import apart
from zhitong.launch.bench.shelf import stocked
from zhitong.launch.bench.suite import STEPS, measured
from zhitong.launch.bench.telling import report, table
from zhitong.launch.bench.terms import SMALL, Terms
from zhitong.launch.scratch import scratch

ALL, LENSES, PLAN = "all", "lenses", "plan"
WHAT = {
    ALL: "下列各项测一遍", **{step.name: step.label for step in STEPS},
    LENSES: "各类清单各自的查询计划", PLAN: "全省一个月的灯",
}
USUAL = Terms()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, at how many problems, on what terms."""
    parser.add_argument("what", choices=tuple(WHAT), metavar="|".join(WHAT),
                        help="；".join(f"{word}：{meaning}" for word, meaning in WHAT.items()))
    parser.add_argument("--scale", type=int, default=SMALL, metavar="个", help=f"有多少个问题（默认 {SMALL}）；与一万个问题时相比")
    parser.add_argument("--only", default="", metavar="项,项", help="all 只测这几项，用逗号分开")
    parser.add_argument("--again", action="store_true", help="all 把已测完的步骤也重测；不加则接着上次没测完的")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，供程序读取")
    parser.add_argument("--seconds", type=float, default=USUAL.seconds, metavar="秒", help=f"每一段测多少秒（默认 {USUAL.seconds:g}）")
    parser.add_argument("--clients", type=int, default=USUAL.clients, metavar="个", help=f"submit 同时有多少个连接（默认 {USUAL.clients}）")
    parser.add_argument("--rows", type=int, default=USUAL.rows, metavar="行", help=f"intake 导入多少行（默认 {USUAL.rows}，最多10万）")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was measured. One thing by its name is measured now; `all` goes on with what is not over yet."""
    other = _OTHERS.get(arguments.what)
    lines = apart(lambda: other(arguments)) if other else _measured(arguments)
    print("\n".join(lines))
    return 0


def _measured(arguments: argparse.Namespace) -> list[str]:
    terms = replace(USUAL, seconds=arguments.seconds, clients=arguments.clients, rows=arguments.rows)
    is_all = arguments.what == ALL
    only = _only(arguments.only) if is_all else (arguments.what,)
    done = measured(arguments.scale, terms, only, again=arguments.again or not is_all)
    said = report(arguments.scale, terms, done)
    return [json.dumps(said, ensure_ascii=False, indent=1)] if arguments.json else table(said)


def _only(words: str) -> tuple[str, ...]:
    """The steps named; raises BenchFailed: there is no such step."""
    from zhitong.launch.bench.serving import BenchFailed

    named = tuple(word.strip() for word in words.split(",") if word.strip())
    known = [step.name for step in STEPS]
    for word in named:
        if word not in known:
            raise BenchFailed(f"没有“{word}”这一项；--only 可以写：{'、'.join(known)}。")
    return named


def _lenses(arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import lenses

    with config.as_role("owner", name=stocked(arguments.scale)):
        return lenses.measure(arguments.scale)


def _plan(arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import plan

    with scratch() as name, config.as_role("owner", name=name):
        return plan.measure()


_OTHERS: Mapping[str, Callable[[argparse.Namespace], list[str]]] = {LENSES: _lenses, PLAN: _plan}
