"""Any text ends, soon, and every span of what was found prints its own words (R-C6)."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.measures.said import measured

EVERY_DAY, PROVED = 5_000, 200_000
"""Signs of a text made of one piece; a text of the longer kind is that of a thick book."""
PIECES = (
    "到2020年", "6月底前", "1-2家", "50万户以上", "（其中", "）", "，", "、", "。", "\n", "分别", "达到", "80%", "亿元", "每月", "4",
    "从", "提高到", "“", "”", "的企业", "新增", "全部", "所有", "其中", "\t", "　", "万", "百分之", "第", "不低于", "3月至", "以内",
    "工作日", "城乡", "和",
)  # fmt: skip
REPEATED = (
    "1", "1,", "一", "到2020年1-2家以上、", "(", "(5家", "“5家", " ", "新建、", "1-", "每月", "所有", "5家\n", "3月1日至", "不低于",
    "5\t", "http://", "1+", "其中", "家以上的企业超5亿元或", "年底前5家", "全覆盖", "届", "万",
)  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_a_text_of_one_piece_over_and_over_ends_soon(piece: str) -> None:
    assert _seconds(piece, EVERY_DAY) < 4


@pytest.mark.prove
@pytest.mark.parametrize("piece", REPEATED)
def test_a_thick_book_of_one_piece_ends_too(piece: str) -> None:
    assert _seconds(piece, PROVED) < 120


def _seconds(piece: str, signs: int) -> float:
    began = process_time()
    measured(piece * (signs // len(piece)))
    return process_time() - began


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_every_span_prints_its_own_words(text: str) -> None:
    found = measured(text)

    assert all(text[one.start : one.end] == one.text and one.text for one in found.indicators)
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in found.timeline)
    assert len({one.id for one in found.indicators}) == len(found.indicators)
    assert measured(text) == found
