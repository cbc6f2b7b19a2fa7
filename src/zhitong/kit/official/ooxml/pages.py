"""Pages in Word: A4 with the margins and the grid of the standard, upright or across, and the number at their foot."""

from __future__ import annotations

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from zhitong.kit.official.measures import (
    BODY_PT,
    BOTTOM_MM,
    LEFT_MM,
    LETTER_TOP_MM,
    LINE_PT,
    NUMBER_GAP_MM,
    PAGE_MM,
    POINTS_PER_MM,
    RIGHT_MM,
    SIGNS,
    SMALL_PT,
    TOP_MM,
    Face,
    text_mm,
)
from zhitong.kit.official.ooxml.markup import TWIPS, element, replace_in
from zhitong.kit.official.ooxml.paper import Paper, indent
from zhitong.kit.official.ooxml.runs import put_words
from zhitong.kit.official.ooxml.styles import FRAME

_CHARSPACE_UNIT = 4096
_NUMBER_BOTTOM_MM = BOTTOM_MM - NUMBER_GAP_MM - SMALL_PT / POINTS_PER_MM / 2
"""From the edge to the foot of the number, whose dash stands in the middle of its line."""


def begin_section(paper: Paper, *, is_landscape: bool, is_first: bool) -> Section:
    """The first pages, or a new page from which the paper lies otherwise."""
    section = paper.word.sections[0] if is_first else _new_section(paper)
    width, height = PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(height), Mm(width)) if is_landscape else (Mm(width), Mm(height))
    margins = (LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM)
    top, right, bottom, left = margins if is_landscape else (TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance = Mm(min(LETTER_TOP_MM, top / 2))
    section.footer_distance = Mm(_NUMBER_BOTTOM_MM if not is_landscape else bottom - NUMBER_GAP_MM)
    section.different_first_page_header_footer = False
    _put_grid(section, is_landscape)
    return section


def _new_section(paper: Paper) -> Section:
    """Pages of their own; the paragraph that Word ends a section with is a fine line, lest it fall on an empty page."""
    section: Section = paper.word.add_section(WD_SECTION.NEW_PAGE)
    ending = paper.word.paragraphs[-1]
    ending._p.style = FRAME
    ending.paragraph_format.line_spacing = Pt(1)
    return section


def number_pages(section: Section) -> None:
    """The number at the foot — 1 —: to the right on odd pages, to the left on even ones, one sign in."""
    for footer, align in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        indent(paragraph, left=1, right=1, size=SMALL_PT)
        put_words(paragraph, "— ", Face.SONG, SMALL_PT)
        _put_field(paragraph, "PAGE")
        put_words(paragraph, " —", Face.SONG, SMALL_PT)


def _put_field(paragraph: Paragraph, name: str) -> None:
    put_words(paragraph, "1", Face.SONG, SMALL_PT)
    run = paragraph.runs[-1]._r
    field = element("fldSimple", instr=f" {name} ")
    run.addprevious(field)
    field.append(run)


def _put_grid(section: Section, is_landscape: bool) -> None:
    """22 lines of 28 signs; Word keeps how far a sign is narrower than its size in 1/4096 points."""
    width = text_mm() * POINTS_PER_MM / SIGNS
    narrower = round((width - BODY_PT) * _CHARSPACE_UNIT)
    grid = element("docGrid", type="linesAndChars", linePitch=round(LINE_PT * TWIPS), charSpace=narrower)
    if is_landscape:
        grid = element("docGrid", type="lines", linePitch=round(LINE_PT * TWIPS))
    replace_in(section._sectPr, grid)
