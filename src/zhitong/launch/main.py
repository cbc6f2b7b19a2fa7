"""The command `zhitong`: finds the command in the table, gives it what it needs, and turns trouble into sentences."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from zhitong.config import environment
from zhitong.kit.refusals import Refused
from zhitong.kit.trouble import Trouble
from zhitong.launch.commands import COMMANDS, Runnable
from zhitong.launch.parser import Parser

EXIT_TROUBLE = 1
EXIT_INTERRUPTED = 130


class NoSuchCommand(Trouble):
    """The first word is not in the table."""


class NotPrepared(Trouble):
    """The database has no tables yet."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is its own, 1 for trouble told in a sentence, 130 when interrupted.

    Whoever reads no further (`| head`) is no trouble.
    """
    words = sys.argv[1:] if words is None else list(words)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    try:
        done = _run(words)
        sys.stdout.flush()
        return done
    except Trouble as trouble:
        return _tell(str(trouble))
    except Refused as refused:
        return _tell(refused.sentence)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter stumbles over it once more
        return 0


def _run(words: Sequence[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        print(overview())
        return 0
    command = next((each for each in COMMANDS if each.name == words[0]), None)
    if command is None:
        raise NoSuchCommand(f"没有“{words[0]}”这个命令；直接运行 zhitong 查看全部命令。")
    os.environ.setdefault("ZHITONG_ROLE", command.role)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
    environment.role()
    module = command.load()
    parser = Parser(prog=f"zhitong {command.name}", description=command.help)
    module.add_arguments(parser)
    arguments = parser.parse_args(words[1:])
    if not command.asks_for_database(arguments):
        return module.run(arguments)
    return _run_with_database(module, arguments)


def _run_with_database(module: Runnable, arguments: argparse.Namespace) -> int:
    from django.db import ProgrammingError, connections
    from psycopg.errors import UndefinedTable

    from zhitong.config import database as config
    from zhitong.launch import database

    with database.running():
        config.point_at(config.settings_for(environment.role()))
        try:
            return module.run(arguments)
        except ProgrammingError as error:
            if isinstance(error.__cause__, UndefinedTable):
                raise NotPrepared("数据库还没有准备好，缺少数据表；请先运行 zhitong prepare。") from error
            raise
        finally:
            connections.close_all()


def overview() -> str:
    """The help of `zhitong` itself, written from the table."""
    width = max(len(command.name) for command in COMMANDS) + 2
    lines = [f"  {command.name:<{width}}{command.help}" for command in COMMANDS]
    return "\n".join(
        [
            "直通：三级服务直通平台",
            "",
            "用法：zhitong 命令 [参数]",
            "",
            *lines,
            "",
            "zhitong 命令 --help 查看该命令的参数。",
        ]
    )


def _tell(sentence: str) -> int:
    print(f"zhitong：{sentence}", file=sys.stderr)
    return EXIT_TROUBLE


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
