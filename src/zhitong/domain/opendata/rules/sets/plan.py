"""Targets, the figures reported towards them, and how they stand: the light beside the one set by the level above."""

from __future__ import annotations

from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape, Sight, placed, places, worded
from zhitong.domain.plans.rules import Comparator, IndicatorKind, Light, TargetForm
from zhitong.domain.progress.rules import FigureOrigin, Quality, ReportState

_WHAT = (
    Column("campaign", Shape.TEXT, "活动代码", "plan.campaign", optional=False),
    Column("task_number", Shape.TEXT, "任务编号", "task.number"),
    Column("task_title", Shape.TEXT, "任务", "task.title"),
    Column("indicator_code", Shape.TEXT, "指标代码", "indicator.code", optional=False),
    Column("indicator_name", Shape.TEXT, "指标", "indicator.name", optional=False),
    Column("measure", Shape.TEXT, "计量单位", "nullif(indicator.measure, '')"),
)
_PLAN = """
    JOIN plans_plan plan ON plan.id = indicator.plan_id
    LEFT JOIN plans_task task ON task.id = indicator.task_id"""

TARGETS = DataSet(
    "targets", "目标值", "每个指标在每个地区的目标值一行，以现在有效的为准。", Sight.TERRITORY, ("id",),
    (
        Column("id", Shape.ID, "目标的标识，不变", "target.id", optional=False),
        *_WHAT,
        *worded("kind", "indicator.kind", IndicatorKind, "指标的种类"),
        *placed("target.region_id"),
        *worded("comparator", "target.comparator", Comparator, "怎样比较"),
        Column("value", Shape.FIGURE, "目标值，按计量单位", "target.value", optional=False),
        Column("upper_value", Shape.FIGURE, "区间目标的上限", "target.upper"),
        Column("aspiration_value", Shape.FIGURE, "力争值", "target.aspiration_value"),
        Column("deadline", Shape.DAY, "完成期限", "target.deadline"),
        *worded("form", "target.form", TargetForm, "怎样判断完成"),
        Column("is_cancelled", Shape.YES_NO, "已取消", "target.is_cancelled", optional=False),
    ),
    f"""
    FROM plans_target target {places("target.region_id")}
    JOIN plans_indicator indicator ON indicator.id = target.indicator_id {_PLAN}""",
    period="deadline",
)
FIGURES = DataSet(
    "figures", "报告的数", "每份已报送的目标任务报告里的每个数一行。空着的是没有数，不是零。", Sight.REPORTS, ("id",),
    (
        Column("id", Shape.ID, "数的标识，不变", "figure.id", optional=False),
        Column("report_id", Shape.ID, "报告的标识", "figure.report_id", optional=False),
        *_WHAT,
        *placed("report.region_id"),
        Column("unit_id", Shape.ID, "报送单位的标识", "report.unit_id", optional=False),
        Column("unit_code", Shape.TEXT, "报送单位代码，与 units 的 code 对应", "unit.code", optional=False),
        Column("unit_name", Shape.TEXT, "报送单位", "unit.name", optional=False),
        Column("period", Shape.TEXT, "期别", "report.period", optional=False),
        Column("period_end", Shape.DAY, "期末", "report.period_end", optional=False),
        Column("value", Shape.FIGURE, "数，按计量单位", "figure.value"),
        Column("stage", Shape.TEXT, "定性目标到了哪一步（代码）", "nullif(figure.stage, '')"),
        *worded("origin", "figure.origin", FigureOrigin, "数从哪里来"),
        *worded("quality", "figure.quality", Quality, "数的性质"),
        Column("as_of", Shape.DAY, "数据截至", "figure.as_of"),
        *worded("state", "report.state", ReportState, "报告走到哪一步"),
        Column("submitted_at", Shape.MOMENT, "报送", "report.submitted_at"),
        Column("accepted_at", Shape.MOMENT, "上级接受", "report.accepted_at"),
    ),
    f"""
    FROM progress_figure figure
    JOIN progress_report report ON report.id = figure.report_id AND report.state IN ('submitted', 'approved', 'accepted')
    {places("report.region_id")}
    JOIN organisations_unit unit ON unit.id = report.unit_id
    JOIN plans_indicator indicator ON indicator.id = figure.indicator_id {_PLAN}""",
    thing="unit_id", period="period_end",
)
STANDINGS = DataSet(
    "standings", "目标进度", "每个目标每一期一行：完成多少、按序时应完成多少、亮什么灯。", Sight.TERRITORY, ("id",),
    (
        Column("id", Shape.ID, "标识，不变", "standing.id", optional=False),
        Column("target_id", Shape.ID, "目标，与 targets 的 id 对应", "standing.target_id", optional=False),
        *_WHAT,
        *placed("standing.region_id"),
        Column("period", Shape.TEXT, "期别", "standing.period", optional=False),
        Column("period_end", Shape.DAY, "期末", "standing.period_end", optional=False),
        Column("actual", Shape.FIGURE, "实际完成，按计量单位", "standing.actual"),
        Column("expected", Shape.FIGURE, "按序时应完成", "standing.expected"),
        Column("share", Shape.FIGURE, "完成比例（1为达到目标）", "standing.share"),
        Column("expected_share", Shape.FIGURE, "序时比例", "standing.expected_share"),
        *worded("light", "standing.light", Light, "按规则算出的灯"),
        *worded("set_light", "override.light", Light, "上级另定的灯；没有另定的为空"),
        Column("is_accepted", Shape.YES_NO, "报告已被上级接受", "standing.is_accepted", optional=False),
        Column("is_newest", Shape.YES_NO, "是这个目标最新的一期", "standing.is_newest", optional=False),
        Column("words", Shape.TEXT, "灯的算法", "standing.words", optional=False),
        Column("computed_at", Shape.MOMENT, "何时算出", "standing.computed_at", optional=False),
    ),
    f"""
    FROM progress_standing standing {places("standing.region_id")}
    JOIN plans_indicator indicator ON indicator.id = standing.indicator_id {_PLAN}
    LEFT JOIN progress_override override ON override.target_id = standing.target_id
        AND override.period = standing.period AND override.released_at IS NULL""",
    period="period_end",
)
