"""Word and Excel papers as the archives they are: which of the two, and nothing in them that runs or bursts. Pure."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from zhitong.domain.files.rules.kinds import MEBIBYTE, FileFormat, Unfit, damaged, read_as
from zhitong.domain.files.rules.names import unknown_kind

MOST_ENTRIES = 3000
MOST_UNPACKED = 256 * MEBIBYTE
MOST_RATIO = 200
"""A sheet of empty rows packs a hundredfold; a bomb a thousandfold."""

_TYPES = "[Content_Types].xml"
_MAIN = {b"wordprocessingml.document.main+xml": FileFormat.DOCX, b"spreadsheetml.sheet.main+xml": FileFormat.XLSX}
_RUNS = re.compile(
    r"vbaproject|(^|/)activex/|(^|/)embeddings/[^/]*\.bin$|(^|/)macrosheets/|\.(bin\.exe|exe|dll|js|vbs|bat|ps1|scr|lnk|hta)$",
    re.IGNORECASE,
)
_FETCHED = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HARMLESS = re.compile(rb"relationships/hyperlink[\"']", re.IGNORECASE)
_OTHER_SHEET = re.compile(rb"relationships/externalLinkPath[\"']", re.IGNORECASE)
_FAR = re.compile(rb"Target\s*=\s*[\"'](?:(?:https?|ftp):|file:|[\\/]{2})", re.IGNORECASE)
_ASKS_PROGRAM = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink)\b|<(?:\w+:)?instrText[^>]*>\s*\"?\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_READ_FOR_LINKS = re.compile(r"\.rels$|^word/[^/]+\.xml$|^xl/externalLinks/[^/]+\.xml$", re.IGNORECASE)
_ENCRYPTED = 0x1


def paper_in(content: bytes) -> FileFormat:
    """Which paper an archive is.

    Raises Unfit: it is another archive, is locked, holds macros, objects or programs, fetches something from elsewhere when
    it is opened, or unpacks to more than a paper is.
    """
    with read_as(FileFormat.DOCX), zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        _must_be_bounded(entries, len(content))
        format = _format(archive)
        if archive.testzip() is not None:
            raise damaged(format)
        _must_fetch_nothing(archive)
    if any(_RUNS.search(entry.filename) for entry in entries):
        raise Unfit("里面有宏或者程序", "请另存为不含宏的.docx或.xlsx，或者导出为PDF后再传")
    return format


def _must_fetch_nothing(archive: zipfile.ZipFile) -> None:
    """A link that a reader clicks is his own doing; a template, picture or object from elsewhere is not. Sheets may
    remember another sheet on the same disk, which offices do every month."""
    for entry in archive.infolist():
        if not _READ_FOR_LINKS.search(entry.filename):
            continue
        with archive.open(entry) as part:
            said = part.read(entry.file_size)
        fetched = [one for one in _FETCHED.findall(said) if not _HARMLESS.search(one)]
        if _ASKS_PROGRAM.search(said) or any(_FAR.search(one) or not _OTHER_SHEET.search(one) for one in fetched):
            raise Unfit("打开时会从别处取内容或者运行程序", "请把外部链接和对象改成普通内容，或者导出为PDF后再传")


def is_archive_too(content: bytes) -> bool:
    """Whether bytes of another format could be opened as an archive as well."""
    try:
        with read_as(FileFormat.DOCX), zipfile.ZipFile(BytesIO(content)) as archive:
            return bool(archive.infolist())
    except Unfit:
        return False


def _must_be_bounded(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unfit("设了密码，承办单位打不开", "请去掉密码后再传")
    if (
        len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(size, 1)
        or packed > size  # entries that lie over one another
    ):
        raise Unfit("展开后过大，可能损坏或有害", "请用Word或WPS打开后另存一份，或者导出为PDF后再传")


def _format(archive: zipfile.ZipFile) -> FileFormat:
    try:
        with archive.open(_TYPES) as types:
            said = types.read(MEBIBYTE)
    except KeyError:
        raise Unfit("是压缩包", "请解压后把里面的文件分别上传") from None
    if b"macroenabled" in said.lower():
        raise Unfit("里面有宏或者程序", "请另存为不含宏的.docx或.xlsx，或者导出为PDF后再传")
    found = next((format for mark, format in _MAIN.items() if mark in said), None)
    if found is None:
        raise unknown_kind()
    return found
