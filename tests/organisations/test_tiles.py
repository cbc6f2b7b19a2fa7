"""Where regions stand on a chart of tiles: what the package says, and what may be wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packages import shipped
from zhitong.domain.organisations.package import OrganisationPackage, parse
from zhitong.domain.organisations.package.rows import RegionRow
from zhitong.domain.organisations.package.tiles import parse_tiles
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.kit.source import Source


def region(code: str, parent: str) -> RegionRow:
    return RegionRow(code, code, code, Rank.CITY, RegionKind.DIVISION, "", 1, parent, parent, parent, ())


REGIONS = [region("1", ""), region("11", "1"), region("12", "1"), region("111", "11")]


@pytest.fixture(scope="module")
def package() -> OrganisationPackage:
    return parse(shipped("hebei-2018"))[0]


def test_every_region_under_the_province_has_a_place_of_its_own(package: OrganisationPackage) -> None:
    placed = {one.code: one.tile for one in package.regions if one.reporting_parent == "13"}

    assert len(placed) == 14
    assert None not in placed.values()
    assert len(set(placed.values())) == 14


@pytest.mark.parametrize(
    ("one", "other", "across", "down"),
    [
        ("1303", "1302", 1, 0),  # 秦皇岛 east of 唐山
        ("1302", "1308", 0, 1),  # 唐山 south of 承德
        ("xiongan", "1306", 1, 0),  # 雄安新区 east of 保定
        ("1305", "1301", 0, 1),  # 邢台 south of 石家庄
        ("1304", "1305", 0, 1),  # 邯郸 south of 邢台
        ("1311", "1309", 0, 1),  # 衡水 south of 沧州
        ("130682", "1306", 0, 1),  # 定州 south of 保定
    ],
)
def test_neighbours_lie_as_they_do(package: OrganisationPackage, one: str, other: str, across: int, down: int) -> None:
    placed = {row.code: row.tile for row in package.regions if row.tile}

    assert placed[one] == (placed[other][0] + across, placed[other][1] + down)


def test_without_the_file_no_region_has_a_place(tmp_path: Path) -> None:
    assert parse_tiles(Source(tmp_path), REGIONS) == (REGIONS, [])


def test_a_chart_is_read_as_it_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "tiles.yaml").write_text('- region: 1\n  rows:\n    - ".  11"\n    - "12 . "\n')

    regions, findings = parse_tiles(Source(tmp_path), REGIONS)

    assert findings == []
    assert {one.code: one.tile for one in regions} == {"1": None, "11": (2, 1), "12": (1, 2), "111": None}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('["11 13"]', "图块“13”不是“1”的下级"),
        ('["111"]', "图块“111”不是“1”的下级"),
        ('["11", "12 11"]', "图块“11”写了两处"),
    ],
)
def test_what_cannot_stand_there_is_said_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "tiles.yaml").write_text(f"# 图块\n- region: 1\n  rows: {rows}\n")

    _regions, [finding] = parse_tiles(Source(tmp_path), REGIONS)

    assert said in finding.message
    assert (finding.file, finding.line) == ("tiles.yaml", 3)
