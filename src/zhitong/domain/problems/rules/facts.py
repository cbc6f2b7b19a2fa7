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
    CORRECTED = "problem.corrected", "更正登记", True
    MERGED = "problem.merged", "并案", True
    SPLIT = "problem.split", "拆分", True
    DECLINE_SOUND = "problem.decline_sound", "上级抽查，不予受理妥当", False
    DECLINE_WANTING = "problem.decline_wanting", "上级抽查，不予受理不妥", False
    OBJECTED = "problem.objected", "企业对不予受理提出异议", True
    OVERRULED = "problem.overruled", "上级责令受理", True
    DECLINE_UPHELD = "problem.decline_upheld", "维持不予受理", True
    DISPATCHED = "problem.dispatched", "交办", True
    DESIGNATED = "problem.designated", "指定承办", True
    ACKNOWLEDGED = "problem.acknowledged", "签收并联系企业", True
    CONTACTED = "problem.contacted", "重新联系企业", True
    CONTACT_CONFIRMED = "problem.contact_confirmed", "企业确认已联系", True
    CONTACT_VOIDED = "problem.contact_voided", "企业反映没有联系", True
    REPLIED = "problem.replied", "阶段性答复", True
    SENT_BACK = "problem.sent_back", "退回活动办公室", False
    REASSIGNED = "problem.reassigned", "改派", True
    OFFERED = "problem.offered", "商议移交", False
    TAKEN = "problem.taken", "接收移交", True
    TURNED_DOWN = "problem.turned_down", "不接收移交", False
    INVITED = "problem.invited", "请协办", False
    CONSULTED = "problem.consulted", "商请", False
    PART_ANSWERED = "problem.part_answered", "反馈协办情况", False
    REPLY_REGISTERED = "problem.reply_registered", "登记商请复函", False
    EXTENSION_ASKED = "problem.extension_asked", "申请延期", False
    PAUSE_ASKED = "problem.pause_asked", "申请暂停", False
    PARK_ASKED = "problem.park_asked", "申请挂账", False
    EXTENDED = "problem.extended", "同意延期", True
    PAUSED = "problem.paused", "暂停办理", True
    PARKED = "problem.parked", "挂账", True
    REQUEST_REFUSED = "problem.request_refused", "不同意申请", False
    PRECHECKED = "problem.prechecked", "乡镇初核", True
    RESUMED = "problem.resumed", "恢复办理", True
    WITHDRAWAL_ASKED = "problem.withdrawal_asked", "企业申请撤回", True
    WITHDRAWN = "problem.withdrawn", "撤回", True
    COMPLETED = "problem.completed", "办结", True
    PROPOSED = "problem.proposed", "提出提请上级协调", False
    KEPT = "problem.kept", "未同意上报，继续办理", False
    ESCALATED = "problem.escalated", "提请上级协调", True
    ASKED_LOWER = "problem.asked_lower", "上级要求补充", False
    RULED_OWN_LEVEL = "problem.ruled_own_level", "上级认为应由本级解决", False
    ADVISED = "problem.advised", "上级提出意见返回办理", True
    COORDINATED = "problem.coordinated", "统筹协调", True
    TAKEN_OVER = "problem.taken_over", "提级办理", True
    LOOKED_IN = "problem.looked_in", "企业请上级过问", True
    LOOK_IN_ANSWERED = "problem.look_in_answered", "答复过问", True
    PASSED_DOWN = "problem.passed_down", "向下级传答复", False
    CONFIRMED = "problem.confirmed", "企业确认", True
    REJECTED = "problem.rejected", "企业不满意", True
    RATED = "problem.rated", "企业负责人评价", True
    HANDLED_ANEW = "problem.handled_anew", "重新办理", True
    UPHELD = "problem.upheld", "维持原答复", True
    ENDED = "problem.ended", "终结", True
    REOPENED = "problem.reopened", "重新受理", True
    VERIFIED = "problem.verified", "核查通过", False
    FOUND_WANTING = "problem.found_wanting", "核查不实，重新办理", True
    CLOSED_OFF = "problem.closed_off", "销号", True
    CLOSED_UNRATED = "problem.closed_unrated", "未评价销号", True
    CALLED_BACK = "problem.called_back", "交叉回访", True
    OUTCOME_HELD = "problem.outcome_held", "办结抽查属实", False
    OUTCOME_DOUBTED = "problem.outcome_doubted", "办结抽查不实", False


