"""What a damaged text lost stays unknown and is marked; nothing is put in its place (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.measures.said import all_told, measured


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("认定高新技术企业8以上培育市级创业基地1家。", ["8 - >= count target! -", "1 家 = count target -"]),
        (
            "培训农村劳动力500人，培训城镇失业人员100，开展其他培训1300人。",
            ["500 人 = count target -", "100 - = count target! -", "1300 人 = count target -"],
        ),
        (
            "重点帮扶19家(其中,营业收入超8000万元的服务业企业15家,超10亿元的批发业企业4,切实解决问题。",
            [
                "19 家 = count coverage -",
                "80000000 元 > standard qualifier? -",
                "15 家 = count coverage -",
                "1000000000 元 > standard qualifier? -",
                "4 - = count coverage! -",
            ],
        ),
        ("要按照方案部署4落实分包领导、责任人。", ["- - - deadline period! -"]),
        ("4中下旬，各分包人与重点企业对接。", ["- - - deadline period! -"]),
        ("问题排查3全面展开，3月底前完成梳理。", ["- - - deadline period! -", "- - - deadline period 2018-03-31"]),
        ("培育级创业创新示范基地1家以上。", ["1 家 >= count target! -"]),
        ("实施“百万工匠培养计划”220(指经培训取得证书人员)。", ["220 - = count target! -"]),
        ("创建示范小区、、5个，覆盖率达到%以上。", ["5 个 = count target -"]),
        ("新增公厕座，改造管网公里。", []),
    ],
)
def test_what_was_lost_is_marked_and_never_made_up(sentence: str, found: list[str]) -> None:
    assert all_told(sentence) == found


def test_a_bracket_that_was_never_closed_still_holds_its_parts() -> None:
    whole, _, part, _, last = measured(
        "重点帮扶19家(其中,收入超8000万元的企业15家,超10亿元的批发业企业4,切实解决。"
    ).indicators

    assert (part.part_of, last.part_of) == (whole.id, whole.id)
