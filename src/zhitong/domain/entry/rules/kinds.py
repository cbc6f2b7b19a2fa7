"""The words of entry: how an invitation stands, how far somebody has come, and the facts acts leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class InvitationState(Word):
    """How an invitation stands."""

    OPEN = "open", "可用"
    SPENT = "spent", "已用完"
    EXPIRED = "expired", "已过期"
    ENDED = "ended", "已作废"


class Presence(Word):
    """How far a unit has come: its people have signed in this month, once before, or never."""

    THIS_MONTH = "this_month", "本月登录过"
    BEFORE = "before", "以前登录过"
    NEVER = "never", "从未登录"


class EntryFact(Word):
    """What is recorded of entry; a presence is a count and leaves no fact."""

    INVITED = "entry.invited", "发出开通邀请"
    ENDED = "entry.ended", "作废开通邀请"
    JOINED = "entry.joined", "凭邀请开通"
    SEATED = "entry.seated", "按花名册开通岗位"
    LEFT = "entry.left", "停用人员"
