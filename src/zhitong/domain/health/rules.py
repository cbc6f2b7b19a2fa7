"""Which parts of an installation beat, and for how long each may be silent. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

WORKER, STREAMS = "worker", "streams"
BEAT_EVERY = timedelta(seconds=10)
SILENT_FOR = {WORKER: timedelta(minutes=5), STREAMS: timedelta(minutes=1)}
"""One task of the worker may take minutes; the streams look ten times a second."""


def is_late(part: str, last: datetime | None, now: datetime) -> bool:
    """Whether a part has been silent for too long; one that never began is late."""
    return last is None or now - last > SILENT_FOR[part]
