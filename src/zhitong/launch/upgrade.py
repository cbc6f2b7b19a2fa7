"""`zhitong upgrade`: a backup, the new tables, and every figure held against its rows; and how to go back.

Only additive migrations are let into a release (tests/house/test_additive.py), so pages of the release before may be served
from the new tables meanwhile.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from zhitong.config import environment, state
from zhitong.kit import progress
from zhitong.launch import prepare
from zhitong.launch.backup import manifest, take
from zhitong.launch.commands import COMMANDS, Command
from zhitong.launch.parser import Parser

VERIFIED_BY = ("history", "tallies", "cards", "plan", "problems")
"""Commands whose `verify` holds what is kept against the rows it is made from; those that this release has are run."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the backup goes, or that there is one already."""
    parser.add_argument("--backup", metavar="文件夹", help="升级前的备份放在哪里；不填则按 ZHITONG_BACKUP_DIR")
    parser.add_argument("--no-backup", action="store_true", help="不做备份（刚刚做过时用）")


def run(arguments: argparse.Namespace) -> int:
    from zhitong.config import database

    with database.as_role("owner"):
        waiting, has_tables = prepare.waiting_migrations(), prepare.has_tables()
    print(f"要更新 {len(waiting)} 项数据表。" if waiting else "数据表已与本版本一致，只作核对。")
    backup = None
    if has_tables and not arguments.no_backup:
        backup = take.take(Path(arguments.backup).absolute() if arguments.backup else take.home())
        print(f"已备份到 {backup}。")
    is_held = has_tables and hold_sealing(waiting)
    prepare.prepare()
    failed = verify(verifications())
    for line in _farewell(failed, backup):
        print(line)
    if is_held:
        print("上一版本读不了加密的个人信息，所以还没有开始加密：全部进程都换成新版本后，请运行 zhitong keys rotate。")
    return 1 if failed else 0


def hold_sealing(waiting: Sequence[str]) -> bool:
    """Have new values stand unsealed when the release before cannot open sealed ones; whether it was so."""
    from zhitong.kit.sealing.moving import begins_sealing

    if environment.one_of("ZHITONG_SEALING", ("auto", "on", "ready")) != "auto" or not begins_sealing(waiting):
        return False
    state.write_private(state.sealing_held_file(), f"{manifest.release()}\n")
    return True


def verifications() -> list[Command]:
    """The commands of this release that verify something, in the order of VERIFIED_BY."""
    by_name = {command.name: command for command in COMMANDS}
    return [by_name[name] for name in VERIFIED_BY if name in by_name]


def verify(commands: Sequence[Command]) -> list[str]:
    """Run the `verify` of each as its own role; returns the names of those that found something wrong."""
    from zhitong.config import database

    failed = []
    for command in commands:
        module, parser = command.load(), Parser(prog=f"zhitong {command.name}")
        module.add_arguments(parser)
        with database.as_role(command.role), progress.step(f"核对：{command.name} verify"):
            if module.run(parser.parse_args(["verify"])):
                failed.append(command.name)
    return failed


def _farewell(failed: Sequence[str], backup: Path | None) -> list[str]:
    back = [f"如需退回：停止服务，装回上一版本，运行 zhitong restore {backup} --replace，再启动。"] if backup else []
    if failed:
        return [f"升级已完成，但 {'、'.join(failed)} 核对不符，请先看上面的说明，不要急于提供服务。", *back]
    release = manifest.release()
    return [f"已升级到 {release}，核对一致。旧版本的进程可以继续服务，逐个换成新版本即可。", *back]
