"""Texts: marked ones are stopped, long ones measured, and ordinary words of firms let through."""

from __future__ import annotations

import pytest

from zhitong.domain.cards.rules.texts import classified_mark, clean_text, text_trouble


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("本件为绝密文件", "绝密"),
        ("机密 随文附上", "机密"),
        ("绝 密★长期", "绝密"),
        ("机\u200b密★10年", "机密"),
        ("秘密★5年", "秘密"),
        ("标有秘密级字样", "秘密"),
        ("这是内部秘密", "内部秘密"),
        ("附件涉密，请专人来取", "涉密"),
        ("有关材料涉及国家秘密", "涉及国家秘密"),
    ],
)
def test_a_mark_of_classification_is_found(text: str, mark: str) -> None:
    assert classified_mark(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "计算机密码丢失，系统登不上",
        "电机密封件缺货",
        "杜绝密闭空间违章作业",
        "拒绝密集排放",
        "回绝密切合作的请求",
        "涉及商业秘密，企业要求保密",
        "商业机密不便公开",
        "本材料不涉密",
        "是否涉密由专人核对",
        "不涉及国家秘密",
        "不得涉密",
        "用地指标迟迟批不下来",
    ],
)
def test_ordinary_words_of_firms_are_let_through(text: str) -> None:
    assert classified_mark(text) is None


def test_a_stopped_text_says_why_and_which_way_to_go() -> None:
    trouble = text_trouble("这份机密材料请看", 5000)

    assert trouble is not None
    assert trouble.startswith("本系统为非涉密系统")
    assert "“机密”" in trouble


def test_a_text_over_the_limit_is_refused_with_its_length() -> None:
    trouble = text_trouble("难" * 20_000, 5000)

    assert trouble == "最多5000字，您写了20000字，请删减15000字，或把详细材料作为附件。"


def test_a_text_of_exactly_the_limit_is_kept() -> None:
    assert text_trouble("难" * 5000 + "\n", 5000) is None


def test_signs_that_no_database_keeps_are_taken_out() -> None:
    assert clean_text(" 用地\x00指标\r\n缺口\ud800 ") == "用地指标\n缺口"
