"""When something is due, in every notation, and which values a date holds for (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.measures.said import all_told, measured


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2月底前拿出建设框架。", ["- - - deadline period 2018-02-28"]),
        ("6月30日前完成整改。", ["- - - deadline period 2018-06-30"]),
        ("3月上旬开通运行。", ["- - - deadline period 2018-03-10"]),
        ("4月初报市政府审定。", ["- - - deadline period 2018-04-10"]),
        ("5月中旬完成验收。", ["- - - deadline period 2018-05-20"]),
        ("年中，开展评估督导。", ["- - - deadline period 2018-06-30"]),
        ("上半年全面启动改造。", ["- - - deadline period 2018-06-30"]),
        ("第三季度末完成招标。", ["- - - deadline period 2018-09-30"]),
        ("年底前出台实施细则。", ["- - - deadline period 2018-12-31"]),
        ("2018年12月底完成考核。", ["- - - deadline period 2018-12-31"]),
        (
            "2019年6月底前竣工验收，12月底前投入使用。",
            ["- - - deadline period 2019-06-30", "- - - deadline period 2019-12-31"],
        ),
        ("到2020年底建成服务体系。", ["- - - deadline period 2020-12-31"]),
        ("“十三五”末全面建成救助体系。", ["- - - deadline period 2020-12-31"]),
        ("明年6月底前完成评估。", ["- - - deadline period 2019-06-30"]),
        ("国庆节前开放运行。", ["- - - deadline period 2018-09-30"]),
        ("3月1日至5月31日开展集中整治。", ["- - - deadline period 2018-05-31"]),
        ("2018年3月—12月组织实施攻坚。", ["- - - deadline period 2018-12-31"]),
        ("一季度完成摸底排查。", ["- - - deadline period 2018-03-31"]),
        ("10月份开展交叉检查。", ["- - - deadline period 2018-10-31"]),
        ("各县（市、区）于8月15日前上报总结。", ["- - - deadline period 2018-08-15"]),
        ("一季度开工、四季度投产。", ["- - - deadline period 2018-03-31", "- - - deadline period 2018-12-31"]),
        ("9月底，全面推开。", ["- - - deadline period 2018-09-30"]),
        ("10月1日前通车。", ["- - - deadline period 2018-10-01"]),
        ("二〇一九年三月底前完成编制。", ["- - - deadline period 2019-03-31"]),
    ],
)
def test_an_act_is_due_on_the_last_day_its_date_means(sentence: str, found: list[str]) -> None:
    assert all_told(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "全年市场主体增长10%，净增50万户。",
            ["10 % = growth_rate target 2018-12-31", "500000 户 = increment target 2018-12-31"],
        ),
        (
            "年内新增众创空间80家、孵化器20家。",
            ["80 家 = increment target 2018-12-31", "20 家 = increment target 2018-12-31"],
        ),
        (
            "到2020年，全市绿化率达到40%；供水普及率达到95%。",
            ["40 % = rate target 2020-12-31", "95 % = rate target 2020-12-31"],
        ),
        (
            "到2020年，绿化率达到40%。其中，城区达到45%。",
            ["40 % = rate target 2020-12-31", "45 % = rate target 2020-12-31"],
        ),
        ("2月底前拿出方案，采集率达到100%。", ["- - - deadline period 2018-02-28", "100 % = rate target -"]),
        (
            "到6月底完成2017—2018年度9.3万户改造，将其他对象纳入2018-2019年度改造计划，力争开工3.79万户。",
            ["93000 户 = count target 2018-06-30", "37900 户 = count target -"],
        ),
        ("改造350户，确保下半年全部开工。", ["350 户 = count target 2018-12-31"]),
        ("新建公厕3座，11月底前完成。", ["3 座 = increment target 2018-11-30"]),
        ("5月底前完成3个、8月底前完成5个。", ["3 个 = count target 2018-05-31", "5 个 = count target 2018-08-31"]),
        (
            "针对1项省重点、4项市重点年内计划建成项目开展帮扶。",
            ["1 项 = count coverage 2018-12-31", "4 项 = count coverage 2018-12-31"],
        ),
        ("能耗比2015年下降20%。", ["20 % = growth_rate target -"]),
        ("在2017年基础上压减10%。", ["10 % = growth_rate target -"]),
        ("三年内培育100家。", ["100 家 = count target -"]),
        ("制定2018年度行动方案，培育10家。", ["10 家 = count target -"]),
        (
            "到2022年和2025年，素养水平分别不低于22%和30%；吸烟率分别低于24%和23%。",
            [
                "22 % >= rate target 2022-12-31",
                "30 % >= rate target 2025-12-31",
                "24 % < rate target 2022-12-31",
                "23 % < rate target 2025-12-31",
            ],
        ),
        (
            "2019年、2020年、2021年分别完成改造100个、120个、150个。",
            ["100 个 = count target 2019-12-31", "120 个 = count target 2020-12-31", "150 个 = count target 2021-12-31"],
        ),
        ("2019年采暖季前完成治理3万户。", ["30000 户 = count target -"]),
        (
            "到2020年，培育10家企业。每年新增2家。",
            ["10 家 = count target 2020-12-31", "2 家 = increment target -"],
        ),
        ("每年1月10日前报送总结。", ["1 次/年 = frequency period -"]),
        (
            "从2018年的35%提升到2020年的50%。",
            ["50 % = rate target 2020-12-31"],
        ),
        ("2019年，建成5座；2020年，建成8座。", ["5 座 = count target 2019-12-31", "8 座 = count target 2020-12-31"]),
    ],
)
def test_a_date_holds_for_the_values_it_was_said_of(sentence: str, found: list[str]) -> None:
    assert all_told(sentence) == found


def test_without_a_year_the_words_stay_and_no_day_is_made() -> None:
    (due,) = measured("6月底前完成整改。", year=None).indicators

    assert (due.deadline, due.deadline_text) == (None, "6月底前")
