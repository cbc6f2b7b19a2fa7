"""Papers of an invented office, one of each style, and how tests look into what was written."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
from docx.document import Document as WordDocument
from pypdf import PdfReader

from zhitong.kit.official.shapes import (
    Block,
    Box,
    Break,
    Code,
    Document,
    Figure,
    Foot,
    Grid,
    Head,
    Heading,
    Masthead,
    Paragraph,
    Style,
    Table,
)

OFFICE = "演示市双创双服活动领导小组办公室"
CUT_OFF = datetime(2018, 9, 17, 9, 0, tzinfo=UTC)
DAY = date(2018, 9, 17)

TEXT: tuple[Block, ...] = (
    Paragraph(("共收到问题", Figure("problems.total", "1284"), "件，办结率", Figure("problems.rate", "85.8%", True), "。")),
    Heading(1, "一、总体情况"),
    Heading(2, "（一）办结情况"),
    Heading(3, "1. 超期问题"),
    Heading(4, "（1）责任落实"),
    Paragraph(("有关单位要逐件说明原因，落实“一企一策”。" * 4,)),
    Table(
        ("类别", "收到（件）", "办结率"),
        (("融资", Figure("c.1", "120"), Figure("c.2", "83.3%")), ("用地", Figure("c.3", "88"), "—")),
        caption="表1 分类情况", numeric=frozenset({1, 2}),
    ),
)  # fmt: skip
RANKING = Document(
    Style.FORM, "各县双创双服工作情况排名",
    (Table(
        ("序号", "单位", "得分"), tuple((str(row), f"演示县{row}", Figure(f"score.{row}", f"{100 - row}.0")) for row in range(1, 61))
    ),),
    cut_off=CUT_OFF, is_landscape=True,
)  # fmt: skip
CIRCULAR = Document(
    Style.PAPER, "关于2018年8月双创双服活动企业问题办理情况和目标任务进展情况的通报", TEXT,
    Head(OFFICE, "演双办〔2018〕5号", urgency="特急"), ("各县（市、区）党委", "市直有关部门"),
    ("各县双创双服工作情况排名", "超期问题名单"), OFFICE, DAY, "此件公开发布",
    Foot("演示市双创双服办", DAY, ("市委办公室", "市政府办公室"), 100), CUT_OFF,
    appended=(RANKING, Document(Style.FORM, "超期问题名单", (Paragraph(("没有超期问题。",)),))),
)  # fmt: skip
UPWARD = Document(
    Style.PAPER, "关于提请协调用电增容问题的请示", TEXT[:1], Head(OFFICE, "演双办〔2018〕6号", signer="张演示"),
    ("省双创双服活动领导小组办公室",), signed_by="演示市双创双服办", signed_on=date(2018, 9, 7),
)  # fmt: skip
LETTER = Document(
    Style.LETTER, "关于商请协调解决演示新材料有限公司用电增容问题的函", TEXT[:1], Head(OFFICE, "演双办函〔2018〕8号"),
    ("演示供电公司",), signed_by=OFFICE, signed_on=DAY, foot=Foot("", None, ("市发展改革委",)),
)  # fmt: skip
BRIEF = Document(
    Style.BRIEF, "演示市问题办结率连续三个月提高", TEXT[:2], Masthead("双创双服工作简报", "第5期（总第5期）", OFFICE, DAY),
    ("市委、市政府领导",), foot=Foot(OFFICE, DAY, ("各县双创双服办", "发：市直有关部门"), 60), is_draft=True,
)  # fmt: skip
ORDER = Document(
    Style.FORM, "企业反映问题交办单",
    (
        Grid((
            (Box("编号", ("演-2018-000123",)), Box("交办时间", ("2018年9月17日",))),
            (Box("问题", ("用电增容申请已提交", Figure("days", "26"), "个工作日。\n企业希望9月底前通电。"), lines=5),),
            (Box("牵头单位", ("市发展改革委",)), Box("配合单位", ("演示供电公司",)), Box("时限", ("9月25日",))),
        )),
        Code("https://zhitong.example/p/1", "扫码查看办理情况"), Break(), Paragraph(("背面无正文。",), is_flush=True),
    ),
)  # fmt: skip
PAPERS = {"circular": CIRCULAR, "upward": UPWARD, "letter": LETTER, "brief": BRIEF, "order": ORDER}
HOSTILE = replace(
    CIRCULAR, title='#panic("x") $ *粗* <script> \\u{1}\x00', note="#import \"@preview/x:1\"", blocks=(
        Paragraph(('#read("paper.typ") [ ] { } _ * ` ~ @ <a> \x07', Figure('k"]}\x01', "#1\ud800"))), *TEXT,
    ),
)  # fmt: skip


def opened(content: bytes) -> WordDocument:
    """A .docx as python-docx reads it."""
    return docx.Document(io.BytesIO(content))


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF, blanks gone."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
