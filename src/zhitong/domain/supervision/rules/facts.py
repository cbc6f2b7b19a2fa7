"""The kinds of facts that pressing leaves, in the words of a timeline. None is told to the reporter."""

from __future__ import annotations

from zhitong.kit.choices import Word


class SupervisionFact(Word):
    """kind = stored word; label = what the timeline says."""

    REMINDED = "supervision.reminded", "催办"
    DRAFTED = "supervision.drafted", "起草督办单"
    DISCARDED = "supervision.discarded", "作废草稿"
    ISSUED = "supervision.issued", "签发督办单"
    ANSWERED = "supervision.answered", "反馈督办"
    RETURNED = "supervision.returned", "退回反馈"
    ACCEPTED = "supervision.accepted", "督办办结"
    INSTRUCTED = "instruction.registered", "登记领导批示"
    ASSIGNED = "instruction.assigned", "分解批示事项"
    REPORTED = "instruction.reported", "报批示办理情况"
    ENDED = "instruction.ended", "登记领导对专报的答复"
