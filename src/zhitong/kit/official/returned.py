"""A paper taken back from Word: the words as a person left them, numbers still bound, and what somebody did to numbers by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document as WordDocument

from zhitong.kit.official.forms import laid_out
from zhitong.kit.official.ooxml.reading import (
    TABLE,
    elements_of,
    joined,
    names_of,
    pieces_of,
    rows_of,
    style_of,
    text_of,
)
from zhitong.kit.official.ooxml.runs import tag_of
from zhitong.kit.official.ooxml.styles import FRAME, heading_style
from zhitong.kit.official.shapes import (
    Block,
    Box,
    Break,
    Code,
    Document,
    Figure,
    Grid,
    Heading,
    Paragraph,
    Piece,
    Table,
)
from zhitong.kit.official.templates import opened
from zhitong.kit.official.titles import title_lines
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import storable

_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*[%％‰]?")
_CITED = re.compile(
    r"〔\d{4}〕\s*\d+号|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}[:：]\d{2}|第\d+[期号条项章]|^\s*[（(]?\d{1,2}[.．、）)]",
    re.MULTILINE,
)
"""Numbers that count nothing: days, numbers of papers, heads of a list."""
_BLOCK = re.compile(r"zt_(?:b|a\d+)_(\d+)(_caption)?")
_WORDS_OWN = re.compile(r"heading ([1-4])", re.IGNORECASE)
_FIELD = "file"


@dataclass(frozen=True, slots=True)
class Changed:
    """A bound number that somebody wrote over: what we counted and what stands there."""

    key: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: the paper with the new words, bound numbers as counted.

    `changed` are numbers written over by hand, `lost` those that stand nowhere any more, `typed` numbers in the words that
    were not there before, `kept` the titles of annexes that were not in the file and stay as they were.
    """

    document: Document
    changed: tuple[Changed, ...]
    lost: tuple[Figure, ...]
    typed: tuple[str, ...]
    kept: tuple[str, ...] = ()


def read_back(content: bytes, ours: Document) -> Returned:
    """What a person made in Word of a paper that `word.written` had given out; title, text, tables and forms are read.

    Head, address, names of annexes, signature and record are the system's and stay ours.
    Raises BadInput: it is no Word file, not one of ours, or a table was given other columns.
    """
    word = opened(content)
    reader = _Reader(elements_of(word.element.body), _heading_levels(word), ours)
    blocks = reader.blocks("b", ours)
    if blocks is None:
        raise _refused("这个文件里找不到本系统导出时留下的记号，认不出哪些是正文。请重新下载Word，在下载的文件里修改后再传。")
    read = [reader.blocks(f"a{place}", annex) for place, annex in enumerate(ours.appended, start=1)]
    kept = tuple(annex.title for annex, found in zip(ours.appended, read, strict=True) if found is None)
    theirs = replace(
        ours, title=reader.title(), blocks=blocks,
        appended=tuple(replace(one, blocks=found) if found is not None else one for one, found in zip(ours.appended, read, strict=True)),
    )  # fmt: skip
    counted = {figure.key: figure for figure in figures_in(ours)}
    there = [figure for figure in figures_in(theirs) if figure.key in counted]
    changed = dict.fromkeys(
        Changed(one.key, counted[one.key].text, one.text) for one in there if one.text != storable(counted[one.key].text)
    )
    lost = tuple(figure for key, figure in counted.items() if key not in {one.key for one in there})
    return Returned(_rebound(theirs, counted), tuple(changed), lost, _typed(ours, theirs), kept)


def figures_in(document: Document) -> list[Figure]:
    """Every bound number of a paper and its annexes, as often as it stands there."""
    own = [piece for block in document.blocks for piece in _pieces(block) if isinstance(piece, Figure)]
    return own + [figure for annex in document.appended for figure in figures_in(annex)]


def _pieces(block: Block) -> list[Piece]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return list(block.pieces)
        case Table():
            return [block.caption, *block.heads, *(piece for row in block.rows for piece in row)]
        case Grid():
            return [piece for row in block.rows for box in row for piece in (box.label, *box.pieces)]
    return []


