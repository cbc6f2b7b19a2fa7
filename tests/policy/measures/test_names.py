"""What a quantity is called, whom it holds for, and what it is a part of (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.measures.said import measured


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("净增市场主体50万户以上。", ["净增市场主体"]),
        ("完成49万座厕所改造任务。", ["厕所改造任务"]),
        ("在26家公立医院开展试点。", ["公立医院"]),
        ("建设300个便民服务点和70个文化站。", ["便民服务点", "文化站"]),
        ("城市污水处理率达到94%，县城达到88%。", ["城市污水处理率", "县城污水处理率"]),
        ("高速公路新开工270公里，确保建成500公里。", ["高速公路新开工", "高速公路建成"]),
        ("城市、农村低保标准分别达到600元、500元。", ["城市低保标准", "农村低保标准"]),
        ("审批时间由100个工作日压缩至50个工作日。", ["审批时间"]),
        ("市级100项、县级50项高频事项的办理。", ["高频事项的办理", "高频事项的办理"]),
        ("50%以上县级医院达到推荐标准。", ["县级医院"]),
        ("建成国家级、省级、市级实验室1家、5家、10家。", ["实验室", "实验室", "实验室"]),
        ("七大流域水质优良比例达到70%以上。", ["流域水质优良比例", "流域水质优良比例"]),
        ("城乡低保标准分别提高到每人每月710元、每人每年6060元。", ["城市低保标准", "农村低保标准"]),
        ("培育10家以上年产值超10亿元的龙头企业。", ["龙头企业", "龙头企业年产值"]),
    ],
)
def test_a_quantity_is_named_after_what_it_counts(sentence: str, names: list[str]) -> None:
    assert [one.name for one in measured(sentence).indicators] == names


@pytest.mark.parametrize(
    ("sentence", "scopes"),
    [
        ("培育省级小微企业基地15家以上，建设市级基地35家。", ["省级", "市级"]),
        ("新认定省级以上众创空间80家、科技企业孵化器20家。", ["省级以上", "省级以上"]),
        ("城市污水处理率达到94%，县城达到88%。", ["城市", "县城"]),
        ("各市（含直管市，下同）建成一个信息平台。", ["各市(含直管市)"]),
        ("农村完成49万座厕所改造任务。", ["农村"]),
        ("改造设区市建成区老旧管网100公里。", ["设区市建成区"]),
        ("建成国家级、省级、市级实验室1家、5家、10家。", ["国家级", "省级", "市级"]),
        ("演示新区重点帮扶19家。", ["演示新区"]),
        ("针对5项省重点、3项市重点项目开展帮扶。", ["省", "市"]),
        ("城镇化率达到60%，新增社区食堂20处。", [None, None]),
    ],
)
def test_the_scope_is_the_level_or_place_it_holds_for(sentence: str, scopes: list[str | None]) -> None:
    assert [one.scope for one in measured(sentence).indicators] == scopes


def test_parts_point_to_their_whole() -> None:
    whole, threshold, first, second = measured(
        "县级帮扶30家（其中，收入超2亿元的企业18家，零售业企业12家）。"
    ).indicators

    assert threshold.part_of is None
    assert (first.part_of, second.part_of) == (whole.id, whole.id)
    assert (first.scope, second.scope) == ("县级", "县级")


def test_the_words_stand_where_the_span_says() -> None:
    text = "新增　绿地\u00a0４．９８ 万平方米；[bookmark: _Hlk1]新建公厕3座。"

    found = measured(text).indicators

    assert [text[one.start : one.end] == one.text for one in found] == [True, True]
    assert found[0].text == "新增　绿地\u00a0４．９８ 万平方米"


def test_what_is_no_part_of_the_paper_is_passed_over_inside_a_value() -> None:
    from zhitong.policy.measures import measures_in

    text = "净增市场主体50[页脚 第3页]万户以上。"

    (one,) = measures_in(text, (), (), {}, 2018, noise=[(8, 16)]).indicators

    assert (one.value, one.unit, one.comparator) == (500_000, "户", ">=")
