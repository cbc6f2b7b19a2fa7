"""A template to begin with: the standard's own layout with every field in its place, for an office to change in Word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from docx.document import Document as WordDocument

from zhitong.kit.figures import whole_day
from zhitong.kit.official.fillable import TEXT
from zhitong.kit.official.ooxml.fields import paragraphs_of, put_in
from zhitong.kit.official.shapes import Document, Foot, Head, Masthead, Paragraph, Style
from zhitong.kit.official.templates import opened
from zhitong.kit.official.word import written
from zhitong.kit.official.wording import cut_off_words

_SIGNED, _PRINTED = date(1900, 1, 1), date(1900, 2, 2)
_COUNTED = datetime(1900, 1, 1, tzinfo=UTC)
"""Days no paper bears; in their places stand the fields of days."""


def sample(style: Style) -> bytes:
    """A .docx laid out as papers of a style are, whose words are fields; it serves as a template as it is."""
    word = opened(written(replace(_document(style), cut_off=_COUNTED)))
    for paragraph in paragraphs_of(word):
        for words, field in (*_PLACES, (whole_day(_SIGNED), "{{编发日期}}" if style is Style.BRIEF else "{{成文日期}}")):
            put_in(paragraph, words, field)
    return _saved(word)


_PLACES = (
    ("{{主送}}：", "{{主送}}"), ("附件：{{附件}}", "{{附件}}"), ("（{{附注}}）", "{{附注}}"),
    (cut_off_words(_COUNTED), "{{统计截止时间}}"), (whole_day(_PRINTED), "{{印发日期}}"),
)  # fmt: skip


def _document(style: Style) -> Document:
    text, foot = (Paragraph((f"{{{{{TEXT}}}}}",)),), Foot("{{印发机关}}", _PRINTED, ("{{抄送}}",))
    if style is Style.FORM:
        return Document(style, "{{标题}}", text)
    if style is Style.BRIEF:
        head = Masthead("{{简报名称}}", "{{期号}}", "{{编发单位}}", _SIGNED)
        return Document(style, "{{标题}}", text, head, ("{{主送}}",), foot=foot)
    sent = Head("{{发文机关}}", "{{发文字号}}", urgency="{{紧急程度}}")
    return Document(style, "{{标题}}", text, sent, ("{{主送}}",), ("{{附件}}",), "{{署名}}", _SIGNED, "{{附注}}", foot)


def _saved(word: WordDocument) -> bytes:
    out = BytesIO()
    word.save(out)
    return out.getvalue()
