"""The kinds of facts that cycles and decisions leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class CycleFact(Word):
    """kind = stored word; label = what the timeline says."""

    OPENED = "cycle.opened", "开始筹备"
    CHANGED = "cycle.changed", "修改会议安排"
    GATHERED = "cycle.gathered", "重新汇集议题"
    ARRANGED = "cycle.arranged", "确定议程"
    CALLED = "cycle.called", "发出会议通知"
    RECORDED = "cycle.recorded", "登记会议情况"
    PUBLISHED = "cycle.published", "印发会议纪要"
    FILED = "cycle.filed", "归档"
    DROPPED = "cycle.dropped", "取消会议"


class AgendaFact(Word):
    """kind = stored word; label = what the timeline says."""

    ASKED = "agenda.asked", "提请列入议题"
    TAKEN = "agenda.taken", "列入提请的议题"
    LEFT_OUT = "agenda.left_out", "未列入提请的议题"


class DecisionFact(Word):
    """kind = stored word; label = what the timeline says."""

    MADE = "decision.made", "会议决定"
    REPORTED = "decision.reported", "报告进展"
    ANSWERED = "decision.answered", "报告已落实"
    RETURNED = "decision.returned", "退回续办"
    CLOSED = "decision.closed", "核实后办结"


class HabitFact(Word):
    """kind = stored word; label = what the timeline says."""

    KEPT = "habit.kept", "修改例会安排"
