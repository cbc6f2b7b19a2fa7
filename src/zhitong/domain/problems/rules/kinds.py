"""The words of a problem: where it came from, what it is, how it stands, how it ended."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Source(Word):
    """The door through which a matter came."""

    CARD = "card", "反馈卡"
    REPORT = "report", "我要反映问题"
    VISIT = "visit", "走访"
    SYMPOSIUM = "symposium", "座谈会"
    SCREENING = "screening", "问题大排查"
    CALL = "call", "来电"
    WECHAT = "wechat", "微信"
    WALK_IN = "walk_in", "来访"
    HOTLINE = "hotline", "热线转办"
    DEPUTY = "deputy", "代表委员建议"
    INSTRUCTION = "instruction", "领导批示"
    PROGRESS = "progress", "目标任务报告"
    API = "api", "其他系统"


UNDECIDED, UNDECIDED_WORDS = "undecided", "类别待定"
"""The category of a matter that nobody has sorted yet: no rule speaks of it, its office decides before it is dispatched."""


class Nature(Word):
    """What kind of matter it is; complaints about persons have a sealed channel of their own and never come here."""

    REQUEST = "request", "诉求"
    INQUIRY = "inquiry", "咨询"
    SUGGESTION = "suggestion", "建议"


class Urgency(Word):
    """How pressing it is; chooses the limits."""

    ORDINARY = "ordinary", "一般"
    URGENT = "urgent", "紧急"


class State(Word):
    """How a problem stands."""

    SUBMITTED = "submitted", "待受理"
    ASKED = "asked", "待补正"
    ACCEPTED = "accepted", "待交办"
    DISPATCHED = "dispatched", "待签收"
    HANDLING = "handling", "办理中"
    PAUSED = "paused", "暂停办理"
    PARKED = "parked", "挂账"
    PROPOSED = "proposed", "拟提请上级"
    RETURNING = "returning", "答复返回中"
    ANSWERED = "answered", "待企业确认"
    REVIEW = "review", "复核中"
    CONFIRMED = "confirmed", "待销号"
    CLOSED = "closed", "已销号"
    DECLINED = "declined", "不予受理"
    OBJECTED = "objected", "异议复核中"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "终结"


CLOSED_STATES = frozenset({State.CLOSED, State.DECLINED, State.ENDED, State.MERGED, State.WITHDRAWN})
"""Nobody is accountable any more."""

OPEN_STATES = frozenset(State) - CLOSED_STATES


class Outcome(Word):
    """How a matter was really settled; only the first needs no check."""

    SOLVED = "solved", "已解决"
    PARTLY = "partly", "部分解决"
    EXPLAINED = "explained", "解释说明"
    PLANNED = "planned", "列入计划"
    CANNOT = "cannot", "无法解决"


class Rating(Word):
    """What the reporter says of the answer; silence is none of these."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class SpellKind(Word):
    """What the accountable unit has the problem for."""

    INTAKE = "intake", "受理"
    DESK = "desk", "待交办"
    HANDLING = "handling", "办理"
    REVIEW = "review", "复核"
    OBJECTION = "objection", "异议复核"
    REOPENED = "reopened", "重新受理"


REOPENING = frozenset({SpellKind.OBJECTION, SpellKind.REOPENED})
"""With these a matter that had ended opens again: between them and the spell before nobody was accountable."""


class PartyRole(Word):
    """How a unit came to take part; parties, former ones too, go on seeing the problem."""

    OFFICE = "office", "活动办公室"
    HANDLER = "handler", "承办单位"
    JOINT = "joint", "共同牵头单位"
    SUPPORT = "support", "配合单位"
    CALLER = "caller", "回访单位"
    INFORMED = "informed", "抄告单位"


class Stage(Word):
    """The stages that have limits."""

    PRECHECK = "precheck", "乡镇初核"
    DISPATCH = "dispatch", "交办"
    ACKNOWLEDGE = "acknowledge", "签收"
    FIRST_CONTACT = "first_contact", "首次联系"
    STAGE_REPLY = "stage_reply", "阶段性答复"
    COMPLETE = "complete", "办结"
    SEND_BACK = "send_back", "退回"
    ANSWER_DOWN = "answer_down", "向下级传答复"
    REVIEW = "review", "复核"
    DECLINE = "decline", "不予受理告知"
    OBJECTION = "objection", "异议复核"
    PAUSE = "pause", "暂停"
    PARK = "park", "挂账"
    CO_HANDLE = "co_handle", "协办反馈"
    CONSULT = "consult", "商请复函"
    DECIDE = "decide", "申请审批"
    VERIFY = "verify", "核查"
    CALL_BACK = "call_back", "回访"
    CONFIRM = "confirm", "企业确认"
    CLOSE_OFF = "close_off", "销号"


