"""Faults in a package are found all at once, each at its file and line, in a sentence that says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.packages import SHIPPED, Copy
from zhitong.domain.organisations.package import parse
from zhitong.kit.source import Finding, Source

FILES = ("regions.tsv", "lines.yaml", "units.yaml", "posts.yaml")

REGIONS = """\
code	name	short	rank	parent	statistics_code	kind	reporting_parent	shown_in	order
13	河北省	河北	province		13	division			1
1309	沧州市	沧州	city	13	1309	division			2
130973	沧州渤海新区	渤海新区	county	1309	130973	zone			3
130983	黄骅市	黄骅	county	1309	130983	division		130973	4
130983100	黄骅镇	黄骅镇	township	130983	130983100	division			5
"""
LINES = """\
- {code: land, name: 国土资源}
- {code: power, name: 电力供应, vertical: true}
"""
UNITS = """\
regions:
  - region: 13
    units:
      - {slug: government, kind: government, name: 河北省人民政府}
      - {slug: office, kind: campaign_office, name: 省双创双服办, host: land}
      - {slug: land, name: 省国土资源厅, lines: [land]}
      - slug: power
        kind: resident_body
        name: 省电力公司
        lines: [power]
        subordination: state_firm
        contact_unit: land
conventions:
  - convention: 市县
    ranks: [city, county]
    units:
      - {slug: government, kind: government, name: "{name}人民政府"}
      - {slug: office, kind: campaign_office, name: "{short}双创双服办", host: land}
      - {slug: land, name: "{name}国土资源局", lines: [land]}
  - convention: 乡镇
    ranks: [township]
    units:
      - {slug: government, kind: government, name: "{name}人民政府", lines: all}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "regions.tsv").write_text(REGIONS)
    (tmp_path / "lines.yaml").write_text(LINES)
    (tmp_path / "units.yaml").write_text(UNITS)
    shutil.copy(SHIPPED / "hebei-2018" / "posts.yaml", tmp_path)
    return tmp_path


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return Copy("hebei-2018", tmp_path).folder


def plant(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new))


def line_of(folder: Path, file: str, words: str) -> int:
    lines = (folder / file).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def findings_in(folder: Path) -> list[Finding]:
    source = Source(folder)
    _, findings = parse(source)
    return [*source.findings, *findings]


