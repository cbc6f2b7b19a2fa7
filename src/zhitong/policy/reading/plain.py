"""Plain text, in whatever encoding offices save it: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import re
import unicodedata

from zhitong.policy.reading.refusals import NotReadable

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SENSIBLE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef\u2010-\u2044\u2460-\u24ff\s!-~·\xa0]")
ENOUGH = 0.85
"""What part of a text must be signs that papers are printed with."""


def decoded(content: bytes) -> str:
    """The text of a plain file, its mark of order left out.

    Raises NotReadable: no encoding makes words of it.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _tried(content, encoding) or _refused()
    for encoding in ("utf-8", "gb18030", *_wide(content)):
        text = _tried(content, encoding)
        if text is not None:
            return text
    return _refused()


def _wide(content: bytes) -> tuple[str, ...]:
    return ("utf-16-le", "utf-16-be") if len(content) % 2 == 0 else ()


def _tried(content: bytes, encoding: str) -> str | None:
    """The text in this encoding, or None where it does not read as one."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = text[:20_000]
    controls = sum(unicodedata.category(sign) in ("Cc", "Cn", "Co") and sign not in "\n\r\t\f\v" for sign in sample)
    if controls * 200 > len(sample) or len(SENSIBLE.findall(sample)) < ENOUGH * len(sample):
        return None
    return text


def _refused() -> str:
    raise NotReadable("这个文件不是能读懂的文字（可能已损坏，或不是文档）。请用原来的软件打开，另存为 Word 文档（.docx）或文本文件后再试。")
