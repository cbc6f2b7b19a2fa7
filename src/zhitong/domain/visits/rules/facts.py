"""The kinds of facts that visits leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class VisitFact(Word):
    """What is recorded of plans, visits, promises and the firm's word."""

    PLANNED = "visit.planned", "计划走访"
    JOINED = "visit.joined", "参加联合走访"
    CALLED_OFF = "visit.called_off", "取消走访计划"
    RECORDED = "visit.recorded", "登记走访"
    CONFIRMED = "visit.confirmed", "企业确认走访"
    DENIED = "visit.denied", "企业反映没有来过"
    PROMISE_SETTLED = "visit.promise_settled", "登记承诺兑现情况"
    QUIET_ASKED = "visit.quiet_asked", "登记无事不扰"
    QUIET_ENDED = "visit.quiet_ended", "取消无事不扰"