class RoutingFact(Enum):
    """What is recorded of the routing rules."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Any:
        """Keep the word as the value, the label beside it."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member

    SAVED = "routing.saved", "修改分发规则"


FACT_OF: dict[Act, ProblemFact] = {
    Act.SUBMIT: ProblemFact.SUBMITTED,
    Act.ACCEPT: ProblemFact.ACCEPTED,
    Act.PRECHECK: ProblemFact.PRECHECKED,
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
    Act.RATE: ProblemFact.RATED,
    Act.HANDLE_ANEW: ProblemFact.HANDLED_ANEW,
    Act.UPHOLD: ProblemFact.UPHELD,
    Act.END: ProblemFact.ENDED,
    Act.CLOSE_OFF: ProblemFact.CLOSED_OFF,
    Act.CORRECT: ProblemFact.CORRECTED,
    Act.MERGE: ProblemFact.MERGED,
    Act.SPLIT: ProblemFact.SPLIT,
    Act.OBJECT: ProblemFact.OBJECTED,
    Act.OVERRULE: ProblemFact.OVERRULED,
    Act.UPHOLD_DECLINE: ProblemFact.DECLINE_UPHELD,
    Act.DESIGNATE: ProblemFact.DESIGNATED,
    Act.CONTACT: ProblemFact.CONTACTED,
    Act.CONFIRM_CONTACT: ProblemFact.CONTACT_CONFIRMED,
    Act.VOID_CONTACT: ProblemFact.CONTACT_VOIDED,
    Act.OFFER: ProblemFact.OFFERED,
    Act.TAKE: ProblemFact.TAKEN,
    Act.TURN_DOWN: ProblemFact.TURNED_DOWN,
    Act.INVITE: ProblemFact.INVITED,
    Act.CONSULT: ProblemFact.CONSULTED,
    Act.ANSWER_PART: ProblemFact.PART_ANSWERED,
    Act.REGISTER_REPLY: ProblemFact.REPLY_REGISTERED,
    Act.ASK_EXTENSION: ProblemFact.EXTENSION_ASKED,
    Act.ASK_PAUSE: ProblemFact.PAUSE_ASKED,
    Act.ASK_PARK: ProblemFact.PARK_ASKED,
    Act.GRANT_EXTENSION: ProblemFact.EXTENDED,
    Act.GRANT_PAUSE: ProblemFact.PAUSED,
    Act.GRANT_PARK: ProblemFact.PARKED,
    Act.REFUSE_REQUEST: ProblemFact.REQUEST_REFUSED,
    Act.RESUME: ProblemFact.RESUMED,
    Act.ASK_WITHDRAWAL: ProblemFact.WITHDRAWAL_ASKED,
    Act.GRANT_WITHDRAWAL: ProblemFact.WITHDRAWN,
    Act.ADVISE: ProblemFact.ADVISED,
    Act.COORDINATE: ProblemFact.COORDINATED,
    Act.TAKE_OVER: ProblemFact.TAKEN_OVER,
    Act.LOOK_IN: ProblemFact.LOOKED_IN,
    Act.ANSWER_LOOK_IN: ProblemFact.LOOK_IN_ANSWERED,
    Act.REOPEN: ProblemFact.REOPENED,
    Act.VERIFY: ProblemFact.VERIFIED,
    Act.FIND_WANTING: ProblemFact.FOUND_WANTING,
    Act.CLOSE_UNRATED: ProblemFact.CLOSED_UNRATED,
}

TOLD_WORDS: dict[str, str] = {
    "text": "内容", "contact": "联系情况", "question": "需补正", "rule": "依据", "channel": "正确渠道",
    "reason": "说明", "words": "企业意见", "why": "交办依据", "pause_reason": "暂停事由", "until": "预计恢复",
    "arithmetic": "时限计算", "changed": "更正", "into": "并入", "remains": "本件继续办理", "parts": "分出",
    "chaired_by": "主持", "decided": "议定事项", "shares": "分工", "new_facts": "新的事实", "finding": "初核结论",
}
"""What the reporter reads beside a fact that is told to him; the key in the fact and the word before it."""

INNER_WORDS: dict[str, str] = {
    **TOLD_WORDS, "whose": "应由谁办", "tried": "已做工作", "asked_for": "请求事项", "consent_by": "同意上报的负责人",
    "note": "嘱咐", "signed": "审签", "decision": "审批意见", "checked": "核查情况", "duties": "职责核定", "units": "单位",
    "letter": "文号",
}
"""What offices read beside a fact."""
