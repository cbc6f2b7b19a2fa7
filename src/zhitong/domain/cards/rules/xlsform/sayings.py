"""The small language of XLSForm's relevant and constraint columns, as far as a template can say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_EQUALS = re.compile(r"""\$\{([^}]+)\}\s*=\s*(?:'([^']*)'|"([^"]*)")""")
_SELECTED = re.compile(r"""selected\(\s*\$\{([^}]+)\}\s*,\s*(?:'([^']*)'|"([^"]*)")\s*\)""")
_NUMBER = re.compile(r"\.\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
_FIELD = re.compile(r"\.\s*(<=|>=|<|>)\s*\$\{([^}]+)\}")
_LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
_AND = re.compile(r"\s+and\s+")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure held to a number, or to another field."""

    must: str
    number: Decimal | None
    field: str


@dataclass(frozen=True, slots=True)
class Length:
    """A text held to so many characters."""

    longest: int


def answered(relevant: str) -> tuple[str, str] | None:
    """The question and the answer of a simple condition; None for any other."""
    found = _EQUALS.fullmatch(relevant.strip()) or _SELECTED.fullmatch(relevant.strip())
    return (found[1].strip(), found[2] if found[2] is not None else found[3]) if found else None


def held(constraint: str) -> list[Bound | Length] | None:
    """What a constraint holds its answer to, all of it; None when any part of it is not simple."""
    parts = [_part(part.strip()) for part in _AND.split(constraint.strip())]
    understood = [part for part in parts if part is not None]
    return understood if len(understood) == len(parts) else None


def _part(text: str) -> Bound | Length | None:
    text = text.removeprefix("(").removesuffix(")") if text.startswith("(") and text.endswith(")") else text
    if number := _NUMBER.fullmatch(text):
        return Bound(number[1], Decimal(number[2]), "")
    if field := _FIELD.fullmatch(text):
        return Bound(field[1], None, field[2].strip())
    if length := _LENGTH.fullmatch(text):
        return Length(int(length[2]) - (length[1] == "<"))
    return None
