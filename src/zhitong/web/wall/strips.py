"""Strips: one bar for each region in two columns, each bar of parts that add up to its length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from zhitong.web.shell.components import Tone
from zhitong.web.shell.lettering import Word, fitted, width_of

WIDTH, HEIGHT = 1240, 816
COLUMNS, BETWEEN = 2, 48
HIGHEST, THINNEST = 116, 58
"""How high a strip stands where there are few and where there are many."""
BAR, LETTER, SHAPE = 20, 30, 22
MOST = COLUMNS * (HEIGHT // THINNEST)


@dataclass(frozen=True)
class Given:
    """A region's strip: its parts as (shade, share of the whole bar), and what stands at the right, each with its light."""

    name: str
    parts: Sequence[tuple[str, float]]
    said: Sequence[tuple[Tone | None, str]]


@dataclass(frozen=True)
class Piece:
    """A piece of a bar."""

    shade: str
    x: float
    width: float


@dataclass(frozen=True)
class Shape:
    """The shape of a light."""

    tone: Tone
    x: float
    y: float


@dataclass(frozen=True)
class Strip:
    """A strip drawn: name and figures above, the bar beneath from `x`, `bar_y` on."""

    words: Sequence[Word]
    shapes: Sequence[Shape]
    pieces: Sequence[Piece]
    x: float
    bar_y: float


@dataclass(frozen=True)
class Strips:
    """All that `wall/strips.html` draws."""

    strips: Sequence[Strip]
    bar_width: float
    bar_height: int = BAR
    shape: int = SHAPE
    width: int = WIDTH
    height: int = HEIGHT


def strips_of(given: Sequence[Given]) -> Strips:
    """The strips down the first column, then down the second; of more than fit the first ones."""
    shown = given[:MOST]
    rows = max(1, ceil(len(shown) / COLUMNS))
    high = min(HIGHEST, HEIGHT / rows)
    wide = (WIDTH - BETWEEN * (COLUMNS - 1)) / COLUMNS
    drawn = [
        _strip(one, round((at // rows) * (wide + BETWEEN), 1), (at % rows) * high, wide, high)
        for at, one in enumerate(shown)
    ]
    return Strips(drawn, round(wide, 1))


def left_out(given: Sequence[Given]) -> str:
    """That there are more regions than fit; empty where all are shown."""
    return _("另有 %d 个地区见表格") % (len(given) - MOST) if len(given) > MOST else ""


def _strip(given: Given, x: float, y: float, wide: float, high: float) -> Strip:
    bar_y = round(y + min(high - BAR - 6, LETTER + 16), 1)
    foot = round(bar_y - 12, 1)
    words, shapes = [], []
    right = x + wide
    for tone, text in reversed(given.said):
        words.append(Word(round(right, 1), foot, text, LETTER, "end", "strong"))
        right -= width_of(text, LETTER) + 6
        if tone:
            shapes.append(Shape(tone, round(right - SHAPE, 1), round(foot - SHAPE, 1)))
            right -= SHAPE
        right -= 18
    words.append(fitted(x, foot, given.name, LETTER, right - x))
    return Strip(words, shapes, _pieces(given.parts, x, wide), x, bar_y)


def _pieces(parts: Sequence[tuple[str, float]], x: float, wide: float) -> list[Piece]:
    pieces, at = [], x
    for shade, share in parts:
        if share:
            pieces.append(Piece(shade, round(at, 1), round(share * wide, 1)))
        at += share * wide
    return pieces
