"""CSV as Excel and programs read it: Chinese is recognised, no text is a formula, figures stay figures."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhitong.kit.clock import SHANGHAI
from zhitong.kit.flat import csv_of, written

MOMENT = datetime(2018, 4, 27, 7, 40, 5, 123456, tzinfo=UTC)


def test_a_file_opens_with_the_mark_of_utf_8_and_has_every_batch_once() -> None:
    pieces = list(csv_of(["number", "text"], [[("冀-1", "一，二")], [], [("冀-2", 'says "no"\nand more')]], SHANGHAI))

    content = b"".join(pieces)
    assert content.startswith(b"\xef\xbb\xbfnumber,text\r\n")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["number", "text"], ["冀-1", "一，二"], ["冀-2", 'says "no"\nand more'],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1", "＠x"])
def test_a_text_that_begins_like_a_formula_becomes_words(text: str) -> None:
    assert written(text, SHANGHAI) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [
    (None, ""), ("", ""), ("a=1", "a=1"), (True, "true"), (False, "false"), (-5, "-5"), (Decimal("-0.500000"), "-0.500000"),
    (Decimal("1E+3"), "1000"), (date(2018, 4, 27), "2018-04-27"), (MOMENT, "2018-04-27 15:40:05"),
])
def test_values_are_written_as_they_are(value: object, cell: str) -> None:
    assert written(value, SHANGHAI) == cell
