"""Operations on their way out: since when they are not to be used, until when they answer, and what takes their place.

Nothing that was released is taken away within a version but through this table, a year before (docs/api.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from django.http import HttpResponse


@dataclass(frozen=True, slots=True)
class Leaving:
    """An operation that goes: both days in UTC; `instead` is the address that takes its place."""

    since: date
    until: date
    instead: str


LEAVING: Mapping[str, Leaving] = {}
"""By the operation's id in the document; none so far."""


def tell_of_leaving(answer: HttpResponse, operation_id: str) -> None:
    """Say in the headers of an answer that its operation goes (RFC 9745, RFC 8594)."""
    leaving = LEAVING.get(operation_id)
    if leaving is None:
        return
    since, until = (datetime.combine(day, time(), UTC) for day in (leaving.since, leaving.until))
    answer["Deprecation"] = f"@{int(since.timestamp())}"
    answer["Sunset"] = format_datetime(until, usegmt=True)
    answer["Link"] = f'<{leaving.instead}>; rel="successor-version"'
