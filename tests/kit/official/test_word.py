"""Word files carry the measures of GB/T 9704-2012 (R-H7): read back by python-docx, not believed."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.kit.official.papers import HOSTILE, OFFICE, PAPERS, opened
from zhitong.kit.official.shapes import Document, Heading, Style
from zhitong.kit.official.word import written

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rFonts b color w sz szCs u shd lang",
    "tblPr": "tblpPr tblOverlap tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference type pgSz pgMar cols titlePg docGrid",
    "style": "name basedOn semiHidden qFormat pPr rPr tblPr",
    "tblBorders": "top left bottom right insideH insideV",
}
"""What Word wants in this order within the elements we write; in another it calls the file damaged."""


@cache
def word(name: str) -> WordDocument:
    return opened(written(PAPERS[name]))


def paragraph(name: str, begins: str) -> Any:
    return next(one for one in word(name).paragraphs if text_of(one).startswith(begins))


def text_of(one: Any) -> str:
    return "".join(node.text or "" for node in one._p.iter(qn("w:t")))


def value(element: Any, path: str) -> Any:
    """The attribute at the end of `child/child@attribute`; None where there is none."""
    way, _, attribute = path.partition("@")
    found = element.find("/".join(qn(f"w:{step}") for step in way.split("/")))
    return None if found is None else found.get(qn(f"w:{attribute}"))


def roots(name: str) -> list[Any]:
    """The text, the styles, and what stands at head and foot of pages."""
    parts = word(name).part.package.iter_parts()
    return [part.element for part in parts if re.search(r"/word/(document|styles|header|footer)\d*\.xml", part.partname)]


def faces(one: Any) -> set[tuple[str, float]]:
    """The Chinese face and the size in points of every run, those inside content controls too."""
    return {
        (value(run, "rPr/rFonts@eastAsia"), int(value(run, "rPr/sz@val")) / 2) for run in one._p.iter(qn("w:r"))
        if "".join(node.text or "" for node in run.iter(qn("w:t")))
    }  # fmt: skip


def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard() -> None:
    section = word("circular").sections[0]

    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(margin.cm, 2) for margin in margins] == [3.7, 2.8, 2.6, 3.5]
    assert value(section._sectPr, "docGrid@type") == "linesAndChars"
    assert value(section._sectPr, "docGrid@linePitch") == "579"
    signs = 28 * (16 + int(value(section._sectPr, "docGrid@charSpace")) / 4096)
    assert signs == pytest.approx(156 / 25.4 * 72, abs=0.1)
    assert 22 * 28.95 <= 225 / 25.4 * 72 < 22 * 29.0


def test_text_stands_in_size_three_on_exact_lines_two_signs_in() -> None:
    one = paragraph("circular", "共收到问题")
    style = word("circular").styles["公文正文"]

    assert faces(one) == {("仿宋_GB2312", 16.0)}
    assert one.style.name == "公文正文"
    assert style.paragraph_format.line_spacing == Pt(28.95)
    assert value(style.element, "pPr/spacing@lineRule") == "exact"
    assert value(style.element, "pPr/ind@firstLineChars") == "200"


@pytest.mark.parametrize(
    ("begins", "face"),
    [("一、", "黑体"), ("（一）", "楷体_GB2312"), ("1. ", "仿宋_GB2312"), ("（1）", "仿宋_GB2312")],
)
def test_each_level_of_heading_has_its_face(begins: str, face: str) -> None:
    one = paragraph("circular", begins)

    assert faces(one) == {(face, 16.0)}
    assert value(one.style.element, "pPr/outlineLvl@val") is not None
    assert not one.runs[0].bold


def test_the_title_is_size_two_centred_in_lines_of_a_trapezoid() -> None:
    one = paragraph("circular", "关于2018年8月")
    upper, lower = one.text.split("\n")

    assert faces(one) == {("方正小标宋简体", 22.0)}
    assert value(one._p, "pPr/jc@val") == "center"
    assert len(upper) > len(lower) > len(upper) / 2


def test_a_paper_has_its_red_head_its_number_and_the_red_rule_below() -> None:
    texts = [text_of(one) for one in word("circular").paragraphs]
    head, number = paragraph("circular", OFFICE), paragraph("circular", "演双办〔2018〕5号")
    rule = word("circular").paragraphs[texts.index("演双办〔2018〕5号") + 1]

    assert texts[:5] == ["特急", f"{OFFICE}文件", "", "", "演双办〔2018〕5号"]
    assert value(head.runs[0]._r, "rPr/color@val") == "D7000F"
    assert faces(head).pop()[0] == "方正小标宋简体"
    assert value(number._p, "pPr/jc@val") == "center"
    assert value(rule._p, "pPr/pBdr/bottom@color") == "D7000F"
    assert value(rule._p, "pPr/pBdr/bottom@space") == "11"  # 4 mm


def test_a_paper_that_goes_up_names_its_signer_to_the_right_in_kai() -> None:
    one = paragraph("upward", "演双办〔2018〕6号")

    assert text_of(one).endswith("签发人：张演示")
    assert faces(one) == {("仿宋_GB2312", 16.0), ("楷体_GB2312", 16.0)}
    assert value(one._p, "pPr/ind@leftChars") == "100"
    assert value(one._p, "pPr/tabs/tab@val") == "right"


def test_a_letter_has_double_rules_at_head_and_foot_of_its_first_page_and_no_number_there() -> None:
    section = word("letter").sections[0]
    top, foot = section.first_page_header.paragraphs, section.first_page_footer.paragraphs

    assert section.different_first_page_header_footer
    assert (round(section.header_distance.mm), round(section.footer_distance.mm)) == (30, 20)
    assert top[0].text == OFFICE
    heavy = [int(value(one._p, "pPr/pBdr/bottom@sz")) for one in (*top[1:], *foot)]
    assert heavy[0] > heavy[1]
    assert heavy[2] < heavy[3]
    assert {value(one._p, "pPr/ind@left") for one in top[1:]} == {str(round(-7 / 25.4 * 1440))}
    assert "PAGE" not in "".join(one._p.xml for one in foot)


def test_a_brief_has_a_masthead_and_lists_whom_it_goes_to_at_its_foot() -> None:
    texts = [text_of(one) for one in word("brief").paragraphs]
    record = [cell.text for row in word("brief").tables[-1].rows for cell in row.cells]

    assert "双创双服工作简报" in texts
    assert "第5期（总第5期）" in texts
    assert record == ["报：市委、市政府领导。", "发：市直有关部门", "送：各县双创双服办。", f"{OFFICE}\t2018年9月17日印发"]
    assert texts[-1] == "（共印60份）"


def test_pages_are_numbered_in_size_four_to_the_outside() -> None:
    section = word("circular").sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    for one, side in ((odd, "right"), (even, "left")):
        assert value(one._p, "pPr/jc@val") == side
        assert text_of(one) == "— 1 —"
        assert value(one._p, "fldSimple@instr") == " PAGE "
        assert faces(one) == {("宋体", 14.0)}
    assert word("circular").settings.odd_and_even_pages_header_footer
    line = word("circular").styles["footer"].paragraph_format.line_spacing
    assert line == Pt(14)
    assert 35 - section.footer_distance.mm - line.mm / 2 == pytest.approx(7, abs=0.1)  # the dash below the text


def test_the_record_floats_at_the_foot_between_its_rules() -> None:
    table = word("circular").tables[-1]
    properties = table._tbl.tblPr

    assert [row.cells[0].text for row in table.rows] == ["抄送：市委办公室，市政府办公室。", "演示市双创双服办\t2018年9月17日印发"]
    assert value(properties, "tblpPr@tblpYSpec") == "bottom"
    assert [value(properties, f"tblBorders/{side}@sz") for side in ("top", "bottom", "insideH")] == ["8", "8", "6"]
    assert faces(table.rows[0].cells[0].paragraphs[0]) == {("仿宋_GB2312", 14.0)}
    assert [value(word("letter").tables[-1]._tbl.tblPr, f"tblBorders/{side}@val") for side in ("top", "bottom")] == ["nil", "nil"]


def test_annexes_are_named_in_a_list_and_begin_new_pages() -> None:
    texts = [text_of(one) for one in word("circular").paragraphs]
    sections = list(word("circular").sections)

    assert "附件：1. 各县双创双服工作情况排名" in texts
    assert "2. 超期问题名单" in texts
    assert [texts.count(label) for label in ("附件1", "附件2")] == [1, 1]
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert faces(paragraph("circular", "附件1")) == {("黑体", 16.0)}


def test_the_date_stands_four_signs_in_below_the_middle_of_the_name() -> None:
    long, short = paragraph("circular", "2018年9月17日"), paragraph("upward", "2018年9月7日")
    name = [one for one in word("upward").paragraphs if text_of(one) == "演示市双创双服办"][-1]

    assert value(short._p, "pPr/ind@rightChars") == "400"
    assert int(value(name._p, "pPr/ind@rightChars")) == 400 + (6 - 8) * 100 / 2
    assert int(value(long._p, "pPr/ind@rightChars")) >= 400


def test_tables_repeat_their_head_and_never_break_a_row() -> None:
    for table in word("circular").tables[:2]:
        rows = table._tbl.tr_lst
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    assert value(word("circular").tables[0].rows[1].cells[1].paragraphs[0]._p, "pPr/jc@val") == "right"


def test_a_form_is_ruled_all_round_and_leaves_room_for_a_pen() -> None:
    table = word("order").tables[0]
    heights = [value(row._tr, "trPr/trHeight@val") for row in table.rows]

    assert list(dict.fromkeys(cell.text for cell in table.rows[0].cells)) == ["编号", "演-2018-000123", "交办时间", "2018年9月17日"]
    assert int(heights[1]) >= 5 * 20 * 20
    assert sum(column.w.mm for column in table._tbl.tblGrid.gridCol_lst) == pytest.approx(156, abs=0.5)
    assert len(word("order").inline_shapes) == 1


def test_every_number_carries_its_key_and_only_drafts_mark_it() -> None:
    def tags(name: str) -> list[str]:
        return [control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for control in word(name).element.iter(qn("w:sdt"))]

    assert tags("circular")[:3] == ["problems.total", "problems.rate", "c.1"]
    assert tags("order") == ["days"]
    marks = [value(control, "sdtContent/r/rPr/u@val") for control in word("brief").element.iter(qn("w:sdt"))]
    assert marks == ["single", "double"]
    assert all(value(control, "sdtContent/r/rPr/u@val") is None for control in word("circular").element.iter(qn("w:sdt")))


@pytest.mark.parametrize("name", PAPERS)
def test_every_run_names_its_chinese_face(name: str) -> None:
    runs = [run for root in roots(name) for run in root.iter(qn("w:r")) if run.find(qn("w:t")) is not None]

    assert [run.xml for run in runs if value(run, "rPr/rFonts@eastAsia") is None] == []


@pytest.mark.parametrize("name", PAPERS)
def test_elements_stand_in_the_order_word_reads(name: str) -> None:
    for root in roots(name):
        for tag, order in ORDER.items():
            places = {child: place for place, child in enumerate(order.split())}
            for element in root.iter(qn(f"w:{tag}")):
                found = [child.tag.rpartition("}")[2].replace("footerR", "headerR") for child in element]
                assert set(found) <= set(places), (tag, found)
                assert all(places[one] <= places[next_one] for one, next_one in pairwise(found)), (tag, found)


@pytest.mark.parametrize("name", PAPERS)
def test_numbers_of_controls_and_bookmarks_are_their_own(name: str) -> None:
    xml = word(name).element.xml
    numbers = re.findall(r'<w:(?:id w:val|bookmarkStart w:id)="(\d+)"', xml)

    assert len(numbers) == len(set(numbers)) > 0


def test_the_file_names_the_paper_and_us_and_no_person() -> None:
    said = word("circular").core_properties

    assert (said.title, said.author, said.last_modified_by) == (PAPERS["circular"].title, "直通", "直通")
    assert said.comments == ""
    assert value(word("circular").styles.element, "docDefaults/rPrDefault/rPr/lang@val") == "zh-CN"
    assert not any("thumbnail" in part.partname for part in word("circular").part.package.iter_parts())


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert written(PAPERS[name]) == written(PAPERS[name])


def test_signs_that_are_no_writing_are_left_out_and_the_rest_stays() -> None:
    texts = [text_of(one) for one in opened(written(HOSTILE)).paragraphs]

    assert '#panic("x") $ *粗* <script> \\u{1}' in texts
    assert '#read("paper.typ") [ ] { } _ * ` ~ @ <a> #1' in texts


def test_a_title_alone_is_a_paper_too() -> None:
    bare = opened(written(Document(Style.FORM, "空表", (Heading(1, "一、无"),))))

    assert [text_of(one) for one in bare.paragraphs] == ["空表", "", "一、无"]
