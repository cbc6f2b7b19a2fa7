"""The kinds of contact, and how plans, promises and the firm's word on it stand."""

from __future__ import annotations

from zhitong.kit.choices import Word


class VisitKind(Word):
    """How one was in touch."""

    VISIT = "visit", "实地走访"
    CALL = "call", "电话联系"


class ConfirmationState(Word):
    """What the firm says of a recorded visit. Silence confirms nothing."""

    AWAITED = "awaited", "待企业确认"
    CONFIRMED = "confirmed", "企业已确认"
    DENIED = "denied", "企业反映没有来过"


class PromiseState(Word):
    """Whether what was promised on a visit was done."""

    OPEN = "open", "待兑现"
    KEPT = "kept", "已兑现"
    BROKEN = "broken", "没有兑现"


class PlanState(Word):
    """A planned visit: still to come, carried out, or called off."""

    PLANNED = "planned", "计划中"
    DONE = "done", "已走访"
    CALLED_OFF = "called_off", "已取消"


class RoundsState(Word):
    """Whether one of those looked after has been visited in the quarter."""

    DUE = "due", "本季度未走访"
    DONE = "done", "本季度已走访"
