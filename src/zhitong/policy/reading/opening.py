"""Which kind of file it is, by what is in it and not by its name, and who reads it."""

from __future__ import annotations

from pathlib import Path

from zhitong.policy.reading.noise import noise_in
from zhitong.policy.reading.plain import decoded
from zhitong.policy.reading.refusals import EmptyText, NotReadable, TooLong
from zhitong.policy.reading.shapes import Reading

LONGEST = 200_000
"""Code points. A plan with all its attachments stays far below; a yearbook does not."""

LARGEST = 40_000_000
"""Bytes of a file."""


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
    return read_text(decoded(content), name)


def read_text(text: str, name: str = "") -> Reading:
    """Pasted text, or that of a plain file."""
    return measured(Reading(text, noise_in(text), name))


def measured(reading: Reading) -> Reading:
    """The reading, if it is neither empty nor a book."""
    if not reading.text.strip():
        raise EmptyText("没有读到文字。请粘贴方案正文，或选择有文字的文件。")
    if len(reading.text) > LONGEST:
        raise TooLong(f"全文 {len(reading.text):,} 字，超过 {LONGEST:,} 字的上限，不像一份方案。请只留下方案正文再试。")
    return reading
