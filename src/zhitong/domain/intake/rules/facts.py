"""The kinds of facts that a screening leaves."""

from __future__ import annotations

from enum import Enum
from typing import Any


class IntakeFact(Enum):
    """kind = stored word; label = what the page of the thing says."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Any:
        """Keep the word as the value, the label beside it."""
        member = object.__new__(cls)
        member._value_, member.label = word, label
        return member

    OPENED = "screening.opened", "开展排查"
    IMPORTED = "screening.imported", "导入问题清单"
    UNDONE = "screening.undone", "撤销导入"
    PLANNED = "screening.planned", "填报整改方案"
    APPROVED = "screening.approved", "分管领导审定，方案固化"
    AMENDED = "screening.amended", "变更整改方案"
    HELD = "symposium.held", "登记座谈会"
