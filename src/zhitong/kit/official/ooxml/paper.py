"""A paper while it is being written: the Word document, whether it is a draft, and numbers that nothing else in it bears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from zhitong.kit.official.measures import BODY_PT
from zhitong.kit.official.ooxml.markup import TWIPS, element, replace_in
from zhitong.kit.official.ooxml.styles import FRAME

FIRST_NUMBER = 7_000_001
"""Above what Word gives to bookmarks and controls of its own."""


@dataclass(slots=True)
class Paper:
    """What the parts of a paper are written into, from the top down."""

    word: WordDocument
    is_draft: bool
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_NUMBER))
    pending: str = ""
    """The name that the next paragraph will bear."""

    def next_number(self) -> int:
        """A number for a bookmark or a content control; the same for the same paper."""
        return next(self.numbers)

    def paragraph(self, style: str = FRAME, align: WD_ALIGN_PARAGRAPH | None = None) -> Paragraph:
        """A new paragraph at the end."""
        paragraph = self.word.add_paragraph()
        paragraph._p.style = style
        if self.pending:
            self.bookmark(paragraph, self.pending)
            self.pending = ""
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def blank(self, lines: int = 1) -> None:
        """Empty lines that stay with what follows."""
        for _line in range(lines):
            self.paragraph().paragraph_format.keep_with_next = True

    def keep_last(self) -> None:
        """Let the end of the text go along with what follows, so that a signature never stands alone on a page."""
        last = self.word.element.body[-2]
        if last.tag.endswith("}p"):
            last.get_or_add_pPr().get_or_add_keepNext().val = True

    def bookmark(self, paragraph: Paragraph, name: str) -> None:
        """Name a paragraph, so that it is known again when the paper comes back."""
        self.mark(paragraph._p, name)

    def mark(self, node: Any, name: str) -> None:
        """Name the element of a paragraph; of a table its first paragraph, of nothing nothing."""
        inner = node if node is None or node.tag == qn("w:p") else next(node.iter(qn("w:p")), None)
        if inner is None:
            return
        number = self.next_number()
        start, end = element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)
        if inner.pPr is None:
            inner.insert(0, start)
        else:
            inner.pPr.addnext(start)
        inner.append(end)


def indent(
    paragraph: Paragraph, *, left: float = 0, right: float = 0, first: float = 0, hanging: float = 0, size: float = BODY_PT
) -> None:
    """Indents counted in signs of a size in points; a hanging one begins so much before the left one."""
    lengths = {"left": left, "right": right, "firstLine": first, "hanging": hanging}
    given = {name: signs for name, signs in lengths.items() if signs or name in ("left", "right")}
    made = element("ind")
    for name, signs in given.items():
        made.set(qn(f"w:{name}Chars"), str(round(signs * 100)))
        made.set(qn(f"w:{name}"), str(round(signs * size * TWIPS)))
    if not first and not hanging:
        made.set(qn("w:firstLineChars"), "0")
        made.set(qn("w:firstLine"), "0")
    paragraph.paragraph_format.first_line_indent = Pt(0)  # python-docx knows where the element belongs
    replace_in(paragraph._p.get_or_add_pPr(), made)
