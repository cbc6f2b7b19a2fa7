"""An argument parser that speaks Chinese: argparse has no Chinese of its own."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

EXIT_MISUSED = 2

# What argparse says, and how we say it.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1。"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1。"),
    (r"argument (.+): expected one argument", r"\1 后面需要一个值。"),
    (r"argument (.+): expected at least one argument", r"\1 后面至少需要一个值。"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能是 \2，可选：\3。"),
    (r"argument (.+): invalid int value: (.+)", r"\1 应为整数，现在是 \2。"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 不能与 \2 同时使用。"),
    (r"argument (.+): ignored explicit argument (.+)", r"\1 不带值，多出了 \2。"),
    (r"one of the arguments (.+) is required", r"需要其中一个参数：\1。"),
    (r"argument [^:]+: (.+。)", r"\1"),  # a sentence of the command's own
    (r"ambiguous option: (.+) could match (.+)", r"\1 不明确，可能是 \2。"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """`argparse.ArgumentParser` whose help and complaints are Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options, "add_help": False, "allow_abbrev": False})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _SENTENCES:
            message = re.sub(f"^{pattern}$", sentence, message)
        self.exit(EXIT_MISUSED, f"{self.prog}：{message}运行 {self.prog} --help 查看用法。\n")
