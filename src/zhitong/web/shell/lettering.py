"""Words on a drawing: how wide they run, and what is done with one that is too long for its place."""

from __future__ import annotations

from dataclasses import dataclass

NARROW = 0.56
"""A figure or a Latin letter against a Chinese character, in widths."""
NARROWEST = 0.72
"""No word is pressed further than this; what is longer still is cut."""


@dataclass(frozen=True)
class Word:
    """A word at a place of a drawing, in its units. `squeezed` is the width it is pressed to; None where it runs freely."""

    x: float
    y: float
    text: str
    size: int
    anchor: str = "start"
    tone: str = ""
    squeezed: float | None = None


def width_of(text: str, size: float) -> float:
    """How wide a word runs."""
    return size * sum(NARROW if letter.isascii() else 1 for letter in text)


def fitted(x: float, y: float, text: str, size: int, room: float, *, anchor: str = "start", tone: str = "") -> Word:
    """A word in a room of some width: as it is, pressed together, or pressed and cut with a sign."""
    if width_of(text, size) <= room:
        return Word(x, y, text, size, anchor, tone)
    most = room / NARROWEST
    while len(text) > 1 and width_of(text, size) > most:
        text = f"{text.removesuffix('…')[:-1]}…"
    return Word(x, y, text, size, anchor, tone, round(min(room, width_of(text, size)), 1))


def in_two_lines(text: str, length: int) -> tuple[str, str]:
    """A name broken after so many characters; the second line is empty where one is enough."""
    if len(text) <= length:
        return text, ""
    rest = text[length:]
    return text[:length], rest if len(rest) <= length else f"{rest[: length - 1]}…"
