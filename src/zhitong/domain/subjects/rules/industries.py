"""The industries of GB/T 4754-2017: 20 sections (门类) and 97 divisions (大类), by code and by name. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("industries.tsv")


@dataclass(frozen=True, slots=True)
class Industry:
    """A division of the standard: two digits, its name, and the section it belongs to."""

    code: str
    name: str
    section: str
    section_name: str

    @property
    def full_code(self) -> str:
        """The code with the letter of its section: C31."""
        return f"{self.section}{self.code}"


@cache
def industries() -> tuple[Industry, ...]:
    """Every division in the order of the standard."""
    found: list[Industry] = []
    section = name = ""
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        code, called = line.split("\t")
        if code.isalpha():
            section, name = code, called
        else:
            found.append(Industry(code, called, section, name))
    return tuple(found)


@cache
def _by_word() -> dict[str, Industry]:
    words = {one.name: one for one in industries()}
    return words | {code: one for one in industries() for code in (one.code, one.full_code)}


def industry_called(text: str) -> Industry | None:
    """The division that a code (31, C31, or a longer code within it) or a name means; None when there is none."""
    plain = unicodedata.normalize("NFKC", text).strip().upper().replace(",", "、")
    known = _by_word()
    if plain in known:
        return known[plain]
    digits = plain[1:] if plain[:1].isalpha() and plain[:1].isascii() else plain
    if digits.isdigit() and len(digits) in (3, 4) and digits[:2] in known:
        division = known[digits[:2]]
        return division if plain[:1] in (division.section, digits[0]) else None
    return None
