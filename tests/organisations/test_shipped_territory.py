"""The shipped standing order of Hebei: complete, free of findings, and climbable from every corner to the province."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from tests.packages import shipped
from zhitong.domain.organisations.package import (
    OrganisationPackage,
    UnitRow,
    directory_of,
    lines_ending_outside,
    parse,
    posts_of,
)
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import CONSULTED, PostKind, Rank, RegionKind, Relation, UnitKind

PLAN_NAMES = {
    "13": """省工商局 省发展改革委 省科技厅 省人力资源社会保障厅 省工业和信息化厅 省住房城乡建设厅 省财政厅
        省扶贫办 省民政厅 省教育厅 省农业厅 省环境保护厅 省卫生计生委 省交通厅 省交通运输厅 省旅游发展委
        省公安厅(省交管局) 省文明办 省综治办 省信用办 省商务厅 省文化厅 省编委办 省物价局 省食品药品监管局
        省中医药局 省法制办 省政府办公厅 省保障性安居工程领导小组成员单位 省“全面改薄”领导小组成员单位
        省委督查室 省政府督查室 省重点工作大督查办公室""",
    "xiongan": "雄安新区管委会 雄安新区党工委和管委会",
    "130973": """渤海新区行政审批局 渤海新区工商管理局 渤海新区科技局 渤海新区经发局 渤海新区社会事务局
        渤海新区国土局 渤海新区规划建设局 城市规划建设局 渤海新区环保局 渤海新区财政局 渤海新区安监局
        渤海新区城管局 渤海新区交通局 渤海新区公安分局 渤海新区文旅办 渤海新区组织人事部 渤海新区党政办
        渤海新区宣传办 沧州港务集团 河北渤海投资集团 新区督查室 新区重点工作大督查办公室""",
    "130973206": "新村乡政府",
    "130973400": "南大港产业园区管委会 南大港产业园区",
    "130973401": "中捷产业园区管委会 中捷产业园区",
    "130973403": "沧州临港经济技术开发区管委会 临港经济技术开发区管委会",
    "130983": "黄骅市人民政府",
}


@pytest.fixture(scope="module")
def package() -> OrganisationPackage:
    return parse(shipped("hebei-2018"))[0]


@pytest.fixture(scope="module")
def directory(package: OrganisationPackage) -> Directory:
    return directory_of(package)


def unit_of(package: OrganisationPackage, code: str) -> UnitRow:
    return next(unit for unit in package.units if unit.code == code)


def test_the_shipped_package_has_no_findings_and_is_read_within_a_second_and_a_half() -> None:
    source = shipped("hebei-2018")
    began = time.process_time()

    _, findings = parse(source)

    assert [str(finding) for finding in [*findings, *source.findings]] == []
    assert time.process_time() - began < 1.5


def test_every_region_of_the_statistics_is_there_and_xiongan_beside_them(package: OrganisationPackage) -> None:
    by_digits = Counter(len(region.statistics_code) for region in package.regions)

    assert by_digits == {2: 1, 4: 11, 6: 190, 9: 2365, 0: 1}
    assert [region.code for region in package.regions if not region.statistics_code] == ["xiongan"]
    assert sum(r.kind is RegionKind.ZONE for r in package.regions if len(r.statistics_code) == 6) == 23


def test_ranks_are_those_of_government_not_of_the_code(package: OrganisationPackage) -> None:
    ranks = Counter(region.rank for region in package.regions)

    # 11 cities with 定州, 辛集 and 雄安; of the 2365 townships of the statistics three are zones that rank as counties.
    assert ranks == {Rank.PROVINCE: 1, Rank.CITY: 14, Rank.COUNTY: 190 - 2 + 3, Rank.TOWNSHIP: 2365 - 3}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("130973400", ["河北", "沧州", "渤海新区", "南大港"]),
        ("130973402", ["河北", "沧州", "渤海新区", "港城街道"]),
        ("130983100", ["河北", "沧州", "黄骅", "黄骅镇"]),
        ("130682", ["河北", "定州"]),
        ("130181", ["河北", "辛集"]),
        ("130629", ["河北", "雄安新区", "容城"]),
    ],
)
def test_a_region_reports_through_its_own_path(directory: Directory, code: str, names: list[str]) -> None:
    region = next(region for region in directory.regions.values() if region.code == code)

    assert [step.short for step in directory.path(region.id)] == names


def test_huanghua_is_shown_in_bohai_and_summed_in_cangzhou(package: OrganisationPackage) -> None:
    huanghua = next(region for region in package.regions if region.code == "130983")

    assert list(huanghua.edges()) == [
        (Relation.ADMINISTRATIVE, "1309"),
        (Relation.REPORTING, "1309"),
        (Relation.STATISTICAL, "1309"),
        (Relation.SHOWN, "130973"),
    ]


@pytest.mark.parametrize(("region", "names"), PLAN_NAMES.items())
def test_every_unit_the_two_plans_print_is_found_by_that_name(
    package: OrganisationPackage, region: str, names: str
) -> None:
    known = [name for unit in package.units if unit.region == region for name in (unit.name, *unit.aliases)]

    assert [name for name in names.split() if known.count(name) != 1] == []


def test_every_line_is_kept_once_in_the_province_and_at_most_once_anywhere(package: OrganisationPackage) -> None:
    kept = Counter((unit.region, line) for unit in package.units for line in unit.lines)

    assert [line.code for line in package.lines if kept["13", line.code] != 1] == []
    assert [place for place, times in kept.items() if times > 1] == []


def test_every_region_has_its_government_and_down_to_the_county_a_hosted_office(package: OrganisationPackage) -> None:
    units = {unit.code: unit for unit in package.units}
    ranks = {region.code: region.rank for region in package.regions}
    governments = Counter(unit.region for unit in package.units if unit.kind is UnitKind.GOVERNMENT)
    offices = {unit.region: unit for unit in package.units if unit.kind is UnitKind.CAMPAIGN_OFFICE}

    assert set(governments) == set(ranks)
    assert set(governments.values()) == {1}
    assert set(offices) == {code for code, rank in ranks.items() if rank is not Rank.TOWNSHIP}
    assert all("development" in units[office.host].lines for office in offices.values())


def test_a_township_keeps_all_lines_in_one_unit(package: OrganisationPackage) -> None:
    townships = {region.code for region in package.regions if region.rank is Rank.TOWNSHIP}
    units = [unit for unit in package.units if unit.region in townships]

    assert len(units) == len(townships)
    assert {unit.lines for unit in units} == {tuple(line.code for line in package.lines)}


def test_from_every_unit_every_line_climbs_to_the_province_one_region_at_a_time(
    package: OrganisationPackage, directory: Directory
) -> None:
    keepers = {(unit.region, line): unit.code for unit in package.units for line in unit.lines}
    parents = {region.code: region.parent for region in package.regions}
    line_ids = {line.code: line.id for line in directory.lines.values()}
    ids = {unit.code: unit.id for unit in directory.units.values()}
    climbed = 0
    for (region, line), unit_code in keepers.items():
        unit_id = ids[unit_code]
        while parents[region]:
            region = parents[region]
            above = directory.counterpart(unit_id, line_ids[line])
            assert above is not None
            assert above.code == keepers.get((region, line), f"{region}-office"), (line, region)
            unit_id, climbed = above.id, climbed + 1
        assert directory.counterpart(unit_id, line_ids[line]) is None
    assert climbed > 2 * len(keepers)


def test_where_the_region_above_keeps_no_such_line_its_office_receives(directory: Directory) -> None:
    customs = next(line.id for line in directory.lines.values() if line.code == "customs")
    port_customs = directory.unit_coded("130973-customs")
    assert port_customs is not None

    city = directory.counterpart(port_customs.id, customs)
    assert city is not None
    province = directory.counterpart(city.id, customs)

    assert (city.code, province and province.code) == ("1309-office", "13-customs")


def test_lines_that_end_outside_are_the_vertical_ones_and_each_has_a_contact(package: OrganisationPackage) -> None:
    ends = lines_ending_outside(package)

    assert {(end.line.code, unit_of(package, end.unit.contact_unit).name) for end in ends} == {
        ("tax", "省财政厅"),
        ("customs", "省商务厅"),
        ("power", "省发展改革委"),
        ("railway", "省发展改革委"),
    }
    assert {end.line for end in ends} == {line for line in package.lines if line.vertical}


def test_consulted_bodies_name_a_contact_of_their_own_region(package: OrganisationPackage) -> None:
    units = {unit.code: unit for unit in package.units}
    consulted = [unit for unit in package.units if unit.subordination in CONSULTED]

    assert {"130973-port_group", "130973-investment_group"} <= {unit.code for unit in consulted}
    assert all(units[unit.contact_unit].region == unit.region for unit in consulted)
    assert all(units[unit.contact_unit].subordination not in CONSULTED for unit in consulted)


def test_every_platform_and_livelihood_work_has_a_task_force_at_its_lead_department(
    package: OrganisationPackage,
) -> None:
    forces = {unit.code: unit.host for unit in package.units if unit.kind is UnitKind.TASK_FORCE}

    assert set(forces) == {f"13-force-{number}" for number in [*range(1, 7), *range(11, 31)]}
    assert (forces["13-force-23"], forces["13-force-25"]) == ("13-housing", "13-police")


def test_names_fit_their_columns_and_codes_are_unique(package: OrganisationPackage) -> None:
    codes = [unit.code for unit in package.units]

    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 80
    assert max(len(unit.name) for unit in package.units) <= 120
    assert max(len(unit.short) for unit in package.units) <= 60
    assert [unit.name for unit in package.units if "{" in unit.name + unit.short] == []


def test_posts_follow_the_kind_of_the_unit_and_the_rank_of_the_region(package: OrganisationPackage) -> None:
    province = [post.title for post in posts_of(package, unit_of(package, "13-leading_group"), Rank.PROVINCE)]
    county = [post.title for post in posts_of(package, unit_of(package, "130973-leading_group"), Rank.COUNTY)]

    assert province == ["组长", "第一副组长", "常务副组长", "副组长"]
    assert county == ["组长", "常务副组长", "副组长"]
    assert {post.kind for post in package.posts if post.unit_kind is UnitKind.CAMPAIGN_OFFICE} >= {
        PostKind.OFFICER,
        PostKind.ADMINISTRATOR,
    }
