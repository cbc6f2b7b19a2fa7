"""What may be wrong with the units of one region, or of one convention."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zhitong.domain.organisations.rules.kinds import CONSULTED, UnitKind
from zhitong.kit.source import Finding, Row, known, unique

_HOSTED = frozenset({UnitKind.CAMPAIGN_OFFICE.value, UnitKind.WORK_GROUP.value, UnitKind.TASK_FORCE.value})
_CONSULTED = frozenset(kind.value for kind in CONSULTED)


def group_faults(group: Row, rows: list[Row], lines: Collection[str], is_township: bool) -> Iterator[Finding]:
    """Every fault among units that stand in one region; their fields are known to be of the right kind."""
    yield from unique(rows, "slug")
    yield from _line_faults(rows, lines)
    yield from _name_faults(rows)
    slugs: dict[str, Row] = {}
    for row in rows:
        slugs.setdefault(row.text("slug"), row)
    for row in rows:
        yield from _reference_faults(row, slugs)
    needed = [UnitKind.GOVERNMENT] if is_township else [UnitKind.GOVERNMENT, UnitKind.CAMPAIGN_OFFICE]
    for kind in needed:
        found = [row for row in rows if row.text("kind") == kind.value]
        if len(found) != 1:
            place = found[1] if found else group
            yield place.finding(f"这里的“{kind.label}”有 {len(found)} 个，每个区划应当正好一个，请补上或删去。", "kind")


def _line_faults(rows: list[Row], lines: Collection[str]) -> Iterator[Finding]:
    """Lines that are written nowhere, and lines that two units of one region would keep."""
    keepers: dict[str, Row] = {}
    for row in rows:
        if row.get("lines") != "all":
            yield from known(row, "lines", lines, "lines.yaml")
        for line in lines if row.get("lines") == "all" else row.texts("lines"):
            first = keepers.setdefault(line, row)
            if first is not row:
                where = f"“{line}”条线在第 {first.lines.get('lines', first.line)} 行已由“{first.text('name')}”承担"
                yield row.finding(f"{where}，一个区划的一条线只能由一个单位承担，请从其中一个单位删去。", "lines")


def _name_faults(rows: list[Row]) -> Iterator[Finding]:
    """Names and aliases that two units of one region share: a paper that prints one could mean either."""
    holders: dict[str, Row] = {}
    for row in rows:
        for name in [row.text("name"), *row.texts("aliases")]:
            first = holders.setdefault(name, row)
            if first is not row:
                yield row.finding(
                    f"“{name}”在第 {first.line} 行已是“{first.text('name')}”的名称，请改用不同的名称。", "name"
                )


def _reference_faults(row: Row, slugs: dict[str, Row]) -> Iterator[Finding]:
    """Hosts, contact units and members that do not exist or cannot be what they are named as."""
    for key in ("host", "contact_unit", "members"):
        yield from known(row, key, slugs, "units.yaml 这一组的 slug")
    kind, name = row.text("kind"), row.text("name")
    if kind in _HOSTED and not row.text("host"):
        yield row.finding(f"“{name}”没有写 host，请写明设在哪个部门。")
    if row.text("subordination") not in _CONSULTED:
        return
    if not row.text("contact_unit"):
        yield row.finding(f"“{name}”在属地管理之外，要靠商请，请用 contact_unit 写明对口联系单位。")
    contact = slugs.get(row.text("contact_unit"))
    if contact is not None and contact.text("subordination") in _CONSULTED:
        message = f"“{contact.text('name')}”自己也在属地管理之外，不能做对口联系单位，请改为本级部门。"
        yield row.finding(message, "contact_unit")
