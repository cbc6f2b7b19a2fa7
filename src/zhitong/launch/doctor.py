"""`zhitong doctor`: looks at the installation and says in sentences what is well, what is not, and what to do."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import cast

from zhitong.kit.trouble import Trouble


class Verdict(Enum):
    """How a check came out."""

    OK = "正常"
    WARN = "注意"
    FAIL = "异常"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True)
class Check:
    """What one look found; `next_step` is for whoever has to mend it."""

    name: str
    verdict: Verdict
    sentence: str
    next_step: str = ""


# Functions "module:name" that return checks. A room adds its own; those that read tables go into the second list
# and are called as zhitong_worker.
CHECKS: tuple[str, ...] = ("zhitong.launch.checks.machine:checks",)
CHECKS_WITH_DATABASE: tuple[str, ...] = (
    "zhitong.launch.checks.database:checks",
    "zhitong.launch.checks.house:checks",
    "zhitong.launch.checks.messages:checks",
)


# With --production these are asked as well, and whatever needs attention counts as wrong.
PRODUCTION: tuple[str, ...] = ("zhitong.launch.checks.production:checks", "zhitong.launch.checks.connections:checks")
PRODUCTION_WITH_DATABASE: tuple[str, ...] = ("zhitong.launch.checks.production:checks_with_database",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--production", action="store_true", help="按正式使用的要求检查，有一项需要注意也不算通过")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，供程序读取")


def run(arguments: argparse.Namespace) -> int:
    found = examine(is_production=arguments.production)
    if arguments.json:
        rows = [{**vars(check), "verdict": check.verdict.name.lower()} for check in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found)))
    accepted = (Verdict.OK,) if arguments.production else (Verdict.OK, Verdict.WARN)
    return 1 if any(check.verdict not in accepted for check in found) else 0


def examine(*, is_production: bool = False) -> list[Check]:
    """All checks; without a database, those that need none and the reason why there is none."""
    found = _ask(CHECKS + PRODUCTION if is_production else CHECKS)
    with ExitStack() as held:
        try:
            from zhitong.launch import database

            held.enter_context(database.running())
        except Trouble as trouble:
            return [*found, Check("数据库", Verdict.FAIL, str(trouble), "排除后再次运行 zhitong doctor。")]
        asked = CHECKS_WITH_DATABASE + PRODUCTION_WITH_DATABASE if is_production else CHECKS_WITH_DATABASE
        return found + _ask_with_database(asked)


def _ask_with_database(functions: Sequence[str]) -> list[Check]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
    import django
    from django.db import connections

    from zhitong.config import database

    django.setup()
    try:
        with database.as_role("worker"):
            return _ask(functions)
    finally:
        connections.close_all()


def _ask(functions: Sequence[str]) -> list[Check]:
    """One that breaks is itself a finding, and does not keep the others from being asked."""
    found: list[Check] = []
    for function in functions:
        module, _, name = function.partition(":")
        try:
            ask = cast(Callable[[], Iterable[Check]], getattr(import_module(module), name))
            found.extend(ask())
        except Exception as error:
            found.append(
                Check(
                    function, Verdict.FAIL, f"检查没有完成：{type(error).__name__}：{error}", "请把这一行告诉维护人员。"
                )
            )
    return found


def _lines(found: Sequence[Check]) -> list[str]:
    lines = []
    for check in found:
        lines.append(f"[{check.verdict.label}] {check.name}：{check.sentence}")
        if check.next_step:
            lines.append(f"       → {check.next_step}")
    failed = sum(check.verdict is Verdict.FAIL for check in found)
    warned = sum(check.verdict is Verdict.WARN for check in found)
    lines.append(f"共检查 {len(found)} 项：{failed} 项异常，{warned} 项需要注意。")
    return lines
