"""Texts that people write: cleaned of what no database takes, measured, and stopped when marked as classified.

The system is not classified (非涉密): a text with a mark of classification is refused before anything is kept.
The words beside the marks that are no mark (计算机密码, 杜绝密闭空间, 商业秘密, 不涉密) are let through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from zhitong.kit.refusals import BadInput

_MARK = re.compile(
    r"(?<![拒杜隔断谢回])绝密"
    r"|(?<!商业)机密(?![码封钥度集闭炼排])"
    r"|(?<![不非未无否得交干])涉密(?![切集度])"
    r"|秘密(?=[★☆级])|内部秘密|(?<!不)(?:属于|属|涉及)国家秘密"
)
_IN_EVERY_MARK = "密"
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_SHOWN = 20
_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Unreadable(ValueError):
    """What was written cannot be taken; the message is a sentence for its writer."""


def clean_text(text: str) -> str:
    """The text with plain line ends, without blanks at its ends and without signs that are no writing."""
    if text.isprintable():  # most is: nothing to take out of it
        return text.strip()
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_kept(text: str) -> bool:
    """Whether a database keeps every sign of a text."""
    return _UNKEPT.search(text) is None


def storable(typed: Any) -> Any:
    """What is typed into a form, all of it, without the signs that no database keeps."""
    if isinstance(typed, str):
        return _UNKEPT.sub("", typed)
    if isinstance(typed, Mapping):
        return {storable(str(key)): storable(value) for key, value in typed.items()}
    if isinstance(typed, list | tuple):
        return [storable(value) for value in typed]
    return typed if isinstance(typed, bool | int) or typed is None else str(typed)


def classified_mark(text: str) -> str | None:
    """The mark of classification found in a text, blanks and widths of letters ignored; None when there is none."""
    plain = unicodedata.normalize("NFKC", text)
    if _IN_EVERY_MARK not in plain:
        return None
    found = _MARK.search(_BLANK.sub("", plain))
    return found.group() if found else None


def secrecy_trouble(text: str) -> str | None:
    """The sentence that stops a marked text, or None."""
    mark = classified_mark(text)
    if mark is None:
        return None
    return (
        f"本系统为非涉密系统，不得填写国家秘密。内容里有“{mark}”字样，没有保存；"
        "请删去涉密内容，涉密事项按保密规定通过专门渠道报送。"
    )


def length_trouble(text: str, limit: int) -> str | None:
    """The sentence for a text longer than `limit` characters, or None."""
    length = len(text)
    if length <= limit:
        return None
    return f"最多{limit}字，您写了{length}字，请删减{length - limit}字，或把详细材料作为附件。"


def text_trouble(text: str, limit: int) -> str | None:
    """What is wrong with a text as a sentence for its writer; None when it can be kept."""
    return secrecy_trouble(text) or length_trouble(clean_text(text), limit)


def echo(written: object) -> str:
    """What was written as a sentence repeats it: its first characters."""
    text = clean_text(str(written))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def written(field: str, text: str, limit: int, *, wanted: str = "") -> str:
    """A text as it is kept; `wanted` is the sentence for none where there must be one.

    Raises BadInput, at the field: it is missing, longer than `limit`, or marked as classified.
    """
    text = clean_text(text)
    trouble = text_trouble(text, limit) or ("" if text else wanted)
    if trouble:
        raise BadInput(trouble, {field: trouble})
    return text
