"""`zhitong token`: a key for a login name and post, shown once."""

from __future__ import annotations

import argparse

import pytest

from tests.api.conftest import Caller
from tests.cast import viewer
from zhitong.cli import token
from zhitong.domain.organisations.models import ApiToken, Post, Tenure

pytestmark = pytest.mark.django_db


def issue(*words: str) -> int:
    parser = argparse.ArgumentParser()
    token.add_arguments(parser)
    return token.run(parser.parse_args(words))


def test_the_key_is_printed_alone_and_opens_the_door(capsys: pytest.CaptureFixture[str]) -> None:
    assert issue("park_office", "--name", "督办平台") == 0

    said = capsys.readouterr()
    secret = said.out.strip()
    assert secret.startswith("zt_")
    assert "只显示这一次" in said.err
    assert secret not in said.err
    assert Caller(secret).get("/me").body["unit"]["code"] == "130973400-office"
    kept = ApiToken.objects.get()
    assert (kept.name, secret in kept.digest) == ("督办平台", False)


@pytest.fixture
def second_post(db: None) -> Post:
    """The officer of 南大港经发局 is deputised to the park's office."""
    office = Post.objects.get(unit__code="130973400-office", kind="officer")
    Tenure.objects.create(person_id=viewer("park").person_id, post=office, since="2018-03-01")
    return office


def test_of_several_posts_one_must_be_named(second_post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(token.NoSuchPost, match="请用 --post 指明"):
        issue("park")
    assert capsys.readouterr().out == ""

    issue("park", "--post", second_post.unit.name)

    assert Caller(capsys.readouterr().out.strip()).get("/me").body["unit"]["code"] == "130973400-office"


@pytest.mark.parametrize(("words", "said"), [(["nobody"], "没有登录名为“nobody”的人员"), (["park", "--post", "部长"], "请用 --post")])
def test_who_or_what_is_not_there_is_told(words: list[str], said: str) -> None:
    with pytest.raises(token.NoSuchPost, match=said):
        issue(*words)


def test_who_holds_no_post_gets_no_key() -> None:
    Tenure.objects.filter(person_id=viewer("park").person_id).update(until="2018-01-31")

    with pytest.raises(token.NoSuchPost, match="目前没有岗位"):
        issue("park")
