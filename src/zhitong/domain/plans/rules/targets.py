"""The forms a target takes, the shapes of its curve of expected progress, and where a value in force comes from."""

from __future__ import annotations

from zhitong.kit.choices import Word


class TargetForm(Word):
    """How it is told whether a target is reached."""

    NUMBER = "number", "数值"
    FORMULA = "formula", "按另一指标推算"
    MILESTONE = "milestone", "以节点完成为准"
    QUALITATIVE = "qualitative", "定性"


class Stage(Word):
    """How far a qualitative target has come, in the words of progress reports."""

    NOT_BEGUN = "not_begun", "未启动"
    BEGUN = "begun", "已启动"
    ADVANCING = "advancing", "推进中"
    NEARLY = "nearly", "基本完成"
    DONE = "done", "完成"


class CurveShape(Word):
    """How progress is expected to come over the year."""

    LINEAR = "linear", "按工作日均衡推进"
    MONTHLY = "monthly", "按月计划"
    SEASONAL = "seasonal", "按季节"
    S_CURVE = "s_curve", "前后缓、中间快"
    STEP = "step", "到期一次完成"
    LEVEL = "level", "始终保持"


class CurveState(Word):
    """What the level above has said of a curve."""

    PROPOSED = "proposed", "待上级认可"
    ACCEPTED = "accepted", "上级已认可"
    RETURNED = "returned", "上级退回"


class TermSource(Word):
    """Where a value in force comes from."""

    PLAN = "plan", "方案"
    DIVISION = "division", "上级分解下达"
    AMENDMENT = "amendment", "调整"
