"""Opening a form from elsewhere: bounded before it is unpacked, without macros, links outside or formulas that reach out. Pure."""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.form.grid import formula_of
from zhitong.kit.sheets.archive import DAMAGED, Archive
from zhitong.kit.sheets.limits import MEBIBYTE, UnreadableTable

MOST_BYTES = 5 * MEBIBYTE
MOST_UNPACKED = 60 * MEBIBYTE
MOST_CELLS = 200_000
MOST_MERGED = 50_000
"""Cells that joined cells may cover: every one of them is kept in memory."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_EXCEL = "这个文件不是Excel表格。请选择上级发来的.xlsx空表；如果是别的格式，用Excel或WPS打开后另存为.xlsx再传。"
_OLD = "这是旧格式的Excel（.xls），照原样填写做不到。请用Excel或WPS打开，另存为.xlsx再传，版式不会变。"
_LOCKED = "这个文件设了密码，打不开。请去掉密码后再传。"
_BROKEN = "这个表打不开，文件不完整或者已经损坏。请用Excel或WPS打开检查，另存为.xlsx后再传。"
_LARGE = "这个表太大，不像一张空表。请用Excel或WPS打开，只留要填的工作表，删去多余的行列，另存后再传。"
_REACHES_OUT = re.compile(r"\[\d+\]|\||\b(WEBSERVICE|HYPERLINK|CALL|REGISTER(\.ID)?|RTD|DDE|EXEC|IMAGE)\s*\(", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[\s>/]")


def open_form(content: bytes) -> tuple[Workbook, list[str]]:
    """The workbook, and what of it was left behind, in sentences.

    Raises UnreadableTable: it is no .xlsx, too large, damaged, locked, or means harm; the sentence says which.
    """
    _must_be_workbook(content)
    archive = Archive(content)
    said = _refuse_bombs(content) + (["表里带有宏，没有运行，填好的表里也不带宏。"] if archive.has_macros else [])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep is said by ourselves
            book = load_workbook(BytesIO(content), keep_vba=False, keep_links=False, rich_text=True)
    except Exception as broken:  # a parser given hostile markup may raise anything; each of them is the sender's file
        raise UnreadableTable(_BROKEN) from broken
    if not any(isinstance(sheet, Worksheet) and sheet.sheet_state == "visible" for sheet in book.worksheets):
        raise UnreadableTable("这个文件里没有可见的工作表。请取消隐藏后再传。")
    return book, said + _cut_off(book)


def _must_be_workbook(content: bytes) -> None:
    if not content.strip():
        raise UnreadableTable("文件是空的。请打开看看有没有内容，再选一次。")
    if len(content) > MOST_BYTES:
        size, most = len(content) / MEBIBYTE, MOST_BYTES // MEBIBYTE
        raise UnreadableTable(f"文件有{size:.1f}MB，超过{most}MB，不像一张空表。请只留要填的工作表后再传。")
    if content.startswith(_COMPOUND):
        raise UnreadableTable(_LOCKED if "EncryptedPackage".encode("utf-16-le") in content else _OLD)
    if not content.startswith(b"PK"):
        raise UnreadableTable(_NO_EXCEL)


def _refuse_bombs(content: bytes) -> list[str]:
    """Raises UnreadableTable: more cells than a form has, or markup that declares its own signs. Says what will be lost."""
    said: list[str] = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise UnreadableTable(_LARGE)
        try:
            for name in archive.namelist():
                if not name.endswith((".xml", ".rels", ".vml")):
                    continue
                part = archive.read(name)
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                    raise UnreadableTable(_BROKEN)
                if name.startswith("xl/worksheets/"):
                    _must_be_few(part)
                if name.startswith("xl/drawings/") and re.search(rb"<xdr:(sp|cxnSp)\b", part):
                    said.append("表里有文本框或线条等图形，填好的表里不带，请核对版式。")
        except DAMAGED as broken:
            raise UnreadableTable(_BROKEN) from broken
    return said


def _must_be_few(part: bytes) -> None:
    if sum(1 for _found in _CELL.finditer(part)) > MOST_CELLS:
        raise UnreadableTable(_LARGE)
    merged = re.findall(rb"mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']", part)
    covered = sum((_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1) for left, top, right, bottom in merged)
    if covered > MOST_MERGED:
        raise UnreadableTable(_LARGE)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cut_off(book: Workbook) -> list[str]:
    """Take away what would reach out of the workbook, and say how much."""
    found = 0
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            if _REACHES_OUT.search(formula_of(cell)):
                cell.value = None
                found += 1
        for name, defined in list(sheet.defined_names.items()):
            if _REACHES_OUT.search(defined.attr_text or ""):
                del sheet.defined_names[name]
    for name, defined in list(book.defined_names.items()):
        if _REACHES_OUT.search(defined.attr_text or ""):
            del book.defined_names[name]
    return [f"有{found}个格的公式引用了别的文件或网址，已去掉公式，请补填。"] if found else []
