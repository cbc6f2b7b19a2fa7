"""An office's own Word file filled: fields replaced where they stand, the text set in the dress of its placeholder."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from zhitong.kit.figures import whole_day
from zhitong.kit.official.fillable import TEXT
from zhitong.kit.official.measures import HEADINGS
from zhitong.kit.official.ooxml.blocks import put_block
from zhitong.kit.official.ooxml.fields import fill_fields, first_run, paragraphs_of, stands_alone
from zhitong.kit.official.ooxml.markup import element, replace_in
from zhitong.kit.official.ooxml.paper import Paper
from zhitong.kit.official.shapes import Document, Heading, Masthead, Paragraph
from zhitong.kit.official.titles import title_lines
from zhitong.kit.official.wording import DRAFT_LEGEND, addressed, annexes_named, cut_off_words, is_addressed, noted

_EMU_PER_MM = 36000


def fill(paper: Paper, document: Document) -> None:
    """Fill the template that `paper` has opened; its pages, heads, feet and styles stay as the office made them."""
    _forget_marks(paper.word)
    _put_text(paper, document)
    values = values_of(document)
    for paragraph in paragraphs_of(paper.word):
        if stands_alone(paragraph, "标题"):
            paper.mark(paragraph, "zt_title")
        fill_fields(paragraph, values)


def values_of(document: Document) -> dict[str, str]:
    """What comes in place of each field but the text; empty where the paper says nothing."""
    head, foot = document.head, document.foot
    values = {
        "标题": "\n".join(title_lines(document.title)), "主送": _recipients(document),
        "附件": "\n".join(annexes_named(document.attachments)), "署名": document.signed_by, "附注": noted(document.note),
        "成文日期": whole_day(document.signed_on) if document.signed_on else "",
        "统计截止时间": cut_off_words(document.cut_off), "草稿标记": DRAFT_LEGEND if document.is_draft else "",
        "抄送": "，".join(foot.copies_to) if foot else "", "印发机关": foot.printed_by if foot else "",
        "印发日期": whole_day(foot.printed_on) if foot and foot.printed_on else "",
        "份数": str(foot.copies) if foot and foot.copies else "",
    }  # fmt: skip
    if isinstance(head, Masthead):
        named = {"简报名称": head.name, "期号": head.issue, "编发单位": head.office, "编发日期": whole_day(head.on)}
        return values | named | dict.fromkeys(("发文机关", "发文字号", "签发人", "紧急程度"), "")
    named = dict.fromkeys(("简报名称", "期号", "编发单位", "编发日期"), "")
    if head is None:
        return values | named | dict.fromkeys(("发文机关", "发文字号", "签发人", "紧急程度"), "")
    sent = {"发文机关": head.sender, "发文字号": head.number, "签发人": head.signer, "紧急程度": head.urgency}
    return values | named | sent


def _recipients(document: Document) -> str:
    """Those it goes to as a line above the text; a brief lists them at its foot, without a colon."""
    return addressed(document.recipients) if is_addressed(document) else "，".join(document.recipients)


def _forget_marks(word: WordDocument) -> None:
    """Take out marks of ours: a template made from a paper we wrote carries that paper's."""
    for mark in list(word.element.body.iter(qn("w:bookmarkStart"))):
        if mark.get(qn("w:name"), "").startswith("zt_"):
            mark.getparent().remove(mark)


def _put_text(paper: Paper, document: Document) -> None:
    body = paper.word.element.body
    place = next(paragraph for paragraph in body.iterchildren(qn("w:p")) if stands_alone(paragraph, TEXT))
    width = _text_mm(paper.word)
    paper.mark(place.getprevious(), "zt_from_b")
    paper.mark(place.getnext(), "zt_until_b")
    for count, block in enumerate(document.blocks):
        before = len(body)
        put_block(paper, block, f"zt_b_{count}", width)
        made = list(body)[before - 1 : -1]  # the last element of a body says how its last pages lie
        if isinstance(block, Heading | Paragraph):
            _dress(made[0], place, block)
        for one in made:
            place.addprevious(one)
    body.remove(place)


def _dress(made: Any, place: Any, block: Heading | Paragraph) -> None:
    """Give a paragraph the placeholder's indents and face; a heading keeps the face of its level."""
    own = made.find(qn("w:pPr"))
    worn = place.find(qn("w:pPr"))
    if worn is not None:
        worn = deepcopy(worn)
        own.addprevious(worn)
        made.remove(own)
    if isinstance(block, Paragraph) and block.is_flush and worn is not None:
        replace_in(worn, element("ind", firstLineChars=0, firstLine=0))
    source = first_run(place)
    dress = source.find(qn("w:rPr")) if source is not None else None
    for run in made.iter(qn("w:r")):
        _dress_run(run, dress, HEADINGS[block.level].value if isinstance(block, Heading) else "")


def _dress_run(run: Any, dress: Any | None, face: str) -> None:
    """The placeholder's dress for a run; marks of a draft stay on it, and so does the face of a heading."""
    old = run.find(qn("w:rPr"))
    if dress is None or old is None:
        return
    new = deepcopy(dress)
    for tag in ("w:u", "w:shd"):
        mark = old.find(qn(tag))
        if mark is not None:
            replace_in(new, mark)
    if face:
        fonts: Mapping[str, str] = dict(old.find(qn("w:rFonts")).attrib)
        kept = new.find(qn("w:rFonts"))
        if kept is None:
            kept = element("rFonts")
            new.insert(0, kept)
        for name, value in fonts.items():
            kept.set(name, value)
    run.replace(old, new)


def _text_mm(word: WordDocument) -> float:
    """Millimetres between the margins of the first pages."""
    section = word.sections[0]
    return (int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)) / _EMU_PER_MM
