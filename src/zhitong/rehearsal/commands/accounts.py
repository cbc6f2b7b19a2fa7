"""`zhitong accounts`: the demonstration's accounts as a table."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: there is one table."""


def run(arguments: argparse.Namespace) -> int:
    from zhitong.rehearsal.accounts import greeting

    print("\n".join(greeting() or ["这个数据库不是演示环境，没有演示账号。"]))
    return 0
