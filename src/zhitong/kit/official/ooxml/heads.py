"""Heads in Word: the red head of a paper, the double rules of a letter, the masthead of a brief, and titles."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from zhitong.kit.figures import whole_day
from zhitong.kit.official.measures import (
    BODY_PT,
    HEAD_DROP_MM,
    HEAVY_RULE_MM,
    LETTER_FOOT_MM,
    LETTER_RULE_MM,
    LETTER_TOP_MM,
    LINE_PT,
    POINTS_PER_MM,
    RED,
    RED_RULE_MM,
    RULE_GAP_MM,
    TITLE_PT,
    Face,
    head_type,
    text_mm,
)
from zhitong.kit.official.ooxml.markup import border, element, twips_of_mm
from zhitong.kit.official.ooxml.paper import Paper, indent
from zhitong.kit.official.ooxml.runs import put_words
from zhitong.kit.official.ooxml.styles import TITLE
from zhitong.kit.official.shapes import Document, Head, Masthead, Style
from zhitong.kit.official.titles import title_lines
from zhitong.kit.official.wording import cut_off_words, issue_words, sender_words

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_BEHIND_BORDERS = tuple(
    f"w:{name}" for name in (
        "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN",
        "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip


def put_head(paper: Paper, document: Document, section: Section) -> None:
    """The head of the first page, as the style of the paper asks; a form has none."""
    head = document.head
    if isinstance(head, Masthead):
        _put_masthead(paper, head)
    elif head is not None and document.style is Style.LETTER:
        _put_letter_head(paper, head, section)
    elif head is not None:
        _put_red_head(paper, head, document.style)


def put_title(paper: Paper, document: Document, *, name: str) -> None:
    """The title in lines that stand well, below it up to when figures were counted."""
    paragraph = paper.paragraph(TITLE, _CENTRE)
    for place, line in enumerate(title_lines(document.title)):
        if place:
            paragraph.add_run().add_break()
        put_words(paragraph, line, Face.TITLE, TITLE_PT)
    paper.bookmark(paragraph, name)
    words = cut_off_words(document.cut_off)
    if words:
        put_words(paper.paragraph(align=_CENTRE), words, Face.KAI, BODY_PT)


def put_rule(paragraph: Paragraph, side: str, mm: float, *, space: float = 0, colour: str = RED) -> None:
    """A rule above or below a paragraph, `space` millimetres away from its words."""
    properties = paragraph._p.get_or_add_pPr()
    borders = element("pBdr", border(side, mm=mm, colour=colour, space=round(space * POINTS_PER_MM)))
    properties.insert_element_before(borders, *_BEHIND_BORDERS)


def _put_red_head(paper: Paper, head: Head, style: Style) -> None:
    _put_drop(paper, head.urgency)
    _put_sender(paper.paragraph(align=_CENTRE), sender_words(head.sender, style))
    paper.blank(2)
    paragraph = paper.paragraph(align=None if head.signer else _CENTRE)
    if head.signer:
        indent(paragraph, left=1, right=1)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(text_mm() * POINTS_PER_MM - BODY_PT), WD_TAB_ALIGNMENT.RIGHT)
    put_words(paragraph, head.number, Face.BODY, BODY_PT)
    if head.signer:
        put_words(paragraph, "\t签发人：", Face.BODY, BODY_PT)
        put_words(paragraph, head.signer, Face.KAI, BODY_PT)
    _put_red_rule(paper, RULE_GAP_MM)
    paper.blank(2)


def _put_red_rule(paper: Paper, gap: float) -> None:
    """The red rule over the whole width; a paragraph of its own, because the one above may be indented."""
    paragraph = paper.paragraph()
    paragraph.paragraph_format.line_spacing = Pt(1)
    put_rule(paragraph, "bottom", RED_RULE_MM, space=gap)


def _put_masthead(paper: Paper, head: Masthead) -> None:
    _put_drop(paper, "", HEAD_DROP_MM / 2)
    _put_sender(paper.paragraph(align=_CENTRE), head.name)
    paper.blank()
    put_words(paper.paragraph(align=_CENTRE), issue_words(head), Face.BODY, BODY_PT)
    paragraph = paper.paragraph()
    indent(paragraph, left=1, right=1)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(text_mm() * POINTS_PER_MM - BODY_PT), WD_TAB_ALIGNMENT.RIGHT)
    put_words(paragraph, f"{head.office}\t{whole_day(head.on)}", Face.BODY, BODY_PT)
    _put_red_rule(paper, RULE_GAP_MM / 2)
    paper.blank()


def _put_letter_head(paper: Paper, head: Head, section: Section) -> None:
    """Name and upper rules stand in the head of the first page, 30 mm from the edge; the lower rules 20 mm from the other."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(LETTER_TOP_MM)
    top = section.first_page_header
    top.is_linked_to_previous = False
    _put_sender(top.paragraphs[0], head.sender)
    top.paragraphs[0].alignment = _CENTRE
    _put_double(top.add_paragraph(), top.add_paragraph(), "bottom", heavy_first=True, space=RULE_GAP_MM)
    foot = section.first_page_footer
    foot.is_linked_to_previous = False
    section.footer_distance = Mm(LETTER_FOOT_MM)
    _put_double(foot.paragraphs[0], foot.add_paragraph(), "bottom", heavy_first=False)
    paragraph = paper.paragraph()
    indent(paragraph)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(text_mm() * POINTS_PER_MM), WD_TAB_ALIGNMENT.RIGHT)
    put_words(paragraph, head.urgency, Face.BLACK, BODY_PT)
    put_words(paragraph, f"\t{head.number}", Face.BODY, BODY_PT)
    paper.blank(2)


def _put_double(first: Paragraph, second: Paragraph, side: str, *, heavy_first: bool, space: float = 0) -> None:
    """Two red rules of 170 mm, one heavy and one fine, centred beyond the text on both sides."""
    beyond = twips_of_mm((text_mm() - LETTER_RULE_MM) / 2)
    heavy, fine = RED_RULE_MM, HEAVY_RULE_MM
    for paragraph, mm, gap in ((first, heavy if heavy_first else fine, space), (second, fine if heavy_first else heavy, 0.0)):
        paragraph.paragraph_format.line_spacing = Pt(3)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(beyond / 20)
        put_rule(paragraph, side, mm, space=gap)


def _put_sender(paragraph: Paragraph, words: str) -> None:
    size, squeezed = head_type(words)
    paragraph.paragraph_format.line_spacing = Pt(size * 1.2)
    put_words(paragraph, words, Face.TITLE, size, colour=RED, squeezed=squeezed)


def _put_drop(paper: Paper, urgency: str, drop: float = HEAD_DROP_MM) -> None:
    """From the top of the text to the sender's name; the urgency, if any, stands in its first line."""
    paragraph = paper.paragraph()
    put_words(paragraph, urgency, Face.BLACK, BODY_PT)
    paragraph.paragraph_format.space_after = Pt(drop * POINTS_PER_MM - LINE_PT)
