"""Reading one field: what people type and programs send comes out as one clean value, or as a sentence."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards.forms import template
from zhitong.domain.cards.rules.reading import Unreadable, read, show
from zhitong.domain.cards.rules.templates import Field

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


@given(st.integers(min_value=-(10**17), max_value=10**17))
def test_kept_money_is_shown_so_that_it_reads_back_the_same(yuan: int) -> None:
    assert read(field("profit"), show(field("profit"), yuan)) == yuan


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for one in FIELDS.values():
        with suppress(Unreadable):
            value = read(one, text)
            assert value is None or read(one, show(one, value)) == value
