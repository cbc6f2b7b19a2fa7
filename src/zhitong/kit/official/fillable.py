"""The fields an office's own Word file may carry, and those without which a paper would be incomplete. Pure."""

from __future__ import annotations

from zhitong.kit.official.shapes import Style

TEXT = "正文"
"""The field in whose place the whole text stands; a paragraph of its own."""
FIELDS: dict[str, str] = {
    "标题": "公文标题", TEXT: "全部正文，包括表格；单独占一段", "发文机关": "发文机关标志", "发文字号": "如演双办〔2018〕5号",
    "签发人": "上行文的签发人", "紧急程度": "特急、加急", "主送": "主送机关，带冒号", "附件": "附件说明，每个附件一行；单独占一段",
    "署名": "发文机关署名", "成文日期": "如2018年9月17日", "附注": "带括号的附注", "统计截止时间": "数字统计到什么时候",
    "抄送": "抄送机关", "印发机关": "版记中的印发机关", "印发日期": "如2018年9月17日", "份数": "印数", "简报名称": "简报报头名称",
    "期号": "如第5期（总第5期）", "编发单位": "简报编发单位", "编发日期": "简报编发日期", "草稿标记": "草稿时说明未经签发，签发后为空",
}  # fmt: skip
"""What a clerk may type between {{ }} or 〔 〕, and what comes in its place."""
_REQUIRED: dict[Style, tuple[str, ...]] = {
    Style.PAPER: ("标题", TEXT, "发文字号", "主送", "署名", "成文日期"),
    Style.LETTER: ("标题", TEXT, "发文字号", "主送", "署名", "成文日期"),
    Style.BRIEF: ("标题", TEXT, "期号", "编发日期"),
    Style.FORM: ("标题", TEXT),
}


def required_fields(style: Style) -> tuple[str, ...]:
    """The fields without which a paper of this style would be incomplete."""
    return _REQUIRED[style]
