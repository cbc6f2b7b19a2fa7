"""Access tokens of applications, kept by the process until shortly before they run out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from zhitong.domain.messaging.rules.wires import AppWire

EARLY_SECONDS = 120.0
Fetch = Callable[[AppWire], tuple[str, float]]
"""Asks for a token: the token, and how many seconds it holds."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a carrier, by address and key; a token is fetched anew when it has run out or was refused."""

    fetch: Fetch
    _kept: dict[tuple[str, str, str], tuple[str, float]] = field(default_factory=dict)

    def of(self, wire: AppWire) -> str:
        """The token in force. Raises what fetching raises."""
        place = (wire.url, wire.key, wire.agent)
        token, until = self._kept.get(place, ("", 0.0))
        if time.monotonic() >= until:
            token, seconds = self.fetch(wire)
            self._kept[place] = (token, time.monotonic() + max(0.0, seconds - EARLY_SECONDS))
        return token

    def forget(self, wire: AppWire) -> None:
        """Let the next question fetch a new one."""
        self._kept.pop((wire.url, wire.key, wire.agent), None)
