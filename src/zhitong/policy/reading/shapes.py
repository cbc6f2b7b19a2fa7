"""What a file was read as."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.policy.shapes import Span


@dataclass(frozen=True)
class Reading:
    """The text, which all spans count in, and the spans of it that are no part of the paper, in order."""

    text: str
    noise: tuple[Span, ...] = ()
    name: str = ""
    """What the file is called; empty for pasted text."""
    format: str = "txt"
    """txt, docx, pdf, html."""
