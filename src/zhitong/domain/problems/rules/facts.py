"""The kinds of facts a problem leaves, in the words its timeline uses, and which of them the reporter reads."""

from __future__ import annotations

from enum import Enum
from typing import Any

from zhitong.domain.problems.rules.way import Act


class ProblemFact(Enum):
    """kind = stored word; label = what the timeline says; told = whether the reporter reads it and its words."""

    label: str
    told: bool

    def __new__(cls, word: str, label: str = "", told: bool = False) -> Any:
        """Keep the word as the value, label and told beside it."""
        member = object.__new__(cls)
        member._value_ = word
        member.label, member.told = label, told
        return member

    SUBMITTED = "problem.submitted", "提交问题", True
    ACCEPTED = "problem.accepted", "受理", True
    ASKED_MORE = "problem.asked_more", "请企业补正", True
    SUPPLIED = "problem.supplied", "补正", True
    DECLINED = "problem.declined", "不予受理", True
    DISPATCHED = "problem.dispatched", "交办", True
    ACKNOWLEDGED = "problem.acknowledged", "签收并联系企业", True
    REPLIED = "problem.replied", "阶段性答复", True
    SENT_BACK = "problem.sent_back", "退回活动办公室", False
    REASSIGNED = "problem.reassigned", "改派", True
    COMPLETED = "problem.completed", "办结", True
    PROPOSED = "problem.proposed", "提出提请上级协调", False
    KEPT = "problem.kept", "未同意上报，继续办理", False
    ESCALATED = "problem.escalated", "提请上级协调", True
    ASKED_LOWER = "problem.asked_lower", "上级要求补充", False
    RULED_OWN_LEVEL = "problem.ruled_own_level", "上级认为应由本级解决", False
    PASSED_DOWN = "problem.passed_down", "向下级传答复", False
    CONFIRMED = "problem.confirmed", "企业确认", True
    REJECTED = "problem.rejected", "企业不满意", True
    HANDLED_ANEW = "problem.handled_anew", "重新办理", True
    UPHELD = "problem.upheld", "维持原答复", True
    ENDED = "problem.ended", "终结", True
    CLOSED_OFF = "problem.closed_off", "销号", True


FACT_OF: dict[Act, ProblemFact] = {
    Act.SUBMIT: ProblemFact.SUBMITTED,
    Act.ACCEPT: ProblemFact.ACCEPTED,
    Act.ASK_MORE: ProblemFact.ASKED_MORE,
    Act.SUPPLY: ProblemFact.SUPPLIED,
    Act.DECLINE: ProblemFact.DECLINED,
    Act.DISPATCH: ProblemFact.DISPATCHED,
    Act.ACKNOWLEDGE: ProblemFact.ACKNOWLEDGED,
    Act.REPLY: ProblemFact.REPLIED,
    Act.SEND_BACK: ProblemFact.SENT_BACK,
    Act.REASSIGN: ProblemFact.REASSIGNED,
    Act.COMPLETE: ProblemFact.COMPLETED,
    Act.PROPOSE: ProblemFact.PROPOSED,
    Act.KEEP: ProblemFact.KEPT,
    Act.ESCALATE: ProblemFact.ESCALATED,
    Act.ASK_LOWER: ProblemFact.ASKED_LOWER,
    Act.RULE_OWN_LEVEL: ProblemFact.RULED_OWN_LEVEL,
    Act.PASS_DOWN: ProblemFact.PASSED_DOWN,
    Act.CONFIRM: ProblemFact.CONFIRMED,
    Act.REJECT: ProblemFact.REJECTED,
    Act.HANDLE_ANEW: ProblemFact.HANDLED_ANEW,
    Act.UPHOLD: ProblemFact.UPHELD,
    Act.END: ProblemFact.ENDED,
    Act.CLOSE_OFF: ProblemFact.CLOSED_OFF,
}

TOLD_WORDS: dict[str, str] = {
    "text": "内容", "contact": "联系情况", "question": "需补正", "rule": "依据", "channel": "正确渠道",
    "reason": "说明", "words": "企业意见", "why": "交办依据",
}
"""What the reporter reads beside a fact that is told to him; the key in the fact and the word before it."""

INNER_WORDS: dict[str, str] = {
    **TOLD_WORDS, "whose": "应由谁办", "tried": "已做工作", "asked_for": "请求事项", "consent_by": "同意上报的负责人",
    "note": "嘱咐",
}
"""What offices read beside a fact."""
