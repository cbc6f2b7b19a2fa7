"""`zhitong verify-backup`: a backup restored into a database of its own and compared table by table; that database goes again."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhitong.launch import scratch
from zhitong.launch.backup import base, manifest, take
from zhitong.launch.backup.bringing_back import bring_back, refuse_older_server


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one; the newest when none is named."""
    parser.add_argument("backup", nargs="?", metavar="备份", help="一个备份，或放备份的文件夹（核对其中最新的）")


def run(arguments: argparse.Namespace) -> int:
    backup = manifest.chosen(Path(arguments.backup).absolute() if arguments.backup else take.home())
    told = manifest.read(backup)
    wrong = verify(backup, told)
    for sentence in wrong:
        print(sentence)
    if wrong:
        print(f"备份 {backup.name} 有 {len(wrong)} 张表与清单不符，不能依靠；请立即重新备份。")
        return 1
    print(f"备份 {backup.name} 可以恢复：{len(told.tables)} 张表，{told.rows:,} 行，逐表核对一致。")
    return 0


def verify(backup: Path, told: manifest.Manifest) -> list[str]:
    """What of a backup does not come back as it was; none when it can be relied on."""
    refuse_older_server(told)
    with scratch.dropped_afterwards() as name:
        found = bring_back(backup, told, name)
    return found + (base.faults(backup, told.server) if base.COPY in told.files else [])
