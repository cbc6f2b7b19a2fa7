"""lines.yaml and posts.yaml: the lines of work and the seats of each kind of unit."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.domain.organisations.package.rows import LineRow, PostRow
from zhitong.domain.organisations.rules.kinds import PostKind, Rank, UnitKind
from zhitong.kit.source import Finding, Row, Source, fields, unique

LINES = "lines.yaml"
POSTS = "posts.yaml"


def parse_lines(source: Source) -> tuple[list[LineRow], list[Finding]]:
    """The lines of work in their order, each once."""
    rows = source.rows(LINES)
    findings = unique(rows)
    for row in rows:
        findings += fields(row, {"code": str, "name": str}, {"vertical": bool, "note": str})
    lines = {
        row.text("code"): LineRow(row.text("code"), row.text("name"), row.flag("vertical"), row.text("note"))
        for row in rows
        if row.text("code")
    }
    return list(lines.values()), findings


def parse_posts(source: Source) -> tuple[list[PostRow], list[Finding]]:
    """The seats of every kind of unit."""
    groups = source.rows(POSTS)
    findings = unique(groups, "unit_kind")
    posts = []
    for group in groups:
        findings += fields(group, {"unit_kind": UnitKind, "posts": list[Row]})
        findings += unique(group.rows("posts"), "title")
        for row in group.rows("posts"):
            faults = fields(row, {"kind": PostKind, "title": str}, {"ranks": list[Rank]})
            findings += faults
            if not faults and group.text("unit_kind") in {kind.value for kind in UnitKind}:
                posts.append(_post(group, row))
    return posts, [*findings, *_without_seats(groups)]


def _post(group: Row, row: Row) -> PostRow:
    ranks = tuple(Rank(rank) for rank in row.texts("ranks")) or tuple(Rank)
    return PostRow(UnitKind(group.text("unit_kind")), PostKind(row.text("kind")), row.text("title"), ranks)


def _without_seats(groups: list[Row]) -> Iterator[Finding]:
    """Kinds of unit for which no seats are written; a misspelt kind has been found already."""
    kinds = {kind.value for kind in UnitKind}
    named = {group.text("unit_kind") for group in groups}
    for kind in UnitKind:
        if groups and named <= kinds and kind.value not in named:
            yield Finding(POSTS, 1, f"没有写“{kind.label}”（{kind.value}）设哪些岗位，请补上。")
