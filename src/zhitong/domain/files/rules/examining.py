"""Looking at what was sent: what its bytes are, whether it may be kept, and what is kept of it. Pure.

The name is never believed: it may only agree.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.domain.files.rules.archives import is_archive_too, paper_in
from zhitong.domain.files.rules.kinds import MEBIBYTE, MOST_BYTES, SERVED_AS, FileFormat, FileKind, Unfit, damaged
from zhitong.domain.files.rules.names import name_for, unknown_kind
from zhitong.domain.files.rules.photos import drawn_anew
from zhitong.domain.files.rules.places import Place
from zhitong.domain.files.rules.voices import length_of

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE = b"PK\x03\x04"
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
_STARTS: tuple[tuple[bytes, FileFormat], ...] = (
    (b"\xff\xd8\xff", FileFormat.JPEG), (b"\x89PNG\r\n\x1a\n", FileFormat.PNG), (b"ID3", FileFormat.MP3),
    (b"#!AMR\n", FileFormat.AMR), (b"#!AMR-WB\n", FileFormat.AMR), (b"OggS", FileFormat.OGG), (b"%PDF-", FileFormat.PDF),
)
_RIFF = {b"WEBP": FileFormat.WEBP, b"WAVE": FileFormat.WAV}
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|\?php|\?xml)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RUNS_IN_PDF = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|GoToE|ImportData)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_MOST_UNPACKED = 32 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Examined:
    """What is kept: a name that fits, the bytes, a small picture of a photo, the length of a recording and the place of a photo if told."""

    name: str
    format: FileFormat
    content: bytes
    small: bytes | None = None
    seconds: int | None = None
    place: Place | None = None


def size_trouble(size: int) -> Unfit | None:
    """Why a file of this size is not taken; None when it is."""
    if not size:
        return Unfit("是空的", "请打开看看有没有内容，再选一次")
    if size > MOST_BYTES:
        most = MOST_BYTES // MEBIBYTE
        return Unfit(
            f"有{size / MEBIBYTE:.1f}MB，超过{most}MB", f"请压缩或者拆成几份，每份不超过{most}MB；录音请截取要紧的一段"
        )
    return None


def examine(name: str, content: bytes) -> Examined:
    """What is kept of a file sent under a clean name.

    Raises Unfit: empty, too big, of no kind that is taken, other than its name says, damaged, locked, too long, or
    with something in it that runs.
    """
    trouble = size_trouble(len(content))
    if trouble:
        raise trouble
    format = format_of(content)
    name = name_for(name, format)
    kind = SERVED_AS[format].kind
    if kind is FileKind.PHOTO:
        photo = drawn_anew(content, format)
        return Examined(name, format, photo.content, photo.small, place=photo.place)
    if kind is FileKind.VOICE:
        _must_be_one_thing(content)
        length = length_of(content, format)
        return Examined(name, format, content, seconds=round(length.total_seconds()) if length else None)
    if format is FileFormat.PDF:
        _must_be_one_thing(content)
        _must_be_quiet_pdf(content)
    return Examined(name, format, content)


def format_of(content: bytes) -> FileFormat:
    """What the bytes are.

    Raises Unfit: nothing that is taken; where people can mend it, the sentence says how.
    """
    started = next((format for start, format in _STARTS if content.startswith(start)), None)
    if started is not None:
        return started
    if content.startswith(b"RIFF") and content[8:12] in _RIFF:
        return _RIFF[content[8:12]]
    if content[4:8] == b"ftyp":
        return _in_mpeg4(content)
    if content.startswith(_ARCHIVE):
        return paper_in(content)
    if content.startswith(_OLD_OFFICE):
        raise Unfit("是旧格式或者设了密码的文档", "请用WPS或Word去掉密码，另存为.docx或.xlsx，或者导出为PDF后再传")
    return _frames_in(content) or _text_in(content)


def _in_mpeg4(content: bytes) -> FileFormat:
    if content[8:12] in _HEIC_BRANDS:
        raise Unfit("是HEIC照片，很多电脑打不开", "请在手机设置的相机格式里选“兼容性最佳”后重拍，或者截图后再传")
    if re.search(rb"hdlr.{8}vide", content, re.DOTALL):
        raise Unfit("是视频", "请截成照片，或者只传录音")
    if b"moov" not in content:
        raise damaged(FileFormat.M4A)
    return FileFormat.M4A


def _frames_in(content: bytes) -> FileFormat | None:
    """Bare frames of sound: sync bits, then the layer."""
    if content[0] != 0xFF or len(content) < 2:
        return None
    if content[1] & 0xF6 == 0xF0:
        return FileFormat.AAC
    return FileFormat.MP3 if content[1] & 0xE6 == 0xE2 else None


def _text_in(content: bytes) -> FileFormat:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030")
    text = next((text for encoding in encodings if (text := _decoded(content, encoding)) is not None), None)
    if text is None or _CONTROLS.search(text):
        raise unknown_kind()
    if _MARKUP.search(text.encode()[:MEBIBYTE]):
        raise Unfit("是网页或者程序代码", "请把内容复制到Word里，或者截图后再传")
    _must_be_one_thing(content)
    return FileFormat.TEXT


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _must_be_one_thing(content: bytes) -> None:
    """No second file hidden behind, no page in the first lines."""
    if is_archive_too(content) or _MARKUP.search(content[:1024]):
        raise Unfit("里面藏着另一个文件", "请重新导出一份干净的文件再传")


def _must_be_quiet_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise damaged(FileFormat.PDF)
    if any(_RUNS_IN_PDF.search(_ESCAPED.sub(_unescaped, part)) for part in (content, *_unpacked(content))):
        raise Unfit("里面有脚本或者夹带的文件", "请用“打印为PDF”重新导出一份再传")


def _unescaped(found: re.Match[bytes]) -> bytes:
    """A name may be written `/J#61vaScript`."""
    return bytes([int(found[1], 16)])


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects that a PDF keeps packed, as far as they unpack. Raises Unfit: to more than a paper is."""
    room = _MOST_UNPACKED
    for found in _PACKED_OBJECTS.finditer(content):
        unpacking = zlib.decompressobj()
        try:
            part = unpacking.decompress(content[found.end() :], room)
        except zlib.error:
            continue  # packed otherwise, or not at all: then it was read as it stands
        room -= len(part)
        if room <= 0 or unpacking.unconsumed_tail:
            raise Unfit("展开后过大，可能损坏或有害", "请用“打印为PDF”重新导出一份再传")
        yield part
