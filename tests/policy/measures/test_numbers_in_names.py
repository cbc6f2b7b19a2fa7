"""Numbers that are names, facts or conditions set nothing (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.measures.said import all_told


@pytest.mark.parametrize(
    "sentence",
    [
        "认真贯彻党的十九大和十九届三中全会精神。",
        "按照市委九届六次全会部署开展工作。",
        "认真落实“三六八九”基本思路和“1+30+1”方案体系。",
        "构建1+N政策体系，推行5+3服务模式。",
        "开展“六进”活动，实现“两不愁三保障”。",
        "印发《关于支持100家企业发展的意见》（演政发〔2018〕7号）。",
        "开展学前三年教育研究，实施三年行动计划。",
        "深化“放管服”改革，推进一带一路建设，提供一站式服务。",
        "引入第三方评估，落实第十二条规定。",
        "实现一个窗口受理、一张网办理、一次办好。",
        "每个企业、项目都要有一名领导、一个专班负责。",
        "形成一批突破性成果，建立一系列制度。",
        "统筹推进省市县三级联动。",
        "保障12345热线24小时服务。",
        "联系电话：0311-12345678，邮编050000。",
        "推广PM2.5、5G、4A级景区、ISO9001等概念。",
        "新改建G228、S330等国省干线。",
        "打造15分钟生活圈和一小时交通圈。",
        "截至2017年底，全市共有高新技术企业500家。",
        "目前，已建成示范基地30家，覆盖率达到60%。",
        "2016年，全市生产总值增长7%。",
        "自2018年5月1日起施行。",
        "考核不合格的扣5分。",
        "坚持问题导向，强化四个意识，做到两个维护。",
        "市场主体总数（万户）",
    ],
)
def test_a_number_in_a_name_sets_nothing(sentence: str) -> None:
    assert all_told(sentence) == []


def test_the_name_takes_nothing_from_the_target_beside_it() -> None:
    assert all_told("开展“六进”活动，全年“六进”演出场次达到1万场以上。") == ["10000 场 >= count target 2018-12-31"]
