"""The kinds of facts a common problem leaves, in the words its page uses."""

from __future__ import annotations

from enum import Enum
from typing import Any


class CommonFact(Enum):
    """kind = stored word; label = what the page says."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Any:
        """Keep the word as the value and the label beside it."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member

    ESTABLISHED = "common.established", "确立共性问题"
    JOINED = "common.joined", "纳入问题"
    TAKEN_OUT = "common.taken_out", "移出问题"
    ANSWERED = "common.answered", "统一答复"
    MEASURED = "common.measured", "登记制度性措施"
    CLOSED = "common.closed", "办结共性问题"


WORDS: dict[str, str] = {
    "asked": "研究事项", "text": "内容", "reason": "理由", "measures": "制度性措施", "words": "说明",
}
"""What stands beside a fact, and the word before it."""
