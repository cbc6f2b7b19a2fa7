"""What is said of one indicator in a report. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhitong.domain.plans.rules import Stage
from zhitong.domain.progress.rules.reports import Quality


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one indicator, in base units; neither a value nor a stage is missing, never zero."""

    indicator_id: UUID
    value: Decimal | None = None
    stage: Stage | None = None
    note: str = ""
    quality: Quality = Quality.FINAL
