"""A condition cut into its signs: words, values, brackets. What fits no sign is refused where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from zhitong.api.odata.grammar.refusing import Unreadable, quoted
from zhitong.kit.texts import is_kept

FILTER = "$filter"
LONGEST = 4_000
"""Signs in one condition."""


class Sign(Enum):
    """What a piece of a condition is."""

    TEXT = r"'(?:[^']|'')*'"
    MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|z|[+\- ]\d\d:\d\d)?"
    GUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    DAY = r"\d{4}-\d\d-\d\d"
    FIGURE = r"-?\d{1,20}(?:\.\d{1,12})?(?![\w.])"
    WORD = r"[A-Za-z_][A-Za-z0-9_]{0,59}"
    OPEN = r"\("
    CLOSE = r"\)"
    COMMA = r","


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a condition: what it is and what stands there."""

    sign: Sign
    text: str


_BLANKS = re.compile(r"[ \t\r\n\u3000]+")
_SIGNS = re.compile("|".join(f"(?P<{sign.name}>{sign.value})" for sign in Sign))


def tokens_of(text: str) -> list[Token]:
    """The signs of a condition, in order.

    Raises Unreadable: it is longer than LONGEST, has signs nobody keeps, or something in it is no sign.
    """
    if len(text) > LONGEST:
        raise Unreadable(FILTER, f"$filter 最多{LONGEST}个字符，这里有{len(text)}个。请分几次取。")
    if not is_kept(text):
        raise Unreadable(FILTER, "$filter 里有不能使用的控制字符，请删去。")
    found, at = list[Token](), 0
    while at < len(text):
        if blanks := _BLANKS.match(text, at):
            at = blanks.end()
            continue
        piece = _SIGNS.match(text, at)
        if piece is None or piece.lastgroup is None:
            raise Unreadable(FILTER, f"$filter 从{quoted(text[at:])}起读不懂。文字要加英文单引号，文字里的单引号写两个。")
        found.append(Token(Sign[piece.lastgroup], piece.group()))
        at = piece.end()
    return found
