"""A file becomes text whatever it was saved as; what is no part of the paper is kept apart (issue: input)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.files import WORD, document, paragraph, pdf, word, word_of
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import Reading, read_bytes, read_file, read_text
from zhitong.policy.reading.numbering import spoken

PAPER = document("restarting")
LIST = "<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
NUMBERING = f"""<w:numbering {WORD}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
STYLES = f"""<w:styles {WORD}><w:style w:styleId="Duty"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>
</w:style></w:styles>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_read_in_every_encoding_offices_save(encoding: str) -> None:
    assert read_bytes(PAPER.encode(encoding), "方案.txt").text == PAPER


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(PAPER, encoding="gb18030")

    assert read_file(path) == read_text(PAPER, "方案.txt")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("docx", word_of(PAPER)),
        ("html", ("<html><body>" + "".join(f"<p>{line}</p>" for line in PAPER.splitlines()) + "</body></html>").encode()),
        ("pdf", pdf([PAPER.splitlines()])),
    ],
)
def test_the_same_paper_is_the_same_plan_from_every_kind_of_file(kind: str, content: bytes) -> None:
    plain, other = compile_reading(read_text(PAPER)), compile_reading(read_bytes(content, "无名"))

    assert read_bytes(content, "无名").format == kind
    assert other.document == plain.document
    assert [(task.id, task.title) for task in other.tasks] == [(task.id, task.title) for task in plain.tasks]


def test_words_automatic_numbers_are_written_out() -> None:
    levels = [LIST.format(level=level) for level in range(3)]
    body = (
        paragraph("重点任务", levels[0]) + paragraph("甲工程。", levels[1]) + paragraph("乙工程。", "<w:pStyle w:val='Duty'/>")
        + paragraph("说明", levels[2]) + paragraph("保障措施", levels[0]) + paragraph("丙机制。", levels[1])
    )

    text = read_bytes(word(body, numbering=NUMBERING, styles=STYLES), "方案.docx").text

    assert text.split() == ["一、重点任务", "1.甲工程。", "2.乙工程。", "说明", "二、保障措施", "1.丙机制。"]


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (21, "二十一"), (100, "一百"), (105, "一百零五"), (1000, "1000")])
def test_numbers_are_spoken(number: int, said: str) -> None:
    assert spoken(number) == said


def test_tables_stay_in_order_and_what_was_deleted_stays_away() -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("序号", "任务", "责任单位"))
    run = "<w:r><w:t>{}</w:t></w:r>"
    deleted = f"<w:del><w:r><w:delText>旧</w:delText></w:r>{run.format('旧')}</w:del>"
    revised = f"<w:p>{run.format('新增')}{deleted}<w:ins>{run.format('10家')}</w:ins></w:p>"
    field = "<w:p><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r><w:r><w:t>第</w:t><w:tab/><w:t>3</w:t></w:r></w:p>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('框内文字')}</w:txbxContent></w:pict></w:r></w:p>"

    text = read_bytes(word(revised + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + field + box), "方案.docx").text

    assert [line for line in text.splitlines() if line] == ["新增10家", "序号\t任务\t责任单位", "第\t3", "框内文字"]


def test_lines_of_a_pdf_become_paragraphs_without_their_page_furniture() -> None:
    wide = "市场主体培育工程全年净增市场主体一万户以上推进登记便利化改"
    pages = [
        ["演示市人民政府公报", "一、重点任务", wide, f"革，压缩时限{unit}。", f"— {number} —"]
        for number, unit in enumerate("甲乙丙", 1)
    ]

    text = read_bytes(pdf(pages), "公报.pdf").text

    assert text == "".join(f"一、重点任务\n{wide}革，压缩时限{unit}。\n" for unit in "甲乙丙")


def test_navigation_and_metadata_of_a_page_are_noise() -> None:
    page = (
        "<html><head><title>门户</title><script>var a='一、假标题';</script></head><body><nav>首页</nav>"
        "<div>您现在的位置：首页 &gt; 政策文件</div><ul><li><a href='/x'>通知公告</a></li></ul>"
        "<table><tr><td>索引号：</td><td>000014</td></tr><tr><td>发文字号：</td><td>演政发〔2020〕5号</td></tr>"
        "<tr><td>成文日期：</td><td>2020年2月22日</td></tr></table><div>【字体：大 中 小】 打印 关闭</div>"
        "<h1>演示市服务企业实施方案</h1><p>一、重点任务</p><p>1.培育企业。全年新增100家。（责任单位：市科技局）</p></body></html>"
    )

    reading = read_bytes(page.encode("gb18030").replace(b"<head>", b"<head><meta charset=gb2312>"), "页面.html")

    assert [reading.text[start:end] for start, end in reading.noise] == [
        "您现在的位置：首页 > 政策文件", "通知公告", "索引号：\t000014", "发文字号：\t演政发〔2020〕5号", "成文日期：\t2020年2月22日",
        "【字体：大 中 小】 打印 关闭",
    ]
    plan = compile_reading(reading)
    assert (plan.document.title, plan.document.number, plan.document.date_issued) == (
        "演示市服务企业实施方案", "演政发〔2020〕5号", "2020-02-22",
    )
    assert [task.title for task in plan.tasks] == ["培育企业"]


def test_residue_of_word_and_page_numbers_are_noise() -> None:
    text = "[bookmark: _Hlk512018004]一、重点任务\n— 12 —\n第 3 页 共 9 页\n1.培育。\n"

    noise = read_text(text).noise

    assert [text[start:end] for start, end in noise] == ["[bookmark: _Hlk512018004]", "— 12 —", "第 3 页 共 9 页"]


def test_a_reading_of_pasted_text_has_no_name() -> None:
    assert read_text("一、任务") == Reading("一、任务")


def test_the_value_below_a_label_is_noise_and_the_paper_below_it_is_not() -> None:
    text = "发文单位\n市人民政府办公室\n来源\n一、重点任务\n1.培育。\n"

    noise = read_text(text).noise

    assert "".join(text[start:end] for start, end in noise) == "发文单位市人民政府办公室来源"
