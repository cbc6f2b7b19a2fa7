"""regions.tsv: the territory, and what may be wrong with a tree of regions."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.domain.organisations.package.rows import RegionRow
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.domain.organisations.rules.territory import circles, path
from zhitong.kit.source import Finding, Row, Source, fields, known

FILE = "regions.tsv"
_COLUMNS = (
    "code",
    "name",
    "short",
    "rank",
    "parent",
    "statistics_code",
    "kind",
    "reporting_parent",
    "shown_in",
    "order",
)
_REQUIRED = {"code": str, "name": str, "short": str, "rank": Rank, "kind": RegionKind, "order": int}
_OPTIONAL = {"parent": str, "statistics_code": str, "reporting_parent": str, "statistical_parent": str, "shown_in": str}
_PARENTS = ("parent", "reporting_parent", "statistical_parent")
_HEIGHT = {rank: -place for place, rank in enumerate(Rank)}


def parse_regions(source: Source) -> tuple[list[RegionRow], list[Finding]]:
    """The regions that can be read, and every fault of the tree at its row."""
    findings: list[Finding] = []
    regions: list[RegionRow] = []
    rows: dict[str, Row] = {}
    for row in written_rows(source):
        faults = [*fields(row, _REQUIRED, _OPTIONAL), *_doubled(row, rows)]
        findings += faults
        rows.setdefault(row.text("code"), row)
        if not faults:
            regions.append(_region(row))
    return regions, [*findings, *_faults(regions, rows)]


def written_rows(source: Source) -> list[Row]:
    """The rows of the table as they stand, faulty ones too: a fault in one row is no reason to doubt who names it."""
    return source.table(FILE, _COLUMNS, ["statistical_parent"])


def _region(row: Row) -> RegionRow:
    parent = row.text("parent")
    return RegionRow(
        code=row.text("code"),
        name=row.text("name"),
        short=row.text("short"),
        rank=Rank(row.text("rank")),
        kind=RegionKind(row.text("kind")),
        statistics_code=row.text("statistics_code"),
        order=row.number("order"),
        parent=parent,
        reporting_parent=row.text("reporting_parent", parent),
        statistical_parent=row.text("statistical_parent", parent),
        shown_in=_codes(row, "shown_in"),
    )


def _codes(row: Row, key: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in row.text(key).replace("，", ",").split(",") if code.strip())


def _doubled(row: Row, rows: dict[str, Row]) -> Iterator[Finding]:
    """A region written a second time, or with two parents where its figures would be added twice."""
    code = row.text("code")
    if code in rows:
        where = f"第 {rows[code].line} 行已写在“{rows[code].text('parent')}”下，这里又写在“{row.text('parent')}”下"
        yield row.finding(
            f"区划“{code}”{where}，统计时会加总两次；只需展示的请删去这一行，改写在 shown_in 一列。", "code"
        )
    for key in _PARENTS:
        if len(_codes(row, key)) > 1:
            yield row.finding(f"“{key}”写了两个上级，统计时会加总两次；请留一个，只需展示的写在 shown_in 一列。", key)


def _faults(regions: list[RegionRow], rows: dict[str, Row]) -> Iterator[Finding]:
    """All at once; regions in a circle are left out of what presupposes a tree, the others are still asked."""
    yield from _unknown_regions(regions, rows)
    circular = _circle_faults(regions, rows)
    yield from circular.values()
    sound = [region for region in regions if not any(region.code in circle for circle in circular)]
    yield from _rank_faults(sound, regions, rows)
    yield from _sum_faults(sound, rows)
    if not circular:
        yield from _root_faults(rows)


def _unknown_regions(regions: list[RegionRow], rows: dict[str, Row]) -> Iterator[Finding]:
    """Parents and places of show that are written nowhere."""
    for region in regions:
        row = rows[region.code]
        for key in _PARENTS:
            yield from known(row, key, rows, FILE)
        for code in region.shown_in:
            if code not in rows:
                yield row.finding(f"“shown_in”写的“{code}”在 {FILE} 里没有，请改正。", "shown_in")


def _circle_faults(regions: list[RegionRow], rows: dict[str, Row]) -> dict[frozenset[str], Finding]:
    """Regions that stand under one another in a circle, in any of the three relations, each circle once."""
    found: dict[frozenset[str], Finding] = {}
    for key in _PARENTS:
        for circle in circles({region.code: getattr(region, key) for region in regions}):
            chain = " → ".join([*circle, circle[0]])
            message = f"区划的上级成了一个圈：{chain}。请改正其中一个的 {key}。"
            found.setdefault(frozenset(circle), rows[circle[0]].finding(message, key))
    return found


def _rank_faults(asked: list[RegionRow], regions: list[RegionRow], rows: dict[str, Row]) -> Iterator[Finding]:
    """Parents that stand lower than their child."""
    by_code = {region.code: region for region in regions}
    for region in asked:
        above = by_code.get(region.parent, region)
        if _HEIGHT[above.rank] < _HEIGHT[region.rank]:
            where = f"{region.name}（{region.rank.label}）写在{above.name}（{above.rank.label}）下"
            yield rows[region.code].finding(f"{where}，上级不能比下级低，请改正。", "parent")


def _root_faults(rows: dict[str, Row]) -> Iterator[Finding]:
    """A tree has one root."""
    roots = [row for row in rows.values() if not row.text("parent")]
    if rows and len(roots) != 1:
        names = "、".join(row.text("name") for row in roots) or "没有"
        place = roots[1].line if roots else 1
        yield Finding(FILE, place, f"没有上级的区划只能有一个，现在是：{names}。请补上其余区划的 parent。")


def _sum_faults(regions: list[RegionRow], rows: dict[str, Row]) -> Iterator[Finding]:
    """Regions whose figures would be added twice: under two codes, or shown where they are added anyway."""
    parents = {region.code: region.statistical_parent for region in regions}
    holders: dict[str, RegionRow] = {}
    for region in regions:
        row = rows[region.code]
        first = holders.setdefault(region.statistics_code, region) if region.statistics_code else region
        if first is not region:
            where = f"第 {rows[first.code].line} 行的“{first.name}”已经用了"
            message = f"统计代码“{region.statistics_code}”{where}，同一块地方会加总两次，请删去一处。"
            yield row.finding(message, "statistics_code")
        for code in set(region.shown_in) & set(path(region.code, parents)):
            name = rows[code].text("name")
            yield row.finding(f"{region.name}已经汇总进{name}，再写 shown_in 就算了两次，请删去。", "shown_in")
