"""A chart of tiles, one for each region, as they lie to one another: a map that draws no border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from uuid import UUID

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.web.shell.components import Light
from zhitong.web.shell.lettering import Word, fitted, width_of

GAP = 8
WIDEST, HIGHEST = 330, 190
"""The largest tile, where regions are few."""
PAD = 14
NAME, NUMBER, NOTE = 30, 44, 28
"""The sizes of the letters."""
SHAPE = 22
DEPTHS = 4
"""So many shades above that of nought."""


@dataclass(frozen=True)
class Face:
    """What a tile says. `depth` is its shade from 0 to `DEPTHS`; `note` stands beside the name."""

    name: str
    number: str
    note: str
    light: Light
    depth: int
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """A tile at its place, with every word of it; the shape of the light stands at (`shape_x`, `shape_y`)."""

    x: float
    y: float
    face: Face
    words: Sequence[Word]
    shape_x: float
    shape_y: float


@dataclass(frozen=True)
class TileChart:
    """All that `shell/parts/tiles.html` draws, in its own units; the title is the sentence of the finding."""

    title: str
    tiles: Sequence[Tile]
    width: int
    height: int
    tile_width: float
    tile_height: float
    shape: int = SHAPE


def places_of(regions: Sequence[RegionEntry]) -> dict[UUID, tuple[int, int]]:
    """The column and row of each region, from 1: where data places it, the others row by row in their order beneath."""
    placed = {one.id: one.tile for one in regions if one.tile is not None}
    columns = max((column for column, _row in placed.values()), default=max(1, ceil(sqrt(len(regions)))))
    lowest = max((row for _column, row in placed.values()), default=0)
    loose = [one.id for one in regions if one.tile is None]
    return {**placed, **{one: (at % columns + 1, lowest + at // columns + 1) for at, one in enumerate(loose)}}


def depth_of(number: int, most: int) -> int:
    """The shade of a number beside the largest one, by its root, so that one giant leaves the others apart; nought has none."""
    return min(DEPTHS, ceil(DEPTHS * sqrt(number / most))) if number and most else 0


def chart_of(
    title: str, regions: Sequence[RegionEntry], faces: Mapping[UUID, Face], *, width: int, height: int
) -> TileChart:
    """The regions that have a face, drawn into a box; regions without one leave their place empty."""
    places = places_of(regions)
    columns = max((column for column, _row in places.values()), default=1)
    rows = max((row for _column, row in places.values()), default=1)
    wide = round(min(WIDEST, (width - GAP * (columns - 1)) / columns), 1)
    high = round(min(HIGHEST, (height - GAP * (rows - 1)) / rows), 1)
    left = (width - columns * (wide + GAP) + GAP) / 2
    tiles = [
        _tile(left + (places[one.id][0] - 1) * (wide + GAP), (places[one.id][1] - 1) * (high + GAP), wide, high, faces[one.id])
        for one in regions if one.id in faces
    ]
    return TileChart(title, tiles, width, height, wide, high)


def _tile(x: float, y: float, wide: float, high: float, face: Face) -> Tile:
    """The name and its note above, the number in the middle, the light at the foot."""
    left, right, foot = x + PAD, x + wide - PAD, y + high - PAD
    room = wide - 2 * PAD
    beside = width_of(face.note, NOTE) + PAD if face.note else 0
    top = y + PAD + NAME * 0.8
    words = [
        fitted(round(left, 1), round(top, 1), face.name, NAME, room - beside),
        fitted(round(right, 1), round(top, 1), face.note, NOTE, room, anchor="end"),
        fitted(round(left, 1), round((top + foot - NOTE + NUMBER) / 2 - 2, 1), face.number, NUMBER, room, tone="strong"),
        fitted(round(left + SHAPE + 8, 1), round(foot, 1), str(face.light.word), NOTE, room - SHAPE - 8),
    ]
    shape_y = round(foot - SHAPE + 1, 1)
    return Tile(round(x, 1), round(y, 1), face, [word for word in words if word.text], round(left, 1), shape_y)
