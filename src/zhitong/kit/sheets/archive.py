"""The archive that an .xlsx is: bounded before anything of it is unpacked, its parts found, its markup never trusted."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from zhitong.kit.sheets.limits import MEBIBYTE, SheetName, UnreadableTable

DAMAGED = (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError)
"""What reading a part of a damaged, locked or forged archive may raise."""

MOST_ENTRIES = 3000
MOST_UNPACKED = 300 * MEBIBYTE
MOST_RATIO = 300
"""Rows of figures pack tenfold, a million empty rows a hundredfold; a bomb a thousandfold."""
MOST_MARKUP = 64 * MEBIBYTE
"""Of a part that is kept in memory whole: the texts, the styles."""
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_BURSTS = "这个文件展开后过大，可能已经损坏或者有害，没有打开。请用Excel或WPS打开原表，只留需要的内容，另存一份再传。"
_BROKEN = "这个表格打不开，文件不完整或者已经损坏。请用Excel或WPS打开检查，另存为.xlsx后再传。"

Start = Callable[[str, dict[str, str]], Any]
End = Callable[[str], Any]
Text = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet of the archive and the part that holds it."""

    sheet: SheetName
    part: str


class Archive:
    """An .xlsx whose size is known to be bearable. Raises UnreadableTable: it is not, or it is none."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as broken:
            raise UnreadableTable(_BROKEN) from broken
        self._names = {entry.filename: entry for entry in self._zip.infolist()}
        self._must_be_bounded(len(content))
        if "xl/workbook.xml" not in self._names:
            raise UnreadableTable(self._what_else())

    @property
    def has_macros(self) -> bool:
        """Whether programs travel with the table; they are neither run nor kept."""
        return any(re.search(r"vbaproject|(^|/)(activex|macrosheets)/", name, re.IGNORECASE) for name in self._names)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._names

    def chunks(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, 64 KiB at a time."""
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except DAMAGED as broken:
            raise UnreadableTable(_BROKEN) from broken

    def parse(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> Iterator[None]:
        """Feed a part to the handlers chunk by chunk; tags come without their namespace's prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
        if end is not None:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as broken:
            raise UnreadableTable(_BROKEN) from broken
        yield

    def parse_whole(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Feed a whole part. Raises UnreadableTable: it is larger than such a part is."""
        if self._names[part].file_size > MOST_MARKUP:
            raise UnreadableTable(_BURSTS)
        for _step in self.parse(part, start, end, text):
            pass

    def places(self) -> tuple[list[Place], bool]:
        """The sheets in their order, and whether days are counted from 1904."""
        listed: list[tuple[str, str, str]] = []
        from_1904: list[bool] = []

        def book(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
                listed.append((attributes.get("name", ""), attributes.get("state", ""), key))
            elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                from_1904.append(True)

        self.parse_whole("xl/workbook.xml", book)
        targets = self._targets("xl/_rels/workbook.xml.rels")
        found = [
            Place(SheetName(name, state in ("hidden", "veryHidden")), targets[key])
            for name, state, key in listed if targets.get(key) in self._names and "worksheets" in targets[key]
        ]
        return found, bool(from_1904)

    def _targets(self, part: str) -> dict[str, str]:
        found: dict[str, str] = {}

        def relation(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                found[attributes.get("Id", "")] = path

        if self.has(part):
            self.parse_whole(part, relation)
        return found

    def _must_be_bounded(self, size: int) -> None:
        entries = list(self._names.values())
        unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
        if any(one.flag_bits & _ENCRYPTED for one in entries):
            raise UnreadableTable("这个文件设了密码，读不出内容。请去掉密码后再传。")
        if (
            len(self._zip.infolist()) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(size, 1)
            or packed > size  # entries that lie over one another
        ):
            raise UnreadableTable(_BURSTS)

    def _what_else(self) -> str:
        if "word/document.xml" in self._names:
            return "这是Word文档，不是表格。请把内容放进Excel，另存为.xlsx后再传。"
        if "content.xml" in self._names and "mimetype" in self._names:
            return "这是.ods表格。请用WPS或LibreOffice打开，另存为.xlsx后再传。"
        if any(name.startswith("xl/") for name in self._names):
            return "这是二进制格式的Excel（.xlsb）。请打开后另存为.xlsx再传。"
        return "这是压缩包，不是表格。请解压后上传里面的表格。"


def _no_doctype(*_declared: Any) -> None:
    raise UnreadableTable(_BROKEN)
