"""The kinds of facts a complaint leaves: that something happened, never what was said or by whom it was brought."""

from __future__ import annotations

from enum import Enum
from typing import Any

from zhitong.domain.complaints.rules.kinds import Act


class ComplaintFact(Enum):
    """kind = stored word; label = what it is called."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Any:
        """Keep the word as the value and the label beside it."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member

    SUBMITTED = "complaint.submitted", "投诉举报（密封）"
    SEALED = "complaint.sealed", "由问题转入密封渠道"
    ACKNOWLEDGED = "complaint.acknowledged", "签收密封件"
    ASKED = "complaint.asked", "请投诉人补充"
    SUPPLIED = "complaint.supplied", "投诉人补充"
    REFERRED = "complaint.referred", "移送"
    NOTIFIED = "complaint.notified", "告知结果"


FACT_OF: dict[Act, ComplaintFact] = {
    Act.SUBMIT: ComplaintFact.SUBMITTED,
    Act.SEAL: ComplaintFact.SEALED,
    Act.ACKNOWLEDGE: ComplaintFact.ACKNOWLEDGED,
    Act.ASK: ComplaintFact.ASKED,
    Act.SUPPLY: ComplaintFact.SUPPLIED,
    Act.REFER: ComplaintFact.REFERRED,
    Act.NOTIFY: ComplaintFact.NOTIFIED,
}
