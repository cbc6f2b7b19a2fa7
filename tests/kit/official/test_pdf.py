"""PDFs are A4, say what Word says and read no text as markup (R-H7)."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.kit.official.papers import BRIEF, CIRCULAR, HOSTILE, OFFICE, PAPERS, pages
from zhitong.kit.official.fonts import NoChineseFont, chosen_from
from zhitong.kit.official.measures import Face
from zhitong.kit.official.pdf import printed

A4 = (595.3, 841.9)


@cache
def content(name: str) -> bytes:
    return printed(PAPERS[name])


def test_pages_are_a4_and_an_annex_across_lies_across() -> None:
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(io.BytesIO(content("circular"))).pages]

    assert sizes[0] == pytest.approx(A4, abs=0.5)
    assert sizes[-2] == pytest.approx(A4[::-1], abs=0.5)
    assert sizes[-1] == pytest.approx(A4, abs=0.5)


def test_a_circular_is_printed_whole() -> None:
    text = pages(content("circular"))

    assert f"特急{OFFICE}文件演双办〔2018〕5号" in text[0]
    assert "（统计截止时间：2018年9月17日17时00分）" in text[0]
    assert "共收到问题1284件，办结率85.8%。" in text[0]
    assert "附件：1.各县双创双服工作情况排名2.超期问题名单" in "".join(text)
    assert "演示县60" in "".join(text)
    assert "抄送：市委办公室，市政府办公室。" in text[-1]
    assert [page.rpartition("—")[0].rpartition("—")[2] for page in text] == [str(1 + place) for place in range(len(text))]


def test_the_head_of_a_table_stands_on_each_of_its_pages() -> None:
    with_rows = [page for page in pages(content("circular")) if "演示县" in page and "得分" in page]

    assert len(with_rows) >= 2


def test_the_first_page_of_a_letter_bears_no_number() -> None:
    [text] = pages(content("letter"))

    assert "—1—" not in text
    assert "演双办函〔2018〕8号" in text
    assert "抄送：市发展改革委。" in text


def test_a_brief_lists_whom_it_goes_to_and_a_draft_says_what_it_is() -> None:
    text = "".join(pages(content("brief")))

    assert "双创双服工作简报第5期（总第5期）" in text
    assert "报：市委、市政府领导。" in text
    assert "草稿，未经签发" in text
    assert "草稿" not in "".join(pages(content("circular")))


def test_a_form_goes_on_behind_its_break() -> None:
    front, back = pages(content("order"))

    assert "用电增容申请已提交26个工作日。企业希望9月底前通电。" in front
    assert "扫码查看办理情况" in front
    assert "背面无正文。" in back


def test_text_is_never_read_as_markup() -> None:
    text = "".join(pages(printed(HOSTILE)))

    assert '#panic("x")$*粗*<script>\\u{1}' in text
    assert '#read("paper.typ")[]{}_*`~@<a>#1' in text


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert printed(BRIEF) == content("brief")


def test_the_file_names_the_paper_and_no_person() -> None:
    said = PdfReader(io.BytesIO(content("circular"))).metadata

    assert said is not None
    assert (said.title, said.author) == (CIRCULAR.title, "直通")


def test_official_faces_are_taken_where_they_are_installed() -> None:
    chosen = chosen_from(frozenset({"FangSong_GB2312", "Noto Serif CJK SC", "Times New Roman"}))

    assert chosen[Face.BODY].chinese == ("FangSong_GB2312", "Noto Serif CJK SC")
    assert chosen[Face.TITLE].chinese == ("Noto Serif CJK SC",)
    assert chosen[Face.TITLE].weight == "bold"
    assert chosen[Face.BODY].latin == ("Times New Roman",)


def test_a_machine_without_chinese_fonts_says_what_to_install() -> None:
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
        chosen_from(frozenset({"DejaVu Sans", "Times New Roman"}))


def test_no_font_is_shipped() -> None:
    house = Path(__file__).parents[3] / "src"

    assert [path.name for path in house.rglob("*") if path.suffix.lower() in {".ttf", ".otf", ".ttc"}] == []