def test_the_small_package_is_whole(folder: Path) -> None:
    assert findings_in(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "words"),
    [
        ("regions.tsv", "county\t1309\t130973\t", "county\t1390\t130973\t", "130973\t", "“1390”在 regions.tsv 里没有"),
        ("regions.tsv", "county\t1309\t130973\t", "county\t130983100\t130973\t", "130973\t", "上级不能比下级低"),
        ("regions.tsv", "zone\t\t\t3", "zoen\t\t\t3", "130973\t", "只能是 division、zone"),
        ("regions.tsv", "zone\t\t\t3", "zone\t\t\tc", "130973\t", "“order”应当是整数"),
        ("regions.tsv", "division\t\t130973\t4", "division\t\t1309\t4", "130983\t", "黄骅市已经汇总进沧州市"),
        ("regions.tsv", "division\t\t130973\t4", "division\t\t130993\t4", "130983\t", "“130993”在 regions.tsv 里没有"),
        ("regions.tsv", "county\t1309\t130983\t", "county\t1309\t130973\t", "130983\t", "统计代码“130973”第 4 行"),
        (
            "regions.tsv",
            "division\t\t\t5\n",
            "division\t\t\t5\n130999\t甲\t甲\tcounty\t\t\tzone\t\t\t6\n",
            "130999",
            "没有上级的区划只能有一个",
        ),
        (
            "lines.yaml",
            "- {code: land, name: 国土资源}",
            "- {code: land, name: 国土资源}\n- {code: land, name: 国土}",
            "name: 国土}",
            "已经用过",
        ),
        (
            "lines.yaml",
            "vertical: true}",
            "vertical: true}\n- {code: water, name: 水利}",
            "water",
            "没有单位承担“水利”条线",
        ),
        ("lines.yaml", "vertical: true", "vertical: 是", "power", "“vertical”应当是是非"),
        ("units.yaml", "- region: 13\n", "- region: 14\n", "region: 14", "“14”在 regions.tsv 里没有"),
        (
            "units.yaml",
            "省国土资源厅, lines: [land]",
            "省国土资源厅, lines: [land, lnad]",
            "省国土资源厅",
            "“lnad”在 lines.yaml 里没有（是不是“land”？）",
        ),
        (
            "units.yaml",
            "省国土资源厅, lines: [land]",
            "省国土资源厅, lines: [land, power]",
            "        lines: [power]",
            "“power”条线在第 6 行已由“省国土资源厅”承担",
        ),
        (
            "units.yaml",
            '人民政府", lines: all}',
            '人民政府", lines: all}\n      - {slug: land, name: 土地所, lines: [land]}',
            "土地所",
            "只能由一个单位承担",
        ),
        ("units.yaml", "省双创双服办, host: land", "省双创双服办", "省双创双服办", "没有写 host"),
        (
            "units.yaml",
            "省双创双服办, host: land",
            "省双创双服办, host: sea",
            "省双创双服办",
            "“sea”在 units.yaml 这一组的 slug 里没有",
        ),
        ("units.yaml", "        contact_unit: land\n", "", "slug: power", "请用 contact_unit 写明对口联系单位"),
        ("units.yaml", "contact_unit: land", "contact_unit: power", "contact_unit: power", "自己也在属地管理之外"),
        (
            "units.yaml",
            "name: 省电力公司",
            "name: 省国土资源厅",
            "        name: 省国土资源厅",
            "“省国土资源厅”在第 6 行已是",
        ),
        ("units.yaml", "- slug: power", "- slug: land", "- slug: land", "slug“land”在 units.yaml 第 6 行已经用过"),
        ("units.yaml", '"{short}双创双服办"', '"{region}双创双服办"', "{region}", "{region} 不认识"),
        (
            "units.yaml",
            "      - {slug: office, kind: campaign_office, name: 省双创双服办, host: land}\n",
            "",
            "region: 13",
            "“领导小组办公室”有 0 个",
        ),
        ("units.yaml", "lines: [power]", "lines: {power: true}", "lines: {power", "“lines”应当是一列词"),
        ("units.yaml", "kind: resident_body", "kind: resident", "kind: resident", "“kind”写的是“resident”"),
        ("units.yaml", "name: 省电力公司", "nmae: 省电力公司", "nmae", "不认识字段“nmae”（是不是“name”？）"),
        ("units.yaml", "ranks: [township]", "ranks: [village]", "village", "“ranks”写的是“village”"),
        (
            "units.yaml",
            "conventions:",
            "convention:",
            "convention:",
            "不认识字段“convention”（是不是“conventions”？）",
        ),
        (
            "units.yaml",
            "ranks: [city, county]",
            "ranks: [city, county]\n    endings: [市]",
            "conventions:",
            "沧州渤海新区（130973）一个单位也没有",
        ),
        (
            "posts.yaml",
            "- unit_kind: task_force",
            "- unit_kind: task_farce",
            "task_farce",
            "“unit_kind”写的是“task_farce”",
        ),
        ("posts.yaml", "title: 督查员", "title: 督查室主任", "officer, title: 督查室主任", "title“督查室主任”"),
        (
            "posts.yaml",
            "title: 第一副组长, ranks: [province, city]",
            "title: 第一副组长, ranks: [state]",
            "第一副组长",
            "“ranks”写的是“state”",
        ),
    ],
)
def test_a_planted_fault_is_said_at_its_line(folder: Path, file: str, old: str, new: str, at: str, words: str) -> None:
    plant(folder, file, old, new)

    [finding] = findings_in(folder)

    assert (finding.file, finding.line) == (file, line_of(folder, file, at))
    assert words in finding.message


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(FILES),
    place=st.floats(0, 1),
    length=st.integers(0, 12),
    other=st.text(': -[]{}"\t\na1,', max_size=4),
)
def test_no_slip_of_the_hand_makes_reading_fail(folder: Path, file: str, place: float, length: int, other: str) -> None:
    path = folder / file
    whole = path.read_text()
    start = int(place * len(whole))
    path.write_text(whole[:start] + other + whole[start + length :])

    try:
        assert all(finding.line >= 1 and finding.message for finding in findings_in(folder))
    finally:
        path.write_text(whole)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_said_once(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert [str(finding) for finding in findings_in(folder) if finding.file == file] == [
        f"{file} 第 1 行：缺少这个文件，请补上。"
    ]


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        (
            "1309\t沧州市\t沧州\tcity\t13\t",
            "1309\t沧州市\t沧州\tcity\t130973\t",
            "1309\t沧州市",
            "区划的上级成了一个圈：1309 → 130973 → 1309",
        ),
        (
            "130983\t黄骅市\t黄骅\tcounty\t1309\t130983\tdivision\t\t130973",
            "130983\t黄骅市\t黄骅\tcounty\t1309,130973\t130983\tdivision\t\t",
            "130983\t黄骅市",
            "“parent”写了两个上级，统计时会加总两次",
        ),
        (
            "130984\t河间市\t",
            "130983\t黄骅市\t黄骅\tcounty\t130973\t130983\tdivision\t\t\t99\n130984\t河间市\t",
            "county\t130973\t130983",
            "已写在“1309”下，这里又写在“130973”下，统计时会加总两次",
        ),
        (
            "130973400\t南大港产业园区\t南大港\tcounty\t130973\t",
            "130973400\t南大港产业园区\t南大港\tcounty\t130937\t",
            "130973400\t",
            "“parent”写的“130937”在 regions.tsv 里没有",
        ),
    ],
    ids=["circle", "two parents", "written twice", "unknown parent"],
)
def test_a_fault_in_the_real_tree_is_said_at_its_line(shipped: Path, old: str, new: str, at: str, words: str) -> None:
    plant(shipped, "regions.tsv", old, new)

    [finding] = findings_in(shipped)

    assert (finding.file, finding.line) == ("regions.tsv", line_of(shipped, "regions.tsv", at))
    assert words in finding.message


def test_faults_of_all_files_are_said_together(shipped: Path) -> None:
    plant(
        shipped,
        "regions.tsv",
        "130973\t沧州渤海新区\t渤海新区\tcounty\t1309\t",
        "130973\t沧州渤海新区\t渤海新区\tcounty\t1399\t",
    )
    plant(shipped, "lines.yaml", "code: railway, name", "code: railway, nmae")
    plant(shipped, "units.yaml", "name: 省信用办, lines: [credit]", "name: 省信用办, lines: [credit, price]")
    plant(shipped, "posts.yaml", "title: 督查员", "titel: 督查员")

    found = [(finding.file, finding.line) for finding in findings_in(shipped)]

    assert len(found) == 4
    assert set(found) == {
        ("regions.tsv", line_of(shipped, "regions.tsv", "1399")),
        ("lines.yaml", line_of(shipped, "lines.yaml", "nmae")),
        ("units.yaml", line_of(shipped, "units.yaml", "name: 省物价局")),
        ("posts.yaml", line_of(shipped, "posts.yaml", "titel")),
    }
