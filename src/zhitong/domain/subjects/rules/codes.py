"""The unified social credit code (GB 32100-2015): written right, and whether its check digit holds. Pure.

Real firms carry codes whose check digit fails (issued before 2016), so a doubt is a question, never a refusal.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def written_right(text: str) -> str:
    """The code in half-width capitals without spaces or dashes; writing it right again changes nothing."""
    while (tidy := _tidied(text)) != text:
        text = tidy  # a mark that stood apart by a space joins its letter only once the space is gone
    return text


def _tidied(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in narrow if not character.isspace() and character not in "-_")


def check_character(first: str) -> str:
    """The eighteenth character that belongs to the first seventeen.

    Raises ValueError: a character is not in the alphabet of the standard.
    """
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def doubt_about(code: str) -> str:
    """What is odd about a code, as a question with the next step; empty when nothing is."""
    if len(code) != LENGTH:
        return f"统一社会信用代码应为18位，现在是{len(code)}位。请核对营业执照；确实如此的，请写明原因后继续。"
    strange = [character for character in code if character not in ALPHABET]
    if strange:
        return f"统一社会信用代码里不会出现“{'、'.join(dict.fromkeys(strange))}”。请核对营业执照；确实如此的，请写明原因后继续。"
    if check_character(code[:-1]) != code[-1]:
        return "统一社会信用代码的校验位不对，可能有一位写错。请核对营业执照；确实如此的，请写明原因后继续。"
    return ""
