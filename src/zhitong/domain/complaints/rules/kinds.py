"""The words of a sealed complaint: how it stands, what may be done, who takes part."""

from __future__ import annotations

from zhitong.kit.choices import Word


class State(Word):
    """How a complaint stands."""

    SENT = "sent", "待签收"
    HANDLING = "handling", "办理中"
    ASKED = "asked", "待投诉人补充"
    REFERRED = "referred", "已移送，待签收"
    NOTIFIED = "notified", "已告知结果"


class Act(Word):
    """The verbs; none of them rates, scores, declines or closes without telling."""

    SUBMIT = "submit", "投诉"
    SEAL = "seal", "转入密封渠道"
    ACKNOWLEDGE = "acknowledge", "签收"
    ASK = "ask", "请补充"
    SUPPLY = "supply", "补充情况"
    REFER = "refer", "移送"
    NOTIFY = "notify", "告知结果"


class Part(Word):
    """How a unit came to take part; parties, former ones too, go on seeing the complaint, and nobody else does."""

    COMPLAINANT = "complainant", "投诉人"
    RECEIVER = "receiver", "受理机构"
    REFERRED = "referred", "移送承办"
