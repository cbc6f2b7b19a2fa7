"""Sessions as Django keeps them, with marks of when each began and was last used: over, they hold nobody any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from zhitong.domain.accounts.queries.knowing import protection
from zhitong.domain.accounts.queries.sittings import BEGAN, SEEN, moments_in
from zhitong.domain.accounts.rules.sittings import SEEN_EVERY, is_over
from zhitong.kit import clock

UNASKED = "X-Zhitong-Unasked"
"""A header with which a page says that it fetches something by itself: nobody has come to the screen for that."""


ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A service at which somebody is still signed in, by its name, and where he leaves it."""

    name: str
    address: str


class SessionStore(DatabaseStore):
    """Django's own store; what has reached a limit is removed when it is next asked for."""

    def load(self) -> dict[str, Any]:
        """What the session keeps; nothing when it is over."""
        kept: dict[str, Any] = super().load()
        moments = moments_in(kept)
        if moments is not None and is_over(*moments, clock.world_now(), protection()):
            self.delete(self.session_key)
            self._session_key = None
            return {}
        return kept

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to be written; a session that bears no marks yet begins now."""
        now = _seconds(clock.world_now())
        data.setdefault(BEGAN, now)
        data.setdefault(SEEN, now)
        return super().create_model_instance(data)

    @classmethod
    def get_model_class(cls) -> Any:
        """Django's table of sessions."""
        return DatabaseStore.get_model_class()


def begin_anew(request: HttpRequest) -> None:
    """Count the limits from now: somebody has just come in."""
    request.session[BEGAN] = request.session[SEEN] = _seconds(clock.world_now())


def note_elsewhere(request: HttpRequest, name: str, address: str) -> None:
    """Remember which service vouched for who comes in, and where the sitting there is ended."""
    request.session[ELSEWHERE] = [name, address]


def elsewhere_of(request: HttpRequest) -> Elsewhere | None:
    """The service that vouched for this session and lets itself be left; None where there is none."""
    kept = request.session.get(ELSEWHERE)
    return Elsewhere(*kept) if kept and request.user.is_authenticated else None


def note_seen(request: HttpRequest) -> None:
    """Write down that somebody is there, once a minute at most; what a page fetches by itself does not count."""
    if request.headers.get(UNASKED):
        return
    now = clock.world_now()
    moments = moments_in(request.session)
    if moments is None or now - moments[1] > SEEN_EVERY:
        request.session[SEEN] = _seconds(now)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