OF_A_LEVEL = frozenset({Stage.ANSWER_DOWN, Stage.VERIFY})
"""Stages whose limit is not the accountable unit's: they count in the calendar of the region."""


class PrecheckFinding(Word):
    """What a township finds when it looks at an entry from its territory first (乡镇初核)."""

    TRUE = "true", "属实，按规则交办"
    UPWARD = "upward", "属实，需上级办理"
    SETTLED = "settled", "已就地解决"
    MORE = "more", "退回补正"


class DeclineReason(Word):
    """Why a matter may be declined (不予受理); each names the channel that is right instead."""

    NOT_GOVERNMENT = "not_government", "不属于政府协调解决的事项"
    IN_COURT = "in_court", "已进入诉讼、仲裁、行政复议程序"
    COMPLAINT = "complaint", "属于信访或纪检监察受理范围"
    CLASSIFIED = "classified", "内容可能涉及国家秘密"
    UNCLEAR = "unclear", "补正后仍不能确定所反映的事项"


class PowerMissing(Word):
    """What a level lacks when it asks the level above."""

    AUTHORITY = "authority", "缺少审批或决定权限"
    RESOURCES = "resources", "缺少资金、指标等资源"
    ACROSS = "across", "跨区域、跨部门需上级协调"
    POLICY = "policy", "现行政策不明确或需要调整"


class EscalationState(Word):
    """How a proposal to go up stands."""

    PROPOSED = "proposed", "待本级审核"
    REFUSED = "refused", "本级未同意"
    SENT = "sent", "已提请上级"
    MORE = "more", "上级要求补充"
    OWN_LEVEL = "own_level", "应由本级解决"
    ADVISED = "advised", "已提出意见返回下级"
    TAKEN_OVER = "taken_over", "上级提级办理"
    ANSWERED = "answered", "上级已答复"


IN_FORCE = frozenset({EscalationState.SENT, EscalationState.TAKEN_OVER, EscalationState.ANSWERED})
"""Steps up that took effect and were not given back: the answer comes down through them."""


class RequestKind(Word):
    """What a unit or a reporter asks an office to decide; one request of a problem waits at a time."""

    EXTENSION = "extension", "延期"
    PAUSE = "pause", "暂停"
    PARK = "park", "挂账"
    WITHDRAWAL = "withdrawal", "撤回"


class RequestState(Word):
    """How a request stands."""

    ASKED = "asked", "待审批"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"
    LAPSED = "lapsed", "已失效"


class CheckedBy(Word):
    """How an office made sure of what it confirms."""

    PHONE = "phone", "电话"
    VISIT = "visit", "现场"
    PAPERS = "papers", "材料"


class PauseReason(Word):
    """The stated reasons for which a clock may stand still; there are no others."""

    EXPERTISE = "expertise", "需要鉴定、检测、评审"
    REPORTER = "reporter", "等待企业补充材料或履行手续"
    PROCEDURE = "procedure", "需要公示、招标、听证等法定程序"
    COURT = "court", "须待诉讼、仲裁、复议结果"
    FORCE = "force", "不可抗力"


class OfferState(Word):
    """How an offer to hand a matter over stands."""

    OFFERED = "offered", "待对方确认"
    TAKEN = "taken", "已接收"
    TURNED_DOWN = "turned_down", "未接收"
    LAPSED = "lapsed", "已失效"


class PartKind(Word):
    """How another unit takes part without becoming accountable."""

    CO_HANDLE = "co_handle", "协办"
    JOINT = "joint", "共同牵头"
    CONSULT = "consult", "商请"


class PartState(Word):
    """How a part stands."""

    ASKED = "asked", "待反馈"
    ANSWERED = "answered", "已反馈"
    UNANSWERED = "unanswered", "未反馈"
    WITHDRAWN = "withdrawn", "已取消"


class CheckKind(Word):
    """Who looks again at what has been settled, and why."""

    DECLINED = "declined", "不予受理抽查"
    OUTCOME = "outcome", "办结抽查"
    CALL_BACK = "call_back", "交叉回访"


class CheckState(Word):
    """What a second look found."""

    WAITING = "waiting", "待核查"
    SOUND = "sound", "属实"
    WANTING = "wanting", "不属实"
    UNREACHED = "unreached", "未联系上"


class Flag(Word):
    """What looks wrong about how matters are handled; a flag asks a person to look and decides nothing."""

    BULK_NEAR_LIMIT = "bulk_near_limit", "临近时限批量签收或办结"
    EQUAL_REPLIES = "equal_replies", "多件问题答复内容相同"
    SAME_DAY = "same_day", "当日反映当日办结"
    ONE_DEVICE = "one_device", "多家企业从同一设备评价"
    RATED_BY_HANDLER = "rated_by_handler", "评价与办理来自同一设备"
    CONTRADICTED = "contradicted", "企业负责人与填报人评价相反"
