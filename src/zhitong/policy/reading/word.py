"""Word documents: paragraphs and tables in order, automatic numbers made visible, deleted revisions and comments left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from zhitong.policy.reading.numbering import Numbering
from zhitong.policy.reading.refusals import NotReadable, TooLong

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = frozenset((f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr", FALLBACK))
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
LARGEST_PART = 50_000_000
"""Bytes of one unpacked part; text of a plan needs a hundredth of it."""

MOST_COLUMNS = 60
SAVE_AS = "请用原来的软件打开，另存为 Word 文档（.docx）后再试。"


def text_of_word(content: bytes, name: str) -> str:
    """The text of a .docx, one line for a paragraph, cells of a table's row parted by tabs.

    Raises NotReadable: damaged, locked, a spreadsheet or slides. Raises TooLong: unpacks to more than any paper.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _must_be_word(package, name)
            body = _parsed(package, "word/document.xml", name)
            numbering = Numbering(*(_optional(package, part, name) for part in ("word/numbering.xml", "word/styles.xml")))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, NotImplementedError):
        raise NotReadable(f"文件“{name}”已损坏或有密码，打不开。{SAVE_AS}") from None
    root = body.find(f"{W}body")
    return "\n".join(_block_lines(root, numbering)) + "\n" if root is not None else ""


def _must_be_word(package: zipfile.ZipFile, name: str) -> None:
    """Raises NotReadable, saying what it is instead, where it is no Word document."""
    parts = set(package.namelist())
    if "word/document.xml" in parts:
        return
    if any(part.startswith("xl/") for part in parts):
        raise NotReadable(f"文件“{name}”其实是电子表格，不是方案正文。请选择 Word、PDF、网页或文本格式的正文。")
    if any(part.startswith("ppt/") for part in parts):
        raise NotReadable(f"文件“{name}”其实是演示文稿，不是方案正文。请选择 Word、PDF、网页或文本格式的正文。")
    raise NotReadable(f"文件“{name}”是压缩包，里面没有 Word 正文。请解压后选择方案正文，或{SAVE_AS[1:]}")


def _optional(package: zipfile.ZipFile, part: str, name: str) -> Xml.Element | None:
    return _parsed(package, part, name) if part in package.namelist() else None


def _parsed(package: zipfile.ZipFile, part: str, name: str) -> Xml.Element:
    """One part as a tree; entities are never expanded, because no Word document declares any."""
    with package.open(part) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise TooLong(f"文件“{name}”解压后过大，不像一份方案。请只留下方案正文再试。")
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise NotReadable(f"文件“{name}”不是正常的 Word 文档。{SAVE_AS}")
    try:
        return Xml.fromstring(content)  # noqa: S314 - declarations were refused above, so nothing can expand
    except Xml.ParseError:
        raise NotReadable(f"文件“{name}”已损坏，读不出文字。{SAVE_AS}") from None


def _block_lines(block: Xml.Element, numbering: Numbering) -> Iterator[str]:
    """The lines of paragraphs and tables, those inside content controls included, text boxes behind their paragraph."""
    for child in block:
        if child.tag == f"{W}p":
            yield from _paragraph_lines(child, numbering)
        elif child.tag == f"{W}tbl":
            for row in child.iter(f"{W}tr"):
                yield from _row_lines(row, numbering)
        elif child.tag not in LEFT_OUT:
            yield from _block_lines(child, numbering)


def _paragraph_lines(paragraph: Xml.Element, numbering: Numbering) -> Iterator[str]:
    boxes: list[Xml.Element] = []
    text = "".join(_pieces(paragraph, boxes))
    if text.strip():
        text = numbering.label(paragraph) + text
    yield from text.split("\n")
    for box in boxes:
        yield from _block_lines(box, numbering)


def _pieces(element: Xml.Element, boxes: list[Xml.Element]) -> Iterator[str]:
    for child in element:
        if child.tag in LEFT_OUT:
            continue
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        else:
            yield from _pieces(child, boxes)


def _row_lines(row: Xml.Element, numbering: Numbering) -> Iterator[str]:
    """A row of several cells is one line; a cell that stands alone keeps its paragraphs, a wide one its columns."""
    cells = row.findall(f"{W}tc")
    words = [[line for line in _block_lines(cell, numbering) if line.strip()] for cell in cells]
    if len(cells) == 1:
        yield from words[0]
    elif cells:
        shown = (" ".join(line.replace("\t", " ").strip() for line in lines) for lines in words)
        yield "\t".join(one + "\t" * (_columns(cell) - 1) for one, cell in zip(shown, cells, strict=True))


def _columns(cell: Xml.Element) -> int:
    """Over how many columns a cell stands."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    printed = span.get(f"{W}val", "1") if span is not None else "1"
    return min(max(int(printed), 1), MOST_COLUMNS) if printed.isdecimal() else 1
