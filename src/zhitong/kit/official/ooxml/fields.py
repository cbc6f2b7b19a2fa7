"""Fields in an office's own Word file: {{标题}} or 〔标题〕 as a clerk types them, found and filled where Word cut them into pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from zhitong.kit.texts import storable

FIELD = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝]{1,20}?)\s*(?:\}\}|｝｝)|〔\s*([^〔〕\d\s][^〔〕]{0,19}?)\s*〕")
"""A name between doubled braces of either width, or between 〔 〕 where it does not begin with a figure as years do."""
_PARTS = re.compile(r"/word/(document|header\d*|footer\d*)\.xml")


def name_in(found: re.Match[str]) -> str:
    """The name of a field that was found."""
    return found[1] or found[2]


def paragraphs_of(word: WordDocument) -> Iterator[Any]:
    """Every paragraph of text, tables, boxes, heads and feet of pages."""
    for part in word.part.package.iter_parts():
        if _PARTS.fullmatch(part.partname):
            yield from list(part.element.iter(qn("w:p")))


def text_of(paragraph: Any) -> str:
    """The words of a paragraph without those of boxes in it."""
    return "".join(node.text or "" for node in _texts(paragraph))


def fill_fields(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values where fields stand, in the dress of the field's first sign; fields without a value stay."""
    for found in reversed(list(FIELD.finditer(text_of(paragraph)))):
        if name_in(found) in values:
            _replace(paragraph, found.start(), found.end(), storable(values[name_in(found)]))


def put_in(paragraph: Any, words: str, others: str) -> None:
    """Put other words in place of the first such words of a paragraph, in the dress of their first sign."""
    start = text_of(paragraph).find(words)
    if start >= 0:
        _replace(paragraph, start, start + len(words), others)


def stands_alone(paragraph: Any, name: str) -> bool:
    """Whether a field is all that a paragraph says."""
    found = FIELD.fullmatch(text_of(paragraph).strip())
    return found is not None and name_in(found) == name


def first_run(paragraph: Any) -> Any | None:
    """The run whose dress a paragraph's words wear."""
    return next((node.getparent() for node in _texts(paragraph)), None)


def _texts(paragraph: Any) -> list[Any]:
    """The text nodes that belong to the paragraph itself."""
    return [node for node in paragraph.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is paragraph]


def _replace(paragraph: Any, start: int, end: int, value: str) -> None:
    at, put = 0, False
    for node in _texts(paragraph):
        text = node.text or ""
        low, high = max(start - at, 0), min(end - at, len(text))
        if low < high:
            _set(node, text[:low], "" if put else value, text[high:])
            put = True
        at += len(text)


def _set(node: Any, before: str, value: str, after: str) -> None:
    """Text of a node; line ends of the value become breaks of the line in the same run."""
    first, *others = value.split("\n")
    _keep(node, before + first + ("" if others else after))
    behind = node
    for place, line in enumerate(others, start=1):
        for made in (OxmlElement("w:br"), OxmlElement("w:t")):
            behind.addnext(made)
            behind = made
        _keep(behind, line + (after if place == len(others) else ""))


def _keep(node: Any, text: str) -> None:
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


