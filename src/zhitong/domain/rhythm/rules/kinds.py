"""The words of the rhythm: kinds of cycles, how one stands, where an agenda item comes from, how a decision stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.calendars.rules import PeriodKind
from zhitong.kit.choices import Word


class CycleKind(Word):
    """The meetings that come round.

    Source: 冀发〔2018〕7号 四（三）、一（四）; R-G2.
    """

    MONTHLY_MEETING = "monthly_meeting", "月推进会"
    MONTHLY_SUPERVISION = "monthly_supervision", "月督查"
    QUARTERLY = "quarterly", "季调度"
    MID_YEAR = "mid_year", "半年会商"
    ANNUAL = "annual", "年考核"


PERIOD_OF: Mapping[CycleKind, PeriodKind] = {
    CycleKind.MONTHLY_MEETING: PeriodKind.MONTH,
    CycleKind.MONTHLY_SUPERVISION: PeriodKind.MONTH,
    CycleKind.QUARTERLY: PeriodKind.QUARTER,
    CycleKind.MID_YEAR: PeriodKind.HALF_YEAR,
    CycleKind.ANNUAL: PeriodKind.YEAR,
}
"""How long the period of each kind is."""


class CycleState(Word):
    """How a cycle stands."""

    PREPARING = "preparing", "筹备中"
    CALLED = "called", "已通知"
    HELD = "held", "已召开"
    PUBLISHED = "published", "跟踪落实"
    FILED = "filed", "已归档"
    DROPPED = "dropped", "已取消"


class CycleSide(Word):
    """From which side a unit looks at cycles."""

    OWN = "own", "本单位召集"
    CALLED = "called", "请本单位参加"
    BELOW = "below", "下级地区"


class AgendaSource(Word):
    """Where an item of an agenda comes from; the first four are gathered."""

    DECISION = "decision", "上次未落实的决定事项"
    TARGET = "target", "滞后的目标"
    PROBLEM = "problem", "超期的问题"
    FINDING = "finding", "逾期未整改"
    ASKED = "asked", "单位提请"
    OWN = "own", "本办增加"


GATHERED = (AgendaSource.DECISION, AgendaSource.TARGET, AgendaSource.PROBLEM, AgendaSource.FINDING)
"""What an agenda gathers by itself, in the order in which a meeting takes it up."""


class AgendaState(Word):
    """Whether an item is taken up."""

    ASKED = "asked", "待确定"
    ON = "on", "列入"
    OFF = "off", "不列入"


class DecisionState(Word):
    """How a decision stands; a draft is seen by its office alone, until the minutes are published."""

    DRAFT = "draft", "未印发"
    OPEN = "open", "落实中"
    ANSWERED = "answered", "已报落实"
    RETURNED = "returned", "退回续办"
    CLOSED = "closed", "已落实"


class SnapshotFigure(Word):
    """The figures that a snapshot keeps."""

    REPORTED = "reported", "累计反映问题"
    SETTLED = "settled", "其中已销号"
    UNSETTLED = "unsettled", "未办结"
    OVERDUE = "overdue", "其中超期"
    TARGETS = "targets", "本级目标"
    RED_TARGETS = "red_targets", "其中滞后"
    FINDINGS_LATE = "findings_late", "逾期未整改"
    DECISIONS_OPEN = "decisions_open", "未落实的决定事项"
    DECISIONS_LATE = "decisions_late", "其中超期的决定事项"
