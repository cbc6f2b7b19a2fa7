"""`zhitong load DIR`: check a campaign package and load it with the packages above it; twice changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhitong.kit import clock, progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder of the package."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="活动包所在文件夹")


def run(arguments: argparse.Namespace) -> int:
    """0 when loaded; findings are told by the refusal."""
    from zhitong.domain.campaigns.actions import load

    with progress.step("载入活动包"):
        loaded = load(arguments.folder, now=clock.now())
    print(f"新增 {loaded.created} 行，更新 {loaded.changed} 行，停用 {loaded.removed} 行。")
    return 0
