"""Reading one field: what people type and programs send comes out as one clean value, or as a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards.forms import definition, template
from zhitong.domain.cards.rules.reading import Clean, Unreadable, read, show, tell
from zhitong.domain.cards.rules.templates import Field, template_of

FIELDS = {field.code: field for field in template().fields()}


def field(code: str) -> Field:
    return FIELDS[code]


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1234.5", 12_345_000),
        ("１，２３４．５", 12_345_000),
        ("1,234,567", 12_345_670_000),
        (" 12 34 ", 12_340_000),
        ("1234。5", 12_345_000),
        ("0.0001", 1),
        ("０", 0),
        (1234.5, 12_345_000),
        (1234, 12_340_000),
        (Decimal("0.01"), 100),
        ("12万", 120_000),
        ("１２万元", 120_000),
        ("1.2亿", 120_000_000),
        ("¥5,000元", 5_000),
    ],
)
def test_money_in_wan_becomes_whole_yuan(written: object, yuan: int) -> None:
    assert read(field("revenue"), written) == yuan


@pytest.mark.parametrize("written", ["-30", "－３０", "−30", -30])
def test_profit_may_be_negative(written: object) -> None:
    assert read(field("profit"), written) == -300_000


@pytest.mark.parametrize("written", ["", "   ", "\u3000", None])
def test_nothing_written_is_nothing(written: object) -> None:
    assert read(field("revenue"), written) is None


@pytest.mark.parametrize(
    ("code", "written", "words"),
    [
        ("revenue", "12a4", "要填数字，您填的是“12a4”"),
        ("revenue", "约一千万", "要填数字"),
        ("revenue", "1,2345", "要填数字"),
        ("revenue", "约300", "“约”不是确数"),
        ("revenue", "300左右", "“左右”不是确数"),
        ("revenue", "100-200", "不能写范围"),
        ("revenue", "300（不含税）", "数字后面的“\\(不含税\\)”不能写在这里"),
        ("employees", "300斤", "数字后面的“斤”"),
        ("export_share", "3万", "数字后面的“万”"),
        ("revenue", "1.2.3", "要填数字"),
        ("revenue", "万" * 50, "万…”"),
        ("revenue", True, "要填数字"),
        ("revenue", [1], "要填数字"),
        ("revenue", float("nan"), "要填数字"),
        ("revenue", "-5", "“主营业务收入”不能小于0，您填的是-5"),
        ("revenue", "0.00001", "最多写四位小数"),
        ("revenue", "9" * 20, "的数太大"),
        ("employees", "12.5", "要填整数"),
        ("employees", "1000001", "不能大于1000000"),
        ("export_share", "101%", "不能大于100"),
        ("remarks", "字" * 101, "最多100字，您写了101字"),
        ("remarks", 7, "要填文字"),
        ("contact_phone", "1380000", "应为11位手机号"),
        ("credit_code", "9" * 41, "应为18位"),
        ("diagnosis", "很好", "请从盈利、微利、困难里选"),
        ("national", "也许", "请选“是”或“否”"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(code: str, written: object, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(field(code), written)


@pytest.mark.parametrize(
    ("code", "written", "value"),
    [
        ("employees", "１２３", 123),
        ("employees", "300人", 300),
        ("employees", "1.2万", 12_000),
        ("electricity", "12.50", "12.50"),
        ("export_share", "35%", "35"),
        ("export_share", "３５．５％", "35.5"),
        ("diagnosis", "thin_margin", "thin_margin"),
        ("diagnosis", " 微利 ", "thin_margin"),
        ("national", "是", True),
        ("national", "off", False),
        ("national", False, False),
        ("contact_phone", "138 0000 0000", "13800000000"),
        ("contact_phone", "０３１７－５７２００００", "0317-5720000"),
        ("contact_phone", "（0317）5720000", "03175720000"),
        ("credit_code", "91130900-ma07abcd1x", "91130900MA07ABCD1X"),
        ("credit_code", "９１１３", "9113"),
        ("credit_code", "R¸", "Ŗ"),
    ],
)
def test_every_kind_takes_the_usual_ways_of_writing(code: str, written: object, value: object) -> None:
    assert read(field(code), written) == value


PAPERS = [{"code": "land", "label": "土地证"}, {"code": "plan", "label": "规划、施工许可"}, {"code": "eia", "label": "环评"}]
MORE = {
    one["code"]: one for one in (
        {"code": "opened", "label": "开工日期", "type": "date"},
        {"code": "papers", "label": "已办手续", "type": "multi_choice", "options": PAPERS, "most": 2},
        {"code": "photos", "label": "现场照片", "type": "photo", "most": 2},
        {"code": "power", "label": "用电", "type": "number", "unit": "千瓦时"},
    )
}
A_FILE, B_FILE, C_FILE = (f"0198c0de-0000-7000-8000-00000000000{n}" for n in range(3))


def of_more(code: str) -> Field:
    part = {"code": "s", "title": "s", "prefill": "never", "fields": [MORE[code]]}
    return next(template_of({**definition(), "sections": [part], "checks": []}).fields())


@pytest.mark.parametrize(
    "written",
    ["2018-09-17", "2018/9/17", "2018.9.17", "２０１８年９月１７日", "2018年 9月17号", "20180917", 20180917,
     "2018-09-17 00:00:00", date(2018, 9, 17), datetime.fromisoformat("2018-09-17T08:30")],
)
def test_a_day_is_read_from_every_usual_writing(written: object) -> None:
    assert read(of_more("opened"), written) == "2018-09-17"


@pytest.mark.parametrize(
    ("code", "written", "words"),
    [
        ("opened", "2018年9月", "还缺哪一日"),
        ("opened", "2018", "还缺月和日"),
        ("opened", "9月17日", "还缺年份"),
        ("opened", "18.9.17", "年份要写四位"),
        ("opened", "2018-02-30", "没有这一天"),
        ("opened", "2018年9月17日（暂定）", "日期后面的“\\(暂定\\)”不能写在这里"),
        ("opened", 43360, "2018年9月17日"),
        ("opened", "2999-01-01", "年份不对"),
        ("opened", "年底前", "要填日期"),
        ("papers", "土地证、房产证", "没有“房产证”这一项"),
        ("papers", ["land", "plan", "eia"], "最多选2项，您选了3项"),
        ("photos", "现场.jpg", "不能写字"),
        ("photos", [A_FILE, B_FILE, C_FILE], "最多上传2个照片"),
    ],
)
def test_a_day_an_answer_or_a_file_that_is_none_is_refused_with_what_it_lacks(
    code: str, written: object, words: str
) -> None:
    with pytest.raises(Unreadable, match=words):
        read(of_more(code), written)


@pytest.mark.parametrize(
    ("code", "written", "value", "told"),
    [
        ("opened", "2018-9-7", "2018-09-07", "2018年9月7日"),
        ("papers", "环评，土地证", ["land", "eia"], "土地证、环评"),
        ("papers", "规划、施工许可", ["plan"], "规划、施工许可"),
        ("papers", ["eia", "eia"], ["eia"], "环评"),
        ("photos", [A_FILE, A_FILE], [A_FILE], "1个照片"),
        ("power", "1.5万千瓦时", "15000.0", "15000.0"),
        ("papers", "、", None, ""),
    ],
)
def test_the_later_kinds_are_read_shown_and_told(code: str, written: object, value: Clean | None, told: str) -> None:
    field = of_more(code)

    assert read(field, written) == value
    assert tell(field, value) == told
    assert read(field, show(field, value)) == value


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_kept_money_is_shown_so_that_it_reads_back_the_same(yuan: int) -> None:
    assert read(field("profit"), show(field("profit"), yuan)) == yuan


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for one in (*FIELDS.values(), *map(of_more, MORE)):
        with suppress(Unreadable):
            value = read(one, text)
            assert value is None or read(one, show(one, value)) == value
