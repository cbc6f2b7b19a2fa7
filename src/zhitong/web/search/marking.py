"""What was looked for, marked in a text: every sign is escaped, whatever the text holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhitong.kit.phrases import marks_in


def marked(text: str, phrases: Sequence[str]) -> SafeString:
    """A text as markup with every phrase in it within <mark>."""
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, phrases)))


def _pieces(text: str, phrases: Sequence[str]) -> Iterator[str | SafeString]:
    done = 0
    for start, end in marks_in(text, phrases):
        yield text[done:start]
        yield format_html("<mark>{}</mark>", text[start:end])
        done = end
    yield text[done:]
