"""A paper that comes back from Word (R-H7): words edited, numbers still bound, and whatever was done to numbers is named."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit.official.papers import CIRCULAR, LETTER, ORDER, PAPERS, TEXT, opened
from zhitong.kit.official.ooxml.reading import joined
from zhitong.kit.official.returned import Changed, figures_in, read_back
from zhitong.kit.official.shapes import Block, Box, Document, Figure, Grid, Head, Heading, Paragraph, Style, Table
from zhitong.kit.official.word import written
from zhitong.kit.refusals import BadInput


def saved(word: Any) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def paragraph(word: Any, begins: str) -> Any:
    return next(one for one in word.paragraphs if "".join(node.text for node in one._p.iter(qn("w:t"))).startswith(begins))


def control(word: Any, tag: str) -> Any:
    return next(one for one in word.element.iter(qn("w:sdt")) if one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_nobody_touched_comes_back_as_it_was(name: str) -> None:
    back = read_back(written(PAPERS[name]), PAPERS[name])

    assert back.document == PAPERS[name]
    assert (back.changed, back.lost, back.typed, back.kept) == ((), (), (), ())


def test_edited_words_come_back_with_the_numbers_still_bound() -> None:
    word = opened(written(CIRCULAR))
    first = paragraph(word, "共收到问题")
    first.runs[0].text = "今年以来，全市共收到企业问题"
    paragraph(word, "一、").runs[0].text = "一、办理情况"
    paragraph(word, "关于2018年8月").runs[0].text = "关于8月份办理"

    back = read_back(saved(word), CIRCULAR)

    pieces = back.document.blocks[0]
    assert isinstance(pieces, Paragraph)
    assert pieces.pieces[:2] == ("今年以来，全市共收到企业问题", Figure("problems.total", "1284"))
    assert back.document.blocks[1] == Heading(1, "一、办理情况")
    assert back.document.title == "关于8月份办理" + CIRCULAR.title[len("关于2018年8月双创双服活动企业问题办理"):]
    assert (back.changed, back.lost, back.typed) == ((), (), ())


def test_a_number_written_over_is_named_and_stays_as_counted() -> None:
    word = opened(written(CIRCULAR))
    control(word, "problems.rate").find(f"{qn('w:sdtContent')}/{qn('w:r')}/{qn('w:t')}").text = "95.8%"

    back = read_back(saved(word), CIRCULAR)

    assert back.changed == (Changed("problems.rate", "85.8%", "95.8%"),)
    assert back.document.blocks[0] == CIRCULAR.blocks[0]


def test_a_number_whose_control_was_deleted_is_lost_and_what_was_typed_for_it_is_named() -> None:
    word = opened(written(CIRCULAR))
    found = control(word, "problems.total")
    found.getnext().find(qn("w:t")).text = "1290件，办结率"
    found.getparent().remove(found)

    back = read_back(saved(word), CIRCULAR)

    assert back.lost == (Figure("problems.total", "1284"),)
    assert back.typed == ("1290",)


def test_an_emptied_control_is_a_lost_number() -> None:
    word = opened(written(CIRCULAR))
    found = control(word, "problems.total")
    found.find(qn("w:sdtPr")).append(OxmlElement("w:showingPlcHdr"))
    found.find(f"{qn('w:sdtContent')}/{qn('w:r')}/{qn('w:t')}").text = "单击此处输入文字。"

    back = read_back(saved(word), CIRCULAR)

    assert back.lost == (Figure("problems.total", "1284"),)
    assert "单击" not in str(back.document)


def test_a_paragraph_added_and_one_taken_away_are_seen() -> None:
    word = opened(written(CIRCULAR))
    paragraph(word, "（一）")._p.addnext(OxmlElement("w:p"))
    docx.text.paragraph.Paragraph(paragraph(word, "（一）")._p.getnext(), word).add_run("新增一段，涉及37户企业，9月30日前办结。")
    gone = paragraph(word, "1. 超期问题")._p
    gone.getparent().remove(gone)

    back = read_back(saved(word), CIRCULAR)

    assert back.document.blocks[3] == Paragraph(("新增一段，涉及37户企业，9月30日前办结。",))
    assert Heading(3, "1. 超期问题") not in back.document.blocks
    assert back.typed == ("37",)


def test_a_heading_made_with_words_own_style_is_a_heading() -> None:
    word = opened(written(CIRCULAR))
    style = word.styles.add_style("heading 2", WD_STYLE_TYPE.PARAGRAPH)
    added = paragraph(word, "（一）").insert_paragraph_before("（二）新写的一节")
    added.style = style

    assert read_back(saved(word), CIRCULAR).document.blocks[2] == Heading(2, "（二）新写的一节")


def test_what_was_typed_into_the_empty_line_below_the_text_is_not_lost() -> None:
    word = opened(written(LETTER))
    at = [one.text for one in word.paragraphs].index(LETTER.signed_by)
    blank = word.paragraphs[at - 2]
    blank.add_run("请予支持。")

    assert read_back(saved(word), LETTER).document.blocks[-1] == Paragraph(("请予支持。",))


def test_tracked_deletions_are_gone_and_insertions_count() -> None:
    word = opened(written(CIRCULAR))
    first = paragraph(word, "共收到问题")
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    run = first.runs[0]._r
    run.addprevious(deleted)
    run.addnext(inserted)
    deleted.append(run)
    inserted.append(docx.text.paragraph.Paragraph(OxmlElement("w:p"), word).add_run("全市收到")._r)

    pieces = read_back(saved(word), CIRCULAR).document.blocks[0]

    assert isinstance(pieces, Paragraph)
    assert pieces.pieces[0] == "全市收到"


def test_rows_may_be_added_to_a_table_but_columns_are_refused() -> None:
    word = opened(written(CIRCULAR))
    word.tables[0].add_row().cells[0].text = "用工"
    back = read_back(saved(word), CIRCULAR)
    table = back.document.blocks[-1]

    assert isinstance(table, Table)
    assert table.rows == (*CIRCULAR.blocks[-1].rows, ("用工", "", ""))  # type: ignore[union-attr]
    assert table.caption == "表1 分类情况"

    row = word.tables[0].rows[1]._tr
    row.remove(row.tc_lst[-1])
    with pytest.raises(BadInput, match="表1 分类情况"):
        read_back(saved(word), CIRCULAR)


def test_an_annex_taken_out_stays_ours_and_is_named() -> None:
    bare = replace(CIRCULAR, appended=())

    back = read_back(written(bare), CIRCULAR)

    assert back.kept == tuple(annex.title for annex in CIRCULAR.appended)
    assert back.document == CIRCULAR


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "不是文档".encode()])
def test_what_is_no_word_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BadInput, match="另存为"):
        read_back(content, CIRCULAR)


def test_another_word_file_is_refused_in_a_sentence() -> None:
    other = docx.Document()
    other.add_paragraph("共收到问题1284件")

    with pytest.raises(BadInput, match="重新下载"):
        read_back(saved(other), CIRCULAR)


def test_a_key_longer_than_word_takes_is_still_known() -> None:
    key = "河北.".replace("河北", "区") * 40
    paper = Document(Style.FORM, "长名", (Paragraph(("共", Figure(key, "5"), "件")),))

    assert read_back(written(paper), paper).document == paper


WORDS = st.text("关于企业问题12.5%〔〕“” 　<&>#{}$\\*_\té😀𠮷", min_size=1, max_size=12)
FIGURES = st.builds(Figure, st.sampled_from(["a", "b.c", "乙", "x" * 80]), st.just("12.5"))
PIECES = st.lists(WORDS | FIGURES, min_size=1, max_size=4).map(lambda found: joined(list(found)))


def said(pieces: tuple[Any, ...]) -> bool:
    return any(isinstance(piece, Figure) or piece.strip() for piece in pieces)


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 4), WORDS.filter(str.strip)),
    st.builds(Paragraph, PIECES.filter(said), st.booleans()),
    st.lists(st.tuples(WORDS | FIGURES, WORDS), max_size=3).map(lambda rows: Table(("甲", "乙"), tuple(rows))),
    st.lists(PIECES, min_size=1, max_size=3).map(lambda cells: Grid((tuple(Box("栏", cell) for cell in cells),))),
)


@given(st.lists(BLOCKS, min_size=1, max_size=4), st.booleans(), WORDS.filter(str.strip))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_comes_back(blocks: list[Block], is_draft: bool, title: str) -> None:
    head = Head("演示市双创双服办", "演双办〔2018〕5号")
    paper = Document(Style.PAPER, title, tuple(blocks), head, ("各县",), signed_by="演示市双创双服办", is_draft=is_draft)

    back = read_back(written(paper), paper)

    assert back.document == paper
    assert (back.changed, back.lost, back.typed) == ((), (), ())


def test_every_number_of_a_paper_is_found() -> None:
    assert [figure.key for figure in figures_in(CIRCULAR)][:3] == ["problems.total", "problems.rate", "c.1"]
    assert len(figures_in(CIRCULAR)) == 5 + 60
    assert [figure.key for figure in figures_in(ORDER)] == ["days"]
    assert TEXT[0] == CIRCULAR.blocks[0]
