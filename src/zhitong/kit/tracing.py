"""Which request a thread is at work on, so that whatever is logged meanwhile can be found by one number.

A trace holds ids and the names of places in the code, never what people wrote or are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

SHORT = 8


@dataclass(slots=True)
class Trace:
    """A request: its number, the door it came through (web, api), and what becomes known on its way."""

    request_id: UUID
    door: str
    endpoint: str = ""
    person_id: UUID | None = None
    post_id: UUID | None = None


_present: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def under(trace: Trace) -> Iterator[Trace]:
    """Let what is logged in this block be of this request."""
    token = _present.set(trace)
    try:
        yield trace
    finally:
        _present.reset(token)


def present() -> Trace | None:
    """The request under way; None where there is none."""
    return _present.get()


def in_short(request_id: UUID) -> str:
    """The end of a request's number, as it is read out over the telephone and found in the logs."""
    return request_id.hex[-SHORT:]
