"""What the supervision room keeps: urgings, supervisions with their counter, instructions with their items."""

from zhitong.domain.supervision.models.instruction import Instruction, InstructionCase, InstructionText, Item
from zhitong.domain.supervision.models.supervision import Counter, Supervision, SupervisionCase
from zhitong.domain.supervision.models.urging import Urging

__all__ = [
    "Counter", "Instruction", "InstructionCase", "InstructionText", "Item", "Supervision", "SupervisionCase", "Urging",
]
