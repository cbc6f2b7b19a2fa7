"""`zhitong manage …`: Django's own commands, as the owner of the tables unless ZHITONG_ROLE says otherwise."""

from __future__ import annotations

import argparse
import os
import shutil

from zhitong.launch.embedded import binaries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="命令与参数", help="原样交给 Django")


def run(arguments: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    if shutil.which("psql") is None:  # dbshell needs it
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), str(binaries.installed())])
    execute_from_command_line(["zhitong manage", *arguments.words])
    return 0
