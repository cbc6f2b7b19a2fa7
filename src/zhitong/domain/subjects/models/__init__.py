"""What is kept of the served: the registry, lists, care, and what is known of each. All dated, nothing deleted."""

from zhitong.domain.subjects.models.care import Care
from zhitong.domain.subjects.models.known import DatedFact, ElementRow, Mark
from zhitong.domain.subjects.models.lists import AssistanceList, Membership, Removal
from zhitong.domain.subjects.models.subject import Subject

__all__ = ["AssistanceList", "Care", "DatedFact", "ElementRow", "Mark", "Membership", "Removal", "Subject"]
