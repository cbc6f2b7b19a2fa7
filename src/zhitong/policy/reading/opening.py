"""Which kind of file it is, by what is in it and not by its name, and who reads it."""

from __future__ import annotations

from pathlib import Path

from zhitong.policy.reading.noise import noise_in
from zhitong.policy.reading.paged import text_of_pdf
from zhitong.policy.reading.plain import decoded
from zhitong.policy.reading.refusals import EmptyText, NotReadable, TooLong
from zhitong.policy.reading.shapes import Reading
from zhitong.policy.reading.web import is_web_page, text_of_web
from zhitong.policy.reading.word import SAVE_AS, text_of_word

LONGEST = 200_000
"""Code points. A plan with all its attachments stays far below; a yearbook does not."""

LARGEST = 40_000_000
"""Bytes of a file."""

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def read_file(path: str | Path) -> Reading:
    """The text of a file. Raises Unreadable, with the sentence to show, where there is none."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise TooLong(f"文件“{path.name}”超过 {LARGEST // 1_000_000} MB，太大了。请只留下方案正文再试。")
        content = path.read_bytes()
    except OSError as error:
        raise NotReadable(f"打不开文件“{path}”：{error.strerror}。请核对路径后再试。") from None
    return read_bytes(content, path.name)


def read_bytes(content: bytes, name: str) -> Reading:
    """The text of a file's content; `name` is for the reader's eyes, the kind is told by the content itself."""
    if not content.strip():
        raise EmptyText(f"文件“{name}”是空的，没有可读的内容。请选择方案正文的文件。")
    if len(content) > LARGEST:
        raise TooLong(f"文件“{name}”超过 {LARGEST // 1_000_000} MB，太大了。请只留下方案正文再试。")
    if content.startswith(b"PK"):
        text = text_of_word(content, name)
        return _measured(Reading(text, noise_in(text), name, "docx"))
    if b"%PDF-" in content[:1024]:
        text = text_of_pdf(content, name)
        return _measured(Reading(text, noise_in(text), name, "pdf"))
    _must_not_be_other(content, name)
    if is_web_page(content):
        return _measured(Reading(*text_of_web(content), name, "html"))
    return read_text(decoded(content), name)


def read_text(text: str, name: str = "") -> Reading:
    """Pasted text, or that of a plain file."""
    return _measured(Reading(text, noise_in(text), name))


def _must_not_be_other(content: bytes, name: str) -> None:
    """Raises NotReadable for the kinds of file that are met and cannot be read, saying which it is."""
    if content.startswith(COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise NotReadable(f"文件“{name}”有密码，打不开。请用 Word 打开，去掉密码后再试。")
        raise NotReadable(f"文件“{name}”是旧版 Office 文档（.doc、.xls 或 .wps），读不了。{SAVE_AS}")
    if content.startswith(b"{\\rtf") or content[:2000].find(b"MIME-Version:") >= 0:
        raise NotReadable(f"文件“{name}”是 RTF 或网页存档格式，读不了。{SAVE_AS}")
    if content.startswith(PICTURES):
        raise NotReadable(f"文件“{name}”是图片，没有可读的文字。请换用电子版正文，或先做文字识别（OCR）、校对后再试。")


def _measured(reading: Reading) -> Reading:
    """The reading, if it is neither empty nor a book."""
    if not reading.text.strip():
        raise EmptyText("没有读到文字。请粘贴方案正文，或选择有文字的文件。")
    if len(reading.text) > LONGEST:
        raise TooLong(f"全文 {len(reading.text):,} 字，超过 {LONGEST:,} 字的上限，不像一份方案。请只留下方案正文再试。")
    return reading
