"""An office's own Word file: its fields filled, its looks kept, and what cannot be used refused in a sentence (R-H7)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.kit.official.papers import BRIEF, CIRCULAR, LETTER, ORDER, RANKING, opened
from zhitong.kit.official.fillable import FIELDS, required_fields
from zhitong.kit.official.ooxml.filling import values_of
from zhitong.kit.official.returned import read_back
from zhitong.kit.official.samples import sample
from zhitong.kit.official.shapes import Style
from zhitong.kit.official.templates import must_serve
from zhitong.kit.official.word import written
from zhitong.kit.refusals import BadInput

LINES = ("{{发文机关}}文件", "{{发文字号}}", "｛｛标题｝｝", "〔主送〕", "{{正文}}", "{{附件}}", "{{署名}}", "{{成文日期}}")


def blank(*lines: str) -> Any:
    """A Word file of an office: wide margins, its own face, a head, a foot and a table."""
    word = docx.Document()
    word.sections[0].left_margin = Cm(4)
    word.sections[0].header.paragraphs[0].text = "演示办内部模板 {{发文字号}}"
    for line in lines or LINES:
        run = word.add_paragraph().add_run(line)
        run.font.size, run.font.name = Pt(15), "华文仿宋"
    word.add_table(1, 1).cell(0, 0).text = "抄送：{{抄送}}。{{印发日期}}印发"
    return word


def saved(word: Any) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def lines_of(content: bytes) -> list[str]:
    return ["".join(node.text or "" for node in one._p.iter(qn("w:t"))) for one in opened(content).paragraphs]


def test_fields_are_filled_where_they_stand() -> None:
    word = opened(written(CIRCULAR, saved(blank())))
    lines = ["".join(node.text or "" for node in one._p.iter(qn("w:t"))) for one in word.paragraphs]

    assert lines[0] == "演示市双创双服活动领导小组办公室文件"
    assert lines[1] == "演双办〔2018〕5号"
    assert lines[2] == CIRCULAR.title
    assert lines[3] == "各县（市、区）党委、市直有关部门："
    assert lines[4] == "共收到问题1284件，办结率85.8%。"
    assert lines[lines.index("2018年9月17日") - 1] == CIRCULAR.signed_by
    assert word.sections[0].header.paragraphs[0].text == "演示办内部模板 演双办〔2018〕5号"
    assert word.tables[1].cell(0, 0).text == "抄送：市委办公室，市政府办公室。2018年9月17日印发"
    assert "{{" not in "".join(lines)


def test_the_looks_of_the_office_are_kept_and_headings_keep_the_face_of_their_level() -> None:
    word = opened(written(CIRCULAR, saved(blank())))
    text, heading = word.paragraphs[4], word.paragraphs[5]
    runs = [run for one in (text, heading) for run in one._p.iter(qn("w:r"))]

    assert round(word.sections[0].left_margin.cm, 1) == 4.0
    assert {run.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) for run in runs} == {"30"}
    assert text.runs[0].font.name == "华文仿宋"
    assert heading.runs[0]._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) == "黑体"


def test_a_field_that_word_cut_into_pieces_is_filled_in_the_dress_of_its_beginning() -> None:
    word = blank()
    cut = word.paragraphs[1]
    cut.runs[0].text = "编号：{{发"
    cut.runs[0].font.bold = True
    cut.add_run("文字")
    cut.add_run("号}}（稿）")

    filled = opened(written(CIRCULAR, saved(word))).paragraphs[1]

    assert filled.text == "编号：演双办〔2018〕5号（稿）"
    assert [run.text for run in filled.runs if run.bold] == ["编号：演双办〔2018〕5号"]


def test_annexes_follow_on_pages_of_their_own() -> None:
    word = opened(written(CIRCULAR, saved(blank())))

    assert len(word.sections) == 3
    assert "附件1" in [one.text for one in word.paragraphs]
    assert word.sections[1].page_width > word.sections[1].page_height


def test_a_filled_template_comes_back_too() -> None:
    word = opened(written(CIRCULAR, saved(blank())))
    word.paragraphs[4].runs[0].text = "全市共收到问题"

    back = read_back(saved(word), CIRCULAR)

    assert back.document == replace(CIRCULAR, blocks=(replace(CIRCULAR.blocks[0], pieces=(  # type: ignore[type-var]
        "全市共收到问题", *CIRCULAR.blocks[0].pieces[1:])), *CIRCULAR.blocks[1:]))  # type: ignore[union-attr]
    assert (back.changed, back.lost, back.typed) == ((), (), ())


@pytest.mark.parametrize("paper", [CIRCULAR, LETTER, BRIEF, ORDER])
def test_every_field_has_a_value_for_every_paper(paper: Any) -> None:
    assert {*values_of(paper), "正文"} == set(FIELDS)


def test_what_a_paper_does_not_say_is_empty_not_a_field() -> None:
    word = blank("{{标题}}{{紧急程度}}", "{{正文}}", "（{{附注}}）")

    assert lines_of(written(RANKING, saved(word)))[0] == RANKING.title
    assert "（）" in lines_of(written(RANKING, saved(word)))


def test_every_field_is_told_of() -> None:
    told = (Path(__file__).parents[3] / "docs" / "papers.md").read_text(encoding="utf-8")

    assert [name for name, what in FIELDS.items() if f"| {name} | {what} |" not in told] == []


@pytest.mark.parametrize("style", Style)
def test_a_sample_lays_a_paper_out_as_the_standard_does(style: Style) -> None:
    paper = next(one for one in (CIRCULAR, LETTER, BRIEF, ORDER) if one.style is style)
    ours, theirs = opened(written(paper)), opened(written(paper, sample(style)))

    def measured(word: Any) -> list[tuple[str, Any]]:
        """Each line of the first pages with the faces and sizes of its words."""
        return [
            (line, sorted({(fonts.get(qn("w:eastAsia"))) for fonts in one._p.iter(qn("w:rFonts"))}))
            for one in word.paragraphs if (line := "".join(node.text or "" for node in one._p.iter(qn("w:t"))).strip())
        ]

    same = [line for line in measured(ours) if line in measured(theirs)]
    assert (paper.title.replace("\n", ""), ["方正小标宋简体"]) in same
    assert len(same) >= len(measured(ours)) - 6  # marks of a draft, annexes named in lines, the record's table
    assert [section.top_margin for section in ours.sections] == [section.top_margin for section in theirs.sections]


@pytest.mark.parametrize("style", Style)
def test_a_template_without_the_fields_is_refused_naming_them(style: Style) -> None:
    with pytest.raises(BadInput) as refused:
        must_serve(saved(docx.Document()), style)

    assert all(f"{{{{{name}}}}}" in refused.value.sentence for name in required_fields(style))
    assert refused.value.fields == {"template": refused.value.sentence}


def test_a_field_that_is_none_is_named_and_a_year_in_brackets_is_none() -> None:
    fits = must_serve(saved(blank(*LINES, "演双办〔2018〕号")), Style.PAPER)
    assert fits.unknown == ()
    assert "标题" in fits.known

    with pytest.raises(BadInput, match=r"\{\{发文日期\}\}.*不认识.*成文日期"):
        must_serve(saved(blank(*LINES, "{{发文日期}}")), Style.PAPER)


@pytest.mark.parametrize("lines", [("{{标题}}", "正文：{{正文}}"), ("{{标题}}", "{{正文}}", "{{正文}}")])
def test_the_text_stands_alone_and_once(lines: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="单独占一段"):
        must_serve(saved(blank(*lines)), Style.FORM)


def linking(word: Any) -> None:
    word.part.relate_to("http://example.invalid/logo.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)


def with_template(word: Any) -> None:
    [settings] = [part for part in word.part.package.iter_parts() if part.partname == "/word/settings.xml"]
    settings.relate_to("file://server/normal.dotm", RELATIONSHIP_TYPE.IMAGE.replace("image", "attachedTemplate"), is_external=True)


def with_object(word: Any) -> None:
    part = Part(PackURI("/word/embeddings/oleObject1.bin"), "application/octet-stream", b"MZ", word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.OLE_OBJECT)


def with_field(word: Any) -> None:
    node = OxmlElement("w:instrText")
    node.text = ' INCLUDETEXT "c:\\\\secret.docx" '
    word.paragraphs[0].add_run()._r.append(node)


@pytest.mark.parametrize(
    ("planted", "says"), [(linking, "外部"), (with_template, "外部"), (with_object, "嵌入"), (with_field, "取外部内容的域")]
)
def test_what_fetches_or_carries_something_is_refused(planted: Callable[[Any], None], says: str) -> None:
    word = blank()
    planted(word)

    with pytest.raises(BadInput, match=says):
        must_serve(saved(word), Style.PAPER)


def test_a_page_number_and_a_link_are_no_danger() -> None:
    word = blank()
    node = OxmlElement("w:fldSimple")
    node.set(qn("w:instr"), " PAGE ")
    word.sections[0].footer.paragraphs[0]._p.append(node)
    word.part.relate_to("https://example.invalid/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    assert set(required_fields(Style.PAPER)) <= set(must_serve(saved(word), Style.PAPER).known)


@pytest.mark.parametrize("content", [b"", b"PK", "文字".encode()])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match="不是完整的Word文档"):
        must_serve(content, Style.PAPER)