def _rebound(document: Document, counted: Mapping[str, Figure]) -> Document:
    """The paper with every bound number as it was counted."""
    def bound(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        return tuple(counted.get(piece.key, piece) if isinstance(piece, Figure) else piece for piece in pieces)

    def put(block: Block) -> Block:
        match block:
            case Paragraph():
                return replace(block, pieces=bound(block.pieces))
            case Table():
                return replace(block, rows=tuple(bound(row) for row in block.rows))
            case Grid():
                return Grid(tuple(tuple(replace(box, pieces=bound(box.pieces)) for box in row) for row in block.rows))
        return block

    blocks = tuple(put(block) for block in document.blocks)
    return replace(document, blocks=blocks, appended=tuple(_rebound(annex, counted) for annex in document.appended))


def _typed(ours: Document, theirs: Document) -> tuple[str, ...]:
    """The numbers among the words that were not among ours, in their order."""
    before = Counter(_numbers(ours))
    found = []
    for number in _numbers(theirs):
        if before[number] > 0:
            before[number] -= 1
        else:
            found.append(number)
    return tuple(found)


def _numbers(document: Document) -> list[str]:
    words = [document.title, *(piece for block in document.blocks for piece in _pieces(block) if isinstance(piece, str))]
    own = [number.rstrip(",，.．") for text in words for number in _NUMBER.findall(_CITED.sub("", text))]
    return own + [number for annex in document.appended for number in _numbers(annex)]


class _Reader:
    """Reads the parts of one Word file against the paper it was made from."""

    def __init__(self, elements: list[Any], levels: Mapping[str, int], ours: Document) -> None:
        self._elements, self._levels, self._ours = elements, levels, ours
        self._figures = {tag_of(storable(figure.key)): figure for figure in figures_in(ours)}
        self._at = {name: place for place, element in enumerate(elements) for name in names_of(element)}

    def title(self) -> str:
        """The title; lines we broke are joined again."""
        place = self._at.get("zt_title")
        if place is None:
            return self._ours.title
        text = text_of(pieces_of(self._elements[place], {})).strip()
        if not text or text == storable("\n".join(title_lines(self._ours.title))):
            return self._ours.title
        return text.replace("\n", "")

    def blocks(self, prefix: str, ours: Document) -> tuple[Block, ...] | None:
        """The text of the paper or an annex; None where it is not in the file."""
        marked = sorted(place for name, place in self._at.items() if name.startswith(f"zt_{prefix}_"))
        start = self._at.get(f"zt_from_{prefix}", marked[0] - 1 if marked else None)
        if start is None:
            return None
        found: list[Block] = []
        captions: dict[int, str] = {}
        for element in self._elements[start + 1 : self._end(prefix, ours)]:
            number, is_caption = _number_of(element, prefix)
            if is_caption:
                captions[number] = text_of(pieces_of(element, {})).strip()
                continue
            block = self._block(element, ours.blocks[number] if 0 <= number < len(ours.blocks) else None)
            if isinstance(block, Table) and block.caption:
                block = replace(block, caption=captions.get(number, ""))
            found += [block] if block is not None else []
        return tuple(found)

    def _end(self, prefix: str, ours: Document) -> int:
        """Behind which element the text ends; the empty line after it counts, because what stands in it now was typed."""
        line = self._at.get(f"zt_to_{prefix}")
        if line is not None:
            return line + bool(ours.attachments or ours.signed_by or ours.signed_on)
        return self._at.get(f"zt_until_{prefix}", len(self._elements))

    def _block(self, element: Any, was: Block | None) -> Block | None:
        """One part of the text; None where it says nothing and was nothing."""
        if element.tag == TABLE:
            return self._grid(element, was) if isinstance(was, Grid) else self._table(element, was)
        if isinstance(was, Code | Break):
            return was
        pieces = pieces_of(element, self._figures)
        if not text_of(pieces).strip() or (was is None and style_of(element) == FRAME and not self._is_typed_below(element)):
            return None
        level = was.level if isinstance(was, Heading) else self._levels.get(style_of(element)) if was is None else None
        if level is not None:
            return Heading(level, text_of(pieces))
        return Paragraph(pieces, was.is_flush if isinstance(was, Paragraph) else False)

    def _is_typed_below(self, element: Any) -> bool:
        return any(name.startswith("zt_to_") for name in names_of(element))

    def _table(self, element: Any, was: Block | None) -> Table:
        rows = rows_of(element, self._figures)
        columns = len(was.heads) if isinstance(was, Table) else len(rows[0]) if rows else 0
        if not rows or any(len(row) != columns for row in rows):
            raise _refused(_columns_differ(was.caption if isinstance(was, Table) else ""))
        heads, body = tuple(text_of(cell) for cell in rows[0]), tuple(tuple(_only(cell) for cell in row) for row in rows[1:])
        return replace(was, heads=heads, rows=body) if isinstance(was, Table) else Table(heads, body)

    def _grid(self, element: Any, was: Grid) -> Grid:
        rows = rows_of(element, self._figures)
        if [len(row) for row in rows] != [len(cells) for cells in laid_out(was, 1.0)]:
            raise _refused(_columns_differ(""))
        return Grid(tuple(_boxes(boxes, cells) for boxes, cells in zip(was.rows, rows, strict=True)))


def _heading_levels(word: WordDocument) -> dict[str, int]:
    """The level of each style of headings, ours and Word's own, by its id."""
    own = {heading_style(level): level for level in range(1, 5)}
    named = {style.style_id: _WORDS_OWN.fullmatch(style.name or "") for style in word.styles}
    return own | {key: int(found[1]) for key, found in named.items() if found}


def _boxes(boxes: tuple[Box, ...], cells: list[tuple[Piece, ...]]) -> tuple[Box, ...]:
    left = iter(cells)
    return tuple(replace(box, label=text_of(next(left)) if box.label else "", pieces=next(left)) for box in boxes)


def _number_of(element: Any, prefix: str) -> tuple[int, bool]:
    """Which of our blocks an element was, −1 for none, and whether it is a table's caption."""
    for name in names_of(element):
        found = _BLOCK.fullmatch(name)
        if found and name.startswith(f"zt_{prefix}_"):
            return int(found[1]), bool(found[2])
    return -1, False


def _only(pieces: tuple[Piece, ...]) -> Piece:
    """A cell as one piece: a bound number alone, or words; a number among words is no longer bound."""
    kept = [piece for piece in pieces if isinstance(piece, Figure) or piece.strip()]
    return kept[0] if len(kept) == 1 and isinstance(kept[0], Figure) else text_of(joined(list(pieces)))


def _columns_differ(caption: str) -> str:
    where = f"“{caption}”" if caption else "文中的表"
    return f"{where}的列数变了，读不回来。请恢复原来的列（可以增减行），或者重新下载Word再改。"


def _refused(sentence: str) -> BadInput:
    return BadInput(sentence, {_FIELD: sentence})
