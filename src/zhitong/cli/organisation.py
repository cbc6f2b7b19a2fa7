"""`zhitong organisation`: a territory's regions, units, posts and people taken out as JSON, held against, taken in."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from zhitong.domain.organisations.queries import person_of_login, posts_held_by
from zhitong.domain.organisations.queries.tree import tree_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.tree import Change, Difference, Tree, UnreadableTree, read, told
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.actions.staffing import take_in_organisation
from zhitong.domain.problems.queries.staffing import differences_with_work
from zhitong.kit import clock
from zhitong.kit.refusals import Refused
from zhitong.kit.trouble import Trouble


class CannotExchange(Trouble):
    """Nobody administers under the login, or the file cannot be read or taken in."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the three, and as which administrator."""
    parser.add_argument("act", choices=["export", "differences", "import"], help="导出；对照（不改动）；导入")
    parser.add_argument("login", metavar="登录名", help="以哪位系统管理员的身份：只涉及其辖区，留痕记在其名下")
    parser.add_argument("file", metavar="文件", nargs="?", type=Path, help="对照、导入的 JSON 文件")
    parser.add_argument("--region", metavar="区划代码", default="", help="只导出辖区里的一个地区")


def run(arguments: argparse.Namespace) -> int:
    """0 when done; 1 when differences were found that may not be done."""
    viewer = _administrator(arguments.login)
    try:
        with acting_as(viewer):
            if arguments.act == "export":
                print(json.dumps(told(tree_of(viewer, arguments.region, today=clock.today())), ensure_ascii=False, indent=1))
                return 0
            wanted = _read(arguments.file)
            if arguments.act == "import":
                return _told(take_in_organisation(viewer, wanted, actor=viewer.actor("cli"), now=clock.now()))
            return _told(differences_with_work(viewer, wanted, today=clock.today()))
    except Refused as refused:
        raise CannotExchange(refused.sentence) from refused


def _administrator(login: str) -> Viewer:
    person_id = person_of_login(login)
    held = posts_held_by(person_id, clock.today()) if person_id else []
    found = next((post.viewer for post in held if post.viewer.may(Permission.ADMINISTER)), None)
    if found is None:
        raise CannotExchange(f"“{login}”不是在任的系统管理员，请核对登录名。")
    return found


def _read(file: Path | None) -> Tree:
    if file is None:
        raise CannotExchange("请写明要对照或导入的文件，例如 zhitong organisation import 登录名 organisation.json。")
    try:
        return read(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CannotExchange(f"读不了文件 {file}：它不在，或者不是 JSON。请核对后再试。") from error
    except UnreadableTree as error:
        raise CannotExchange(str(error)) from error


def _told(found: Sequence[Difference]) -> int:
    for one in found:
        words = "；".join(f"{name} {old or '空'} → {new or '空'}" for name, (old, new) in one.fields.items())
        print(f"{one.change.label}\t{one.what}\t{one.key}\t{one.why or words}")
    print(f"共{len(found)}处。", file=sys.stderr)
    return int(any(one.change is Change.REFUSED for one in found))
