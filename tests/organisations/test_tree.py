"""The organisation taken out reads back to itself; a changed document says what it would change, then changes just that (9.7)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.accounts.conftest import quick_hashes as quick_hashes
from tests.accounts.conftest import seated
from tests.api.conftest import Caller, Calls
from tests.api.conftest import calls as calls
from tests.api.conftest import day_of_the_story as day_of_the_story
from tests.cast import viewer
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import LineKept, Tenure, Unit
from zhitong.domain.organisations.queries.tree import tree_of
from zhitong.domain.organisations.rules.tree import Change, UnreadableTree, differences, read, told
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.clock import day_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def zone() -> Caller:
    """The administrator of 渤海新区, through the API."""
    seated("guan", "130973-office", "administrator")
    who = viewer("guan")
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


def changes(answer: Any) -> list[tuple[str, str, str]]:
    assert answer.status == 200, answer.body
    return [(one["change"]["code"], one["what"], one["key"]) for one in answer.body["rows"]]


def test_it_reads_back_to_itself_and_changes_nothing(zone: Caller) -> None:
    tree = zone.get("/organisation").body
    with acting_as(viewer("guan")) as administrator:
        kept = tree_of(administrator, today=day_of(NOW))

    assert read(tree) == kept
    assert told(read(tree)) == tree
    assert changes(zone.post("/organisation/differences", tree)) == []
    assert changes(zone.post("/organisation", tree)) == []
    assert {one["code"] for one in tree["regions"]} >= {"130973", "130973400"}
    assert "1309" not in {one["code"] for one in tree["regions"]}
    assert {"login": "park", "name": "演示丙"} in tree["people"]
    assert not [one for one in tree["units"] if one["kind"] == "served"]


def test_what_differs_is_told_first_and_then_done_once(zone: Caller) -> None:
    tree = zone.get("/organisation", region="130973400").body
    [bureau] = [one for one in tree["units"] if one["code"] == "130973400-economy"]
    line = bureau["lines"].pop()
    bureau["aliases"] = ["演示经发局"]
    tree["units"].append({
        "code": "130973400-yanshi", "name": "演示新设局", "short": "演示局", "kind": "department", "region": "130973400",
        "lines": [line],
    })  # fmt: skip
    tree["people"].append({"login": "xin", "name": "演示新"})
    tree["posts"].append({"unit": "130973400-yanshi", "title": "经办人", "kind": "officer", "holders": ["xin"]})
    [post] = [one for one in tree["posts"] if "park" in one["holders"]]
    post["holders"] = ["xin"]
    wanted = [
        ("change", "unit", "130973400-economy"), ("add", "unit", "130973400-yanshi"), ("add", "person", "xin"),
        ("end", "tenure", f"130973400-economy {post['title']} park"), ("add", "tenure", f"130973400-economy {post['title']} xin"),
        ("add", "post", "130973400-yanshi 经办人"), ("add", "tenure", "130973400-yanshi 经办人 xin"),
    ]

    assert sorted(changes(zone.post("/organisation/differences", tree))) == sorted(wanted)
    assert not Unit.objects.filter(code="130973400-yanshi").exists(), "a dry run changes nothing"
    assert sorted(changes(zone.post("/organisation", tree))) == sorted(wanted)

    assert changes(zone.post("/organisation/differences", tree)) == []
    assert LineKept.objects.get(line__code=line, region__code="130973400", until__isnull=True).unit.code == "130973400-yanshi"
    assert not Tenure.objects.filter(person__login="park", until__isnull=True).exists()


@pytest.mark.parametrize(("part", "row", "why"), [
    ("regions", {"code": "130982", "name": "任丘", "short": "任丘", "rank": "county", "kind": "division", "parent": ""}, "没有这个区划"),
    ("units", {"code": "x", "name": "别处", "short": "别处", "kind": "department", "region": "130982"}, "不是本辖区的区划代码"),
    ("units", {"code": "x", "name": "企业", "short": "企业", "kind": "served", "region": "130973"}, "服务对象由登记产生"),
    ("units", {"code": "x", "name": "局", "short": "局", "kind": "department", "region": "130973", "lines": ["tea"]}, "没有代码为“tea”"),
    ("posts", {"unit": "130982-industry", "title": "经办人", "kind": "officer", "holders": []}, "不是本辖区的单位代码"),
    ("posts", {"unit": "130973-economy", "title": "新岗", "kind": "officer", "holders": ["nobody"]}, "不在人员里"),
    ("posts", {"unit": "130973-office", "title": "新岗", "kind": "officer", "holders": ["guan"]}, "您自己的岗位"),
    ("posts", {"unit": "130973-office", "title": "新审计", "kind": "auditor", "holders": ["park"]}, "由上一级系统管理员任免"),
    ("posts", {"unit": "130973-economy", "title": "再一个", "kind": "administrator", "holders": ["xin"]}, "由上一级系统管理员任免"),
    ("posts", {"unit": "130973-office", "title": "新安全", "kind": "security", "holders": []}, "由上一级系统管理员任免"),
    ("posts", {"unit": "130973400-office", "title": "新审计", "kind": "auditor", "holders": ["xin"]}, "逐人办理"),
    ("people", {"login": "neighbour", "name": "另一人"}, "姓名对不上"),
])
def test_what_may_not_be_done_leaves_everything_as_it_was(zone: Caller, part: str, row: dict[str, Any], why: str) -> None:
    tree = zone.get("/organisation").body
    before = copy.deepcopy(tree)
    tree[part].append(row)
    tree["people"].append({"login": "xin", "name": "演示新"})

    [refused] = [one for one in zone.post("/organisation/differences", tree).body["rows"] if one["change"]["code"] == "refused"]
    answer = zone.post("/organisation", tree)

    assert why in refused["why"]
    assert (answer.status, answer.body["code"]) == (409, "cannot_take_in")
    assert zone.get("/organisation").body == before


def test_the_administrators_below_are_seated_by_a_document_too(zone: Caller) -> None:
    tree = zone.get("/organisation").body
    tree["people"].append({"login": "xin", "name": "演示新"})
    tree["posts"].append({"unit": "130973400-office", "title": "园区管理员", "kind": "administrator", "holders": ["xin"]})

    assert zone.post("/organisation", tree).status == 200
    assert Tenure.objects.filter(person__login="xin", post__kind="administrator", until__isnull=True).exists()


def test_only_who_administers_takes_out_or_in_and_only_his_own(zone: Caller, calls: Calls) -> None:
    tree = zone.get("/organisation").body
    assert zone.get("/organisation", region="1309").status == 404
    assert zone.post("/organisation", {**tree, "region": "1309"}).status == 404
    for stranger in ("zone_office", "city_office", "firm", "outsider"):
        assert calls(stranger).get("/organisation").status == 404
        assert calls(stranger).post("/organisation/differences", tree).status == 404
        assert calls(stranger).post("/organisation", tree).status == 403


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"form": "else"}, "不是组织机构文件"), ({"units": [{"code": "x"}]}, "没有写全"), ({"units": [{"colour": 1}]}, "不认得"),
    ({"people": [{"login": "a", "name": "甲"}] * 2}, "写了两次"), ({"posts": [{"unit": "u", "title": "t", "kind": "king"}]}, "没有“king”"),
    ({"people": [{"login": "a", "name": 5}]}, "文字"), ({"people": [{"login": "", "name": "甲"}]}, "不能为空"), ({"units": "x"}, "列表"),
])
def test_a_document_that_cannot_be_read_is_told_where(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnreadableTree, match=sentence):
        read({"form": "zhitong-organisation", "version": 1, "region": "130973", **changed})


def test_an_empty_document_changes_nothing() -> None:
    empty = read({"form": "zhitong-organisation", "version": 1, "region": "130973"})

    assert differences(empty, empty, own_login="guan", own_region="130973", known_logins={}, lines=[]) == []
    assert {str(one.value) for one in Change} == {"add", "change", "end", "refused"}
