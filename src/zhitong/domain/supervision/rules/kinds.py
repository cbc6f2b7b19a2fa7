"""The words of supervision: how a matter is pressed, how a supervision and an instruction stand."""

from __future__ import annotations

from zhitong.kit.choices import Word


class UrgingKind(Word):
    """How a problem was pressed."""

    REMIND = "remind", "催办"
    SUPERVISE = "supervise", "督办"
    INSTRUCT = "instruct", "批示"


class Grade(Word):
    """How strongly a unit is supervised; printed as a word, never a colour alone."""

    ORDINARY = "ordinary", "一般督办"
    KEY = "key", "重点督办"
    LISTED = "listed", "挂牌督办"


class SupervisionState(Word):
    """How a supervision stands."""

    DRAFTED = "drafted", "待签发"
    ISSUED = "issued", "待反馈"
    ANSWERED = "answered", "已反馈"
    RETURNED = "returned", "退回重报"
    ACCEPTED = "accepted", "已办结"


class InstructionKind(Word):
    """What a leader left on the paper: words, or only the mark of having read it."""

    WORDS = "words", "批示"
    READ = "read", "圈阅"


class ItemState(Word):
    """How a matter that an instruction gave to a unit stands."""

    ASSIGNED = "assigned", "待办理"
    REPORTED = "reported", "已报办理情况"
    ENDED = "ended", "领导已阅批"


class LedgerState(Word):
    """How an instruction stands as a whole, from its items."""

    FILED = "filed", "已登记"
    OPEN = "open", "落实中"
    DONE = "done", "已办结"


class DutyKind(Word):
    """What supervision asks of a unit or of a clerk."""

    ISSUE = "issue", "签发"
    ANSWER = "answer", "反馈"
    ACCEPT = "accept", "审核反馈"
    REPORT = "report", "报办理情况"
    CHASE = "chase", "催报办理情况"
    CLOSE = "close", "呈报专报、登记答复"


class Side(Word):
    """From which side a unit looks at supervisions."""

    SENT = "sent", "本单位下发"
    RECEIVED = "received", "下发本单位"
    BELOW = "below", "本辖区全部"


class EffectState(Word):
    """What came of an urging within two working days."""

    WAITING = "waiting", "两个工作日内，还没有动作"
    ACTED = "acted", "两个工作日内有动作"
    NOTHING = "nothing", "两个工作日内没有动作"
