"""What people read at the end of a moment: a page as one line, a Word file with its bound numbers."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from tests.browser.conftest import Visitor


def words_in(paper: bytes) -> str:
    """Everything that a Word file says."""
    return "".join(text.text or "" for text in Document(BytesIO(paper)).element.iter(qn("w:t")))


def shown_to(visitor: Visitor, path: str) -> str:
    """What somebody reads on a page."""
    assert visitor.open(path) == 200
    return " ".join(visitor.page.inner_text("main").split())
