"""`zhitong administrator`: seat one of the three administrators of a region's office; in a new installation the first account."""

from __future__ import annotations

import argparse
import getpass
import sys

from zhitong.kit import clock
from zhitong.kit.trouble import Trouble


class PasswordTooWeak(Trouble):
    """The password could be guessed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and who; the password is asked for, or read from standard input when that is no terminal."""
    parser.add_argument("region", metavar="区划代码", help="如 13（省）、1309（市）、130982（县）")
    parser.add_argument("login", metavar="登录名", help="登录时使用的名字")
    parser.add_argument("name", metavar="姓名", help="页面上显示的姓名")
    parser.add_argument(
        "--post", choices=["administrator", "security", "auditor"], default="administrator",
        help="任哪一员：系统管理员（默认）、安全管理员、审计管理员；最高一级的后两员在这里任命",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when seated; refusals are told in a sentence."""
    from zhitong.domain.accounts.actions.passwords import fault_of
    from zhitong.domain.organisations.actions.seating import seat_administrator
    from zhitong.domain.organisations.rules.kinds import PostKind

    password = _password()
    if trouble := fault_of(password, login=arguments.login, name=arguments.name):
        raise PasswordTooWeak(trouble)
    office = seat_administrator(
        region_code=arguments.region, login=arguments.login, name=arguments.name, password=password,
        since=clock.today(), kind=PostKind(arguments.post),
    )
    print(f"{arguments.name}（{arguments.login}）已任{office}{PostKind(arguments.post).label}，可以登录。")
    return 0


def _password() -> str:
    return getpass.getpass("口令：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def greeting() -> list[str]:
    """For `zhitong up`: how to make the first account, where there is none yet."""
    from zhitong.domain.campaigns.queries import campaigns_loaded
    from zhitong.domain.organisations.queries import has_people

    if has_people():
        return []
    head = "还没有任何账号。" if campaigns_loaded() else "还没有载入活动包，也没有任何账号。"
    return [head, "请另开窗口运行：zhitong administrator 13 登录名 姓名（13 为本级区划代码）"]
