"""What `zhitong bench` is asked, and who answers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from zhitong.config import database as config
from zhitong.launch.bench import live, submit
from zhitong.launch.bench.ground import scratch
from zhitong.launch.bench.shelf import stocked, told
from zhitong.launch.bench.suite import as_json, as_table, reading

PROBLEMS, SHEET_ROWS, SMALL, READERS = 1_000_000, 10_000, 10_000, 1000
WHAT = {
    "submit": "报送卡片", "lenses": "百万问题下的各类清单", "search": "搜索常见词和罕见词", "intake": "Excel导入",
    "plan": "全省一个月的灯", "live": "实时通知", "policy": "读一份方案", "stock": "建好一个有许多问题的库并留着",
    "read": "在这样的库上看待办、总览、问题和搜索，与一万个问题时相比",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, how long, how many at once."""
    parser.add_argument("what", choices=tuple(WHAT), metavar="|".join(WHAT),
                        help="；".join(f"{word}：{meaning}" for word, meaning in WHAT.items()))
    parser.add_argument("--seconds", type=int, default=10, metavar="秒", help="submit 每一段测多少秒（默认 10）")
    parser.add_argument("--clients", type=int, default=8, metavar="个", help="submit 同时有多少个连接（默认 8）")
    parser.add_argument("--readers", type=int, default=READERS, metavar="个", help=f"live 同时有多少个读者（默认 {READERS}）")
    parser.add_argument("--scale", type=int, default=SMALL, metavar="个", help=f"stock、read、search 有多少个问题（默认 {SMALL}）")
    parser.add_argument("--json", action="store_true", help="read 以 JSON 输出，供程序读取")
    parser.add_argument("--rows", type=int, metavar="行",
                        help=f"lenses 填入多少个问题（默认 {PROBLEMS}），intake 导入多少行（默认 {SHEET_ROWS}，最多10万）")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was measured; a scratch database is dropped whatever happens. Reading a paper needs none."""
    if arguments.what in _BARE:
        lines = _BARE[arguments.what](arguments)
    else:
        with scratch() as name:
            lines = _ON_SCRATCH[arguments.what](name, arguments)
    print("\n".join(lines))
    return 0


def _policy(arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import policy

    return policy.measure()


def _stock(arguments: argparse.Namespace) -> list[str]:
    return told(arguments.scale, stocked(arguments.scale))


def _read(arguments: argparse.Namespace) -> list[str]:
    before, _memory = reading(SMALL)
    figures, memory = reading(arguments.scale) if arguments.scale != SMALL else (before, _memory)
    if arguments.json:
        return [as_json(figures, before, {"scale": arguments.scale, "web_memory_mib": memory})]
    said = f"网页进程占用内存：空闲 {memory['at_rest']:.0f} MiB，测后 {memory['under_load']:.0f} MiB"
    return [*as_table(figures, before), said]


def _submit(name: str, arguments: argparse.Namespace) -> list[str]:
    return submit.submit(name, arguments.seconds, arguments.clients)


def _live(name: str, arguments: argparse.Namespace) -> list[str]:
    return live.live(name, arguments.readers)


def _intake(name: str, arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import intake

    with config.as_role("owner", name=name):
        return intake.measure(arguments.rows or SHEET_ROWS)


def _search(name: str, arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import search

    with config.as_role("owner", name=name):
        return search.told(arguments.scale, search.measure(arguments.scale))


def _plan(name: str, arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import plan

    with config.as_role("owner", name=name):
        return plan.measure()


def _lenses(name: str, arguments: argparse.Namespace) -> list[str]:
    from zhitong.rehearsal.bench import lenses

    with config.as_role("owner", name=name):
        return lenses.measure(arguments.rows or PROBLEMS)


_BARE: Mapping[str, Callable[[argparse.Namespace], list[str]]] = {
    "policy": _policy, "stock": _stock, "read": _read,
}
_ON_SCRATCH: Mapping[str, Callable[[str, argparse.Namespace], list[str]]] = {
    "submit": _submit, "lenses": _lenses, "search": _search, "intake": _intake, "plan": _plan, "live": _live,
}
