"""What the package says of territory and organisation, row by row; codes stand where the database has ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.domain.organisations.rules.kinds import PostKind, Rank, RegionKind, Relation, Subordination, UnitKind


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region; its three parents are empty at the root. `shown_in` shows it there without adding its figures.

    `tile` is its place (column, row) on the chart of the region it reports to; None where it is laid by rule.
    """

    code: str
    name: str
    short: str
    rank: Rank
    kind: RegionKind
    statistics_code: str
    order: int
    parent: str
    reporting_parent: str
    statistical_parent: str
    shown_in: tuple[str, ...]
    tile: tuple[int, int] | None = None

    def edges(self) -> Iterator[tuple[Relation, str]]:
        """Every relation in which the region stands under another, with the code of that other."""
        parents = (
            (Relation.ADMINISTRATIVE, self.parent),
            (Relation.REPORTING, self.reporting_parent),
            (Relation.STATISTICAL, self.statistical_parent),
        )
        yield from (edge for edge in parents if edge[1])
        yield from ((Relation.SHOWN, code) for code in self.shown_in)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of work; `vertical`: managed from above the province or by a firm, `note` says by whom."""

    code: str
    name: str
    vertical: bool
    note: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; `host`, `contact_unit` and `members` are codes of units of the same region, empty where there is none."""

    code: str
    name: str
    short: str
    kind: UnitKind
    region: str
    lines: tuple[str, ...]
    host: str
    subordination: Subordination
    contact_unit: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A seat in every unit of a kind, in regions of these ranks."""

    unit_kind: UnitKind
    kind: PostKind
    title: str
    ranks: tuple[Rank, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPackage:
    """The whole standing order: every region, line, unit (conventions written out) and seat, each in order."""

    regions: tuple[RegionRow, ...]
    lines: tuple[LineRow, ...]
    units: tuple[UnitRow, ...]
    posts: tuple[PostRow, ...]
