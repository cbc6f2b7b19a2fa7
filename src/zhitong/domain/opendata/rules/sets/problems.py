"""Problems and the stretches in which one unit was accountable for them.

What a firm wants kept in confidence has no text here, who reports unnamed has no name, and no text has anybody's number.
Source: R-F13, R-H6.
"""

from __future__ import annotations

from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape, Sight, placed, places, worded
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import Nature, Outcome, Rating, Source, SpellKind, Stage, State, Urgency
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import PHASE_OF, Phase
from zhitong.domain.problems.rules.way import Act
from zhitong.domain.subjects.rules.kinds import SubjectKind

UNNAMED = "隐名企业"
_LIGHT = (
    "CASE WHEN seen.stage_due_at IS NULL THEN 'none' WHEN seen.stage_due_at < %(now)s THEN 'overdue'"
    " WHEN seen.warn_at <= %(now)s THEN 'soon' ELSE 'normal' END"
)
"""The SQL twin of `lights.light_of`."""


def _phase(state: str) -> str:
    return f"CASE {state} " + " ".join(f"WHEN '{one.value}' THEN '{phase.value}'" for one, phase in PHASE_OF.items()) + " END"


def _named(column: str, otherwise: str) -> str:
    return f"CASE WHEN problem.unnamed THEN {otherwise} ELSE {column} END"


def _moment(name: str, about: str, of: str = "problem", *, optional: bool = True) -> Column:
    return Column(name, Shape.MOMENT, about, f"{of}.{name}", optional)


def _hours(name: str, about: str, since: str, until: str) -> Column:
    return Column(name, Shape.FIGURE, about, f"round((extract(epoch FROM ({until} - {since})) / 3600)::numeric, 2)")


def _times(name: str, about: str) -> Column:
    return Column(name, Shape.WHOLE, about, f"problem.{name}", optional=False)


def _whether(name: str, about: str) -> Column:
    return Column(name, Shape.YES_NO, about, f"problem.{name}", optional=False)


