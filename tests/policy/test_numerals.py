"""Numbers as papers print them (R-C7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhitong.policy.numerals import number_of


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("一", 1), ("十", 10), ("二十三", 23), ("一百零五", 105), ("一千零五十", 1050), ("两万三千", 23_000), ("一亿二千万", 120_000_000),
        ("二〇一八", 2018), ("1,800", 1800), ("１２", 12), ("4万", 40_000), ("1.2亿", 120_000_000), ("3.5", Decimal("3.5")),
        ("", None), ("若干", None), ("万", None), ("1,80", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_printed(printed: str, value: Decimal | int | None) -> None:
    assert number_of(printed) == value
