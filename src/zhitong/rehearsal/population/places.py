"""The places where the invented stand: the real regions at county level, how much each holds, and what it makes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhitong.domain.organisations.package import RegionRow
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.kit.source import Row, Source

PLACES = "places.yaml"


@dataclass(frozen=True, slots=True)
class Trade:
    """What a firm does: its 行业, and the words of which one stands in its name."""

    industry: str
    words: tuple[str, ...]
    sub_kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A region that holds some of the served: its share, its word in names, its trades; `within` are all above it."""

    code: str
    division: str
    called: str
    weight: float
    trades: tuple[Trade, ...]
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Geography:
    """All places, the root region, and the trades that are everywhere alike."""

    root: str
    places: tuple[Place, ...]
    services: tuple[Trade, ...]
    tech: tuple[Trade, ...]
    projects: tuple[Trade, ...]


def geography(regions: Sequence[RegionRow], folder: Path = Path(__file__).parent) -> Geography:
    """The geography of a territory: counties, zones of that rank, and cities that have none below them."""
    source = Source(folder)
    row = source.row(PLACES)
    assert not source.findings, source.findings
    trades = {code: _trade(one) for code, one in row.row("trades").items()}
    return Geography(
        next(one.code for one in regions if not one.parent), tuple(_places(regions, row.row("places"), trades)),
        *(tuple(map(_trade, row.rows(name))) for name in ("services", "tech", "projects")),
    )


def shares(total: int, places: Sequence[Place]) -> dict[str, int]:
    """A whole number spread over places by weight, to the one: largest remainders take what rounding leaves."""
    whole = sum(place.weight for place in places)
    exact = {place.code: total * place.weight / whole for place in places}
    given = {code: int(share) for code, share in exact.items()}
    ahead = sorted(exact, key=lambda code: (given[code] - exact[code], code))
    for code in ahead[: total - sum(given.values())]:
        given[code] += 1
    return given


def _trade(row: Row) -> Trade:
    return Trade(row.text("industry"), tuple(row.texts("words")), row.text("sub_kind"))


def _places(regions: Sequence[RegionRow], said: Row, trades: dict[str, Trade]) -> Iterable[Place]:
    known = {one.code: one for one in regions}
    counties = [one for one in regions if one.rank is Rank.COUNTY]
    filled = {above for one in counties for above in _above(one, known)}
    held = [*counties, *(one for one in regions if one.rank is Rank.CITY and one.code not in filled)]
    cities = {one.code: _city(one, known) for one in held}
    totals: dict[str, float] = {}
    for one in held:
        totals[cities[one.code]] = totals.get(cities[one.code], 0) + _own_weight(said, one.code)
    for one in held:
        city = cities[one.code]
        yield Place(
            one.code, _division(one, known, said), _called(one, known, said),
            _own_weight(said, city) * _own_weight(said, one.code) / totals[city],
            tuple(trades[code] for code in _made(one, known, said)), frozenset({one.code, *_above(one, known)}),
        )


def _own_weight(said: Row, code: str) -> float:
    return float(said.row(code).decimal("weight") or 1)


def _above(one: RegionRow, known: dict[str, RegionRow]) -> list[str]:
    """The codes a region reports through, nearest first."""
    path: list[str] = []
    while one.reporting_parent:
        path.append(one.reporting_parent)
        one = known[one.reporting_parent]
    return path


def _city(one: RegionRow, known: dict[str, RegionRow]) -> str:
    return next(code for code in (one.code, *_above(one, known)) if known[code].rank is Rank.CITY)


def _made(one: RegionRow, known: dict[str, RegionRow], said: Row) -> list[str]:
    return next(made for code in (one.code, *_above(one, known)) if (made := said.row(code).texts("trades")))


def _called(one: RegionRow, known: dict[str, RegionRow], said: Row) -> str:
    """The word in names: its own, its short name, or its city's for districts and for zones of a city."""
    if said.row(one.code).text("called"):
        return said.row(one.code).text("called")
    above = known.get(one.reporting_parent)
    is_part = (one.name.endswith("区") and one.kind is RegionKind.DIVISION) or one.kind is RegionKind.ZONE
    return above.short if is_part and above is not None and above.rank is Rank.CITY else one.short


def _division(one: RegionRow, known: dict[str, RegionRow], said: Row) -> str:
    """The six digits of the division for codes: what is said of it, or those of the nearest region that has some."""
    if said.row(one.code).text("division"):
        return said.row(one.code).text("division")
    return next(code[:6] for code in (one.code, *_above(one, known)) if code[:6].isdigit() and len(code) >= 6)