_WHAT = (
    Column("id", Shape.ID, "问题的标识，不变", "problem.id", optional=False),
    Column("number", Shape.TEXT, "问题编号", "problem.number", optional=False),
    Column("campaign", Shape.TEXT, "活动代码", "problem.campaign", optional=False),
    *placed("problem.region_id"),
    Column("category", Shape.TEXT, "类别代码", "problem.category", optional=False),
    Column("category_label", Shape.TEXT, "类别", "category.label"),
    *worded("subject_kind", "problem.subject_kind", SubjectKind, "服务对象的种类"),
    Column("subject_id", Shape.ID, "服务对象，与 subjects 的 id 对应；隐名的为空", _named("problem.subject_id", "NULL")),
    Column("subject_name", Shape.TEXT, "服务对象名称；隐名的写“隐名企业”", _named("problem.subject_name", f"'{UNNAMED}'")),
    Column("tier", Shape.TEXT, "服务对象的帮扶层级（代码）", "nullif(problem.tier, '')", words=Rank),
    *worded("source", "problem.source", Source, "来源"),
    *worded("nature", "problem.nature", Nature, "性质"),
    *worded("urgency", "problem.urgency", Urgency, "紧急程度"),
    Column("line_id", Shape.ID, "条线的标识", "problem.line_id"),
    Column("line_code", Shape.TEXT, "条线代码", "line.code"),
    Column("line_name", Shape.TEXT, "条线", "line.name"),
    _whether("confidential", "企业要求保密"),
    _whether("unnamed", "隐名办理"),
    _whether("recorded", "事后补录"),
)
_STANDS = (
    *worded("state", "problem.state", State, "现在的状态"),
    *worded("phase", _phase("problem.state"), Phase, "阶段"),
    *worded("level_rank", "level.rank", Rank, "现在停在哪一级"),
    Column("level_name", Shape.TEXT, "现在停在哪个地区", "level.name", optional=False),
    Column("unit_code", Shape.TEXT, "现在的承办单位代码，与 units 的 code 对应", "unit.code"),
    Column("unit_name", Shape.TEXT, "现在的承办单位", "unit.name"),
    *worded("stage", "problem.stage", Stage, "正在计时的环节"),
    _moment("stage_due_at", "这个环节到期"),
    _moment("warn_at", "这个环节从何时起算临期"),
    *worded("light", _LIGHT, Light, "读取时的灯", at_reading=True),
    *worded("outcome", "problem.outcome", Outcome, "办理结果"),
    *worded("rating", "problem.rating", Rating, "企业评价"),
    Column("routing_rule", Shape.TEXT, "按哪条规则交办（代码）", "nullif(problem.rule_code, '')"),
)
_WENT = (
    _moment("submitted_at", "提交", optional=False),
    _moment("accepted_at", "受理"),
    _moment("answered_at", "答复"),
    _moment("ended_at", "结束"),
    _moment("first_due_at", "总时限（首次定下的）"),
    _moment("due_at", "总时限（延期后的）"),
    _moment("last_at", "最近一次办理", optional=False),
    _hours("hours_to_answer", "提交到答复，自然小时", "problem.submitted_at", "problem.answered_at"),
    _hours("hours_to_end", "提交到结束，自然小时", "problem.submitted_at", "problem.ended_at"),
    _times("climbs", "提请上级次数"),
    _times("send_backs", "退回次数"),
    _times("rejections", "不满意次数"),
    _times("extensions", "延期次数"),
    _times("pauses", "暂停次数"),
    _times("hand_overs", "移交次数"),
    _whether("misrouted", "交错过单位"),
    _whether("verified", "办结经核查属实"),
    Column(
        "text", Shape.TEXT, "问题描述；号码已隐去，保密的和隐名的为空；不能用来筛选",
        "CASE WHEN NOT problem.confidential AND NOT problem.unnamed THEN open_data.without_numbers(problem.text) END",
        filtered=False,
    ),
)
PROBLEMS = DataSet(
    "problems", "问题", "每个问题一行：在哪里、是什么、停在谁手里、到了哪一步、用了多久、企业怎么评价。", Sight.PROBLEMS, ("id",),
    (*_WHAT, *_STANDS, *_WENT),
    f"""
    FROM problems_problem problem {places("problem.region_id")}
    JOIN organisations_region level ON level.id = problem.level_region_id
    LEFT JOIN organisations_line line ON line.id = problem.line_id
    LEFT JOIN organisations_unit unit ON unit.id = problem.accountable_unit_id
    LEFT JOIN problems_category category ON category.campaign = problem.campaign
        AND category.kind = problem.subject_kind AND category.code = problem.category""",
    period="submitted_at",
)
SPELLS = DataSet(
    "spells", "承办环节", "问题在一个单位手里的每一段为一行：从何时到何时、何时签收、何时到期。", Sight.PROBLEMS,
    ("problem_id", "started_at", "id"),
    (
        Column("id", Shape.ID, "环节的标识", "spell.id", optional=False),
        Column("problem_id", Shape.ID, "问题，与 problems 的 id 对应", "spell.problem_id", optional=False),
        Column("problem_number", Shape.TEXT, "问题编号", "problem.number", optional=False),
        *placed("problem.region_id"),
        Column("line_id", Shape.ID, "条线的标识", "problem.line_id"),
        _whether("confidential", "企业要求保密"),
        *worded("kind", "spell.kind", SpellKind, "为什么在这个单位"),
        Column("unit_code", Shape.TEXT, "单位代码，与 units 的 code 对应", "unit.code", optional=False),
        Column("unit_name", Shape.TEXT, "单位", "unit.name", optional=False),
        Column("unit_region_name", Shape.TEXT, "单位所在地区", "held.name", optional=False),
        _moment("started_at", "从何时起", "spell", optional=False),
        _moment("acknowledged_at", "签收", "spell"),
        _moment("stopped_at", "办结（停表）", "spell"),
        _moment("ended_at", "到何时止；还在手里的为空", "spell"),
        _moment("first_due_at", "首次定下的时限", "spell"),
        _moment("due_at", "现在的时限", "spell"),
        _hours("hours", "在手里多久，自然小时；还在手里的为空", "spell.started_at", "spell.ended_at"),
        Column("designated", Shape.YES_NO, "是指定承办", "spell.designated", optional=False),
    ),
    f"""
    FROM problems_spell spell JOIN problems_problem problem ON problem.id = spell.problem_id {places("problem.region_id")}
    JOIN organisations_unit unit ON unit.id = spell.unit_id
    JOIN organisations_region held ON held.id = spell.region_id""",
    thing="problem_id", period="started_at",
)
STAYS = DataSet(
    "stays", "停留", "问题的状态、单位、类别等都没有变的每一段为一行：由哪个动作开始、停在哪里、停了多久。", Sight.PROBLEMS,
    ("problem_id", "since", "id"),
    (
        Column("id", Shape.ID, "这一段的标识", "stay.id", optional=False),
        Column("problem_id", Shape.ID, "问题，与 problems 的 id 对应", "stay.problem_id", optional=False),
        Column("problem_number", Shape.TEXT, "问题编号", "problem.number", optional=False),
        *placed("stay.region_id"),
        Column("line_id", Shape.ID, "当时条线的标识", "stay.line_id"),
        _whether("confidential", "企业要求保密（现在）"),
        _moment("since", "从何时起", "stay", optional=False),
        _moment("until", "到何时止；还停着的为空", "stay"),
        *worded("act", "stay.act", Act, "由哪个动作开始"),
        *worded("state", "stay.state", State, "状态"),
        *worded("phase", _phase("stay.state"), Phase, "阶段"),
        *worded("level_rank", "stay.level_rank", Rank, "停在哪一级"),
        Column("level_name", Shape.TEXT, "停在哪个地区", "level.name", optional=False),
        Column("unit_code", Shape.TEXT, "承办单位代码，与 units 的 code 对应", "unit.code"),
        Column("unit_name", Shape.TEXT, "承办单位", "unit.name"),
        Column("category", Shape.TEXT, "当时的类别代码", "stay.category", optional=False),
        *worded("subject_kind", "stay.subject_kind", SubjectKind, "服务对象的种类"),
        *worded("stage", "stay.stage", Stage, "正在计时的环节"),
        _moment("stage_due_at", "这个环节到期", "stay"),
        Column("misrouted", Shape.YES_NO, "到这时已知交错过单位", "stay.misrouted", optional=False),
        _hours("hours", "停了多久，自然小时；还停着的为空", "stay.since", "stay.until"),
        Column("worked_minutes", Shape.WHOLE, "停了多久，承办单位的工作分钟；事后算出", "stay.worked_minutes"),
    ),
    f"""
    FROM problems_stay stay JOIN problems_problem problem ON problem.id = stay.problem_id {places("stay.region_id")}
    JOIN organisations_region level ON level.id = stay.level_region_id
    LEFT JOIN organisations_unit unit ON unit.id = stay.unit_id""",
    thing="problem_id", period="since",
)
