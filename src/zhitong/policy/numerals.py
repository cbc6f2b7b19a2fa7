"""Numbers as papers print them: 一百二十三, 两, 〇, １２, 1,800, 3.5, 4万, 一亿二千万."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from math import prod

DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number_of(printed: str) -> Decimal | None:
    """The number that was printed, or None where it is none: 一千零五十 → 1050, 1.2万 → 12000, 二〇一八 → 2018."""
    plain = unicodedata.normalize("NFKC", printed).replace(" ", "")
    bare = plain.rstrip("".join(MYRIADS))
    if not ARABIC.fullmatch(bare):
        spoken = _spoken(plain)
        return None if spoken is None else Decimal(spoken)
    return prod((Decimal(MYRIADS[unit]) for unit in plain[len(bare):]), start=Decimal(bare.replace(",", "")))


def _spoken(words: str) -> int | None:
    """A number in characters; a row of bare digits is read one by one (二〇一八)."""
    if not words or words[0] in MYRIADS or any(mark not in DIGITS and mark not in TENS and mark not in MYRIADS for mark in words):
        return None
    if all(mark in DIGITS for mark in words):
        return int("".join(str(DIGITS[mark]) for mark in words))
    total = section = digit = 0
    for mark in words:
        if mark in DIGITS:
            digit = DIGITS[mark]
        elif mark in TENS:
            section += (digit or 1) * TENS[mark]
            digit = 0
        else:
            carried = total if mark == "亿" else 0
            total += (carried + section + digit) * MYRIADS[mark] - carried
            section = digit = 0
    return total + section + digit
