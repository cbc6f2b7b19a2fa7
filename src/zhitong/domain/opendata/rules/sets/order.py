"""The standing order others join with: regions, units of government, and the days of the calendar."""

from __future__ import annotations

from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape, Sight, placed, places, worded
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind, Subordination, UnitKind

_HERE = {column.name: column for column in placed("region_itself.id")}

REGIONS = DataSet(
    "regions", "地区", "每个地区一行，连同它所在的省、市、县。", Sight.OFFICIALS, ("code",),
    (
        Column("id", Shape.ID, "地区的标识，不变", "region_itself.id", optional=False),
        Column("code", Shape.TEXT, "地区代码", "region_itself.code", optional=False),
        Column("name", Shape.TEXT, "名称", "region_itself.name", optional=False),
        Column("short", Shape.TEXT, "简称", "region_itself.short", optional=False),
        *worded("rank", "region_itself.rank", Rank, "级别"),
        *worded("kind", "region_itself.kind", RegionKind, "种类"),
        Column("statistics_code", Shape.TEXT, "统计用区划代码；功能区没有", "nullif(region_itself.statistics_code, '')"),
        Column("parent_code", Shape.TEXT, "报送上级的代码；最高一级没有", "parent.code"),
        *(_HERE[f"{rank.value}_name"] for rank in Rank),
        Column("position", Shape.WHOLE, "排列顺序", "region_itself.position", optional=False),
    ),
    f"""
    FROM organisations_region region_itself {places("region_itself.id")}
    LEFT JOIN organisations_region_within above_it ON above_it.region_id = region_itself.id AND above_it.depth = 1
    LEFT JOIN organisations_region parent ON parent.id = above_it.ancestor_id""",
    sorts=("position", "name"),
)
UNITS = DataSet(
    "units", "单位", "每个政府单位一行，包括已撤销的；企业的本单位不在其中。", Sight.OFFICIALS, ("code",),
    (
        Column("code", Shape.TEXT, "单位代码", "unit.code", optional=False),
        Column("name", Shape.TEXT, "名称", "unit.name", optional=False),
        Column("short", Shape.TEXT, "简称", "unit.short", optional=False),
        *worded("kind", "unit.kind", UnitKind, "种类"),
        *placed("unit.region_id"),
        *worded("subordination", "unit.subordination", Subordination, "隶属"),
        Column(
            "line_names", Shape.TEXT, "承担的条线，用顿号隔开",
            "CASE WHEN unit.keeps_all_lines THEN '全部' ELSE (SELECT string_agg(line.name, '、' ORDER BY line.position)"
            " FROM organisations_line_kept kept JOIN organisations_line line ON line.id = kept.line_id"
            " WHERE kept.unit_id = unit.id AND kept.until IS NULL) END",
        ),
        Column("ended_on", Shape.DAY, "撤销日期", "unit.ended_on"),
    ),
    f"FROM organisations_unit unit {places('unit.region_id')} WHERE unit.kind <> 'served'",
    sorts=("name",),
)
DAYS = DataSet(
    "days", "工作日历", "已公布年份的每一天一行：上不上班、是什么节。各地自定的日子不在其中。", Sight.EVERYBODY, ("day",),
    (
        Column("day", Shape.DAY, "日期", "(begins.day + passed)", optional=False),
        Column("year", Shape.WHOLE, "年", "published.year", optional=False),
        Column("month", Shape.WHOLE, "月", "extract(month FROM begins.day + passed)::integer", optional=False),
        Column("weekday", Shape.WHOLE, "星期几，1为星期一", "extract(isodow FROM begins.day + passed)::integer", optional=False),
        Column("works", Shape.YES_NO, "上班", "coalesce(special.works, extract(isodow FROM begins.day + passed) < 6)", optional=False),
        Column("name", Shape.TEXT, "节日或补班", "nullif(special.name, '')"),
    ),
    """
    FROM calendars_published_year published
    CROSS JOIN LATERAL (SELECT make_date(published.year, 1, 1) AS day, make_date(published.year, 12, 31) AS last) begins
    CROSS JOIN LATERAL generate_series(0, begins.last - begins.day) passed
    LEFT JOIN calendars_special_day special ON special.\"on\" = begins.day + passed""",
    period="day",
)
