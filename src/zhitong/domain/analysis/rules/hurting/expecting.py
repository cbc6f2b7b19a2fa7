"""Hot spots: how many problems of an industry, in a region, of a category came, against how many were to be expected. Pure.

Two expectations, and the larger one counts. By firms: the industry's problems of the category in the whole territory, times
the region's share of the industry's firms. By mix: the industry's problems in the region, times the category's share of all
problems of the same kinds of subject. How far a count lies beyond is told by the Freeman–Tukey deviate, which bears small numbers:

    z = √came + √(came + 1) − √(4 × expected + 1)

From Z_HOT on a cell is hot, if at least LEAST_CAME problems of LEAST_FIRMS firms came: below that a single firm that writes
twice would look like a trouble of its trade. Source: REQUIREMENTS R-H3; M. F. Freeman, J. W. Tukey, Ann. Math. Stat. 21 (1950).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from zhitong.kit.choices import Word

Z_HOT = 2.0
LEAST_CAME, LEAST_FIRMS = 4, 3
SHOWN = 20


class Basis(Word):
    """What an expectation rests on."""

    FIRMS = "firms", "同行业每户平均"
    MIX = "mix", "各行业类别构成"


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of an industry, in a region, of a category of a kind of subject: problems, firms, and how many came in the
    same time before."""

    region_id: UUID
    industry: str
    kind: str
    category: str
    came: int
    firms: int
    last: int = 0

    @property
    def problem_kind(self) -> tuple[str, str]:
        """The category with the kind of subject it belongs to."""
        return self.kind, self.category


@dataclass(frozen=True, slots=True)
class HotSpot:
    """A cell with its expectation; `registered` firms of the industry are in the region."""

    cell: Cell
    expected: float
    basis: Basis
    z: float
    registered: int


def deviate(came: int, expected: float) -> float:
    """How far a count lies beyond its expectation, in standard deviations of a Poisson count."""
    return sqrt(came) + sqrt(came + 1) - sqrt(4 * expected + 1)


def hot_spots(cells: Iterable[Cell], firms: Mapping[tuple[UUID, str], int], *, shown: int = SHOWN) -> list[HotSpot]:
    """The hot cells, the farthest beyond expectation first. `firms` are the registered ones by region and industry.

    A cell that stands alone in the territory has nothing to be held against and is never hot.
    """
    every = list(cells)
    expect = _Margins(every, firms)
    spots = (_spot(cell, expect) for cell in every if cell.came >= LEAST_CAME and cell.firms >= LEAST_FIRMS)
    hot = [spot for spot in spots if spot.z >= Z_HOT]
    return sorted(hot, key=lambda one: (-one.z, -one.cell.came, one.cell.industry, one.cell.category, str(one.cell.region_id)))[:shown]


class _Margins:
    """The sums that expectations are made of."""

    def __init__(self, cells: Iterable[Cell], firms: Mapping[tuple[UUID, str], int]) -> None:
        self.firms = firms
        self.firms_of: dict[str, int] = defaultdict(int)
        for (_region, industry), count in firms.items():
            self.firms_of[industry] += count
        self.of_trade: dict[Hashable, int] = defaultdict(int)
        self.of_place: dict[Hashable, int] = defaultdict(int)
        self.of_category: dict[Hashable, int] = defaultdict(int)
        self.of_kind: dict[Hashable, int] = defaultdict(int)
        for cell in cells:
            self.of_trade[cell.industry, cell.problem_kind] += cell.came
            self.of_place[cell.industry, cell.region_id, cell.kind] += cell.came
            self.of_category[cell.problem_kind] += cell.came
            self.of_kind[cell.kind] += cell.came

    def by_firms(self, cell: Cell) -> float | None:
        """None where the industry has no firms elsewhere, or none are registered here."""
        here, everywhere = self.firms.get((cell.region_id, cell.industry), 0), self.firms_of[cell.industry]
        if not 0 < here < everywhere:
            return None
        return self.of_trade[cell.industry, cell.problem_kind] * here / everywhere

    def by_mix(self, cell: Cell) -> float:
        """Never None: the cell itself is in every sum."""
        share = self.of_category[cell.problem_kind] / self.of_kind[cell.kind]
        return self.of_place[cell.industry, cell.region_id, cell.kind] * share


def _spot(cell: Cell, expect: _Margins) -> HotSpot:
    by_firms, by_mix = expect.by_firms(cell), expect.by_mix(cell)
    expected, basis = (by_mix, Basis.MIX) if by_firms is None or by_mix >= by_firms else (by_firms, Basis.FIRMS)
    registered = expect.firms.get((cell.region_id, cell.industry), 0)
    return HotSpot(cell, expected, basis, deviate(cell.came, expected), registered)
