"""Titles stand as a trapezoid or a diamond, and no line begins or ends where it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kit.official.measures import head_type, width_of
from zhitong.kit.official.titles import MOST_SIGNS, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("情况通报", ("情况通报",)),
        ("关于商请协调解决演示新材料有限公司用电增容问题的函", ("关于商请协调解决演示新材料有限公司", "用电增容问题的函")),
        ("自己分的\n两行", ("自己分的", "两行")),
        ("", ()),
    ],
)
def test_a_title_is_broken_where_a_clerk_would(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


def test_three_lines_stand_as_a_diamond() -> None:
    first, middle, last = title_lines("关于认真贯彻落实全省双创双服活动推进会议精神进一步做好企业反映问题办理和目标任务推进工作的通知")

    assert width_of(first) < width_of(middle) > width_of(last)


@given(st.text(alphabet="关于做好企业问题的通知工作，。（）《》“”2018年9月ab ", max_size=90))
def test_nothing_is_lost_and_no_line_is_too_wide(title: str) -> None:
    lines = title_lines(title)

    assert "".join(lines) == title.strip()
    assert all(width_of(line) <= MOST_SIGNS for line in lines if len(line) <= MOST_SIGNS)


@given(st.text(alphabet="关于做好企业问题办理", min_size=20, max_size=80))
def test_lines_of_plain_words_never_begin_with_a_sign_that_may_not(title: str) -> None:
    lines = title_lines(title.replace("于", "的"))

    assert all(not line.startswith("的") for line in lines[1:])


@pytest.mark.parametrize("words", ["函", "双创双服工作简报", "演示市双创双服活动领导小组办公室文件", "一" * 40])
def test_a_head_never_grows_wider_than_the_text(words: str) -> None:
    size, squeezed = head_type(words)

    assert 26 <= size <= 46
    assert size * squeezed * width_of(words) <= 156 / 25.4 * 72 + 0.1
