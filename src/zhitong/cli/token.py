"""`zhitong token LOGIN`: make an API key for a person's post; the key is shown once and only its digest is kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.queries import HeldPost, person_of_login, posts_held_by
from zhitong.kit import clock
from zhitong.kit.trouble import Trouble


class NoSuchPost(Trouble):
    """The person is not known, holds no post, or holds several and none was named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose key, as which post, and what it is for."""
    parser.add_argument("login", metavar="登录名", help="密钥代表谁")
    parser.add_argument("--post", metavar="岗位", help="代表哪个岗位，如“某区经发局 经办人”；只有一个岗位时不用写")
    parser.add_argument("--name", metavar="用途", default="接口", help="这个密钥用在哪个系统")


def run(arguments: argparse.Namespace) -> int:
    """Print the key on a line of its own, so that it can be piped."""
    person_id = person_of_login(arguments.login)
    if person_id is None:
        raise NoSuchPost(f"没有登录名为“{arguments.login}”的人员，请核对后再试。")
    now = clock.now()
    post = _chosen(posts_held_by(person_id, clock.day_of(now)), arguments.login, arguments.post)
    print(issue_token(person_id=person_id, post_id=post.post_id, name=arguments.name, now=now))
    print(f"密钥代表{_named(post)}，只显示这一次，请妥善保存。", file=sys.stderr)
    return 0


def _chosen(held: Sequence[HeldPost], login: str, wanted: str | None) -> HeldPost:
    """The post meant: the only one, or the only one that the words name.

    Raises NoSuchPost: none, or more than one.
    """
    if not held:
        raise NoSuchPost(f"“{login}”目前没有岗位，不能发放密钥。请先安排岗位。")
    found = [post for post in held if wanted is None or wanted in (post.title, post.unit_name, _named(post))]
    if len(found) == 1:
        return found[0]
    offered = "、".join(f"“{_named(post)}”" for post in held)
    raise NoSuchPost(f"请用 --post 指明代表哪个岗位。“{login}”的岗位有：{offered}。")


def _named(post: HeldPost) -> str:
    return f"{post.unit_name} {post.title}"
