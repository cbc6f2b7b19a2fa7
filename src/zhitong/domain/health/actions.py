"""Leaving a beat."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.health.models import Beat


def beat(part: str, *, now: datetime) -> None:
    """Note that a part is at work: one statement, a row per part."""
    Beat.objects.bulk_create(
        [Beat(part=part, at=now)], update_conflicts=True, unique_fields=["part"], update_fields=["at"]
    )
