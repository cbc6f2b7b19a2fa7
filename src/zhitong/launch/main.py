"""The command `zhitong`: finds the command in the table, gives it what it needs, and turns trouble into sentences."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from zhitong.kit.trouble import Trouble
from zhitong.launch.commands import COMMANDS, Runnable

EXIT_TROUBLE = 1
EXIT_INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is its own, 1 for trouble told in a sentence, 130 when interrupted."""
    words = sys.argv[1:] if words is None else list(words)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    try:
        return _run(words)
    except Trouble as trouble:
        print(f"zhitong：{trouble}", file=sys.stderr)
        return EXIT_TROUBLE
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return EXIT_INTERRUPTED


def _run(words: Sequence[str]) -> int:
    command = next((each for each in COMMANDS if words and each.name == words[0]), None)
    if command is None:
        parser = _overview()
        parser.parse_args(words)
        parser.print_help()
        return 0
    module = command.load()
    parser = argparse.ArgumentParser(prog=f"zhitong {command.name}", description=command.help, add_help=False)
    _in_chinese(parser)
    module.add_arguments(parser)
    arguments = parser.parse_args(words[1:])
    os.environ.setdefault("ZHITONG_ROLE", command.role)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
    if not command.needs_database:
        return module.run(arguments)
    return _run_with_database(module, arguments)


def _run_with_database(module: Runnable, arguments: argparse.Namespace) -> int:
    from zhitong.launch import database

    with database.running():
        import django
        from django.db import connections

        django.setup()
        try:
            return module.run(arguments)
        finally:
            connections.close_all()


def _overview() -> argparse.ArgumentParser:
    """A parser that only knows the names, so that help writes itself and wrong names are told the right ones."""
    parser = argparse.ArgumentParser(prog="zhitong", description="直通：三级服务直通平台", add_help=False)
    _in_chinese(parser)
    known = parser.add_subparsers(title="命令", metavar="命令", dest="command")
    for command in COMMANDS:
        known.add_parser(command.name, help=command.help, add_help=False)
    return parser


def _in_chinese(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示本说明")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
