"""The garbage collector of a process that answers for months: a full round must not walk all that it keeps at hand.

The tree of regions and units alone is nearly a million objects. A round over them takes half a second in which nobody is answered,
and comes back every fifty pages or so. What has outlived one long round is therefore left out of all that follow.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from typing import Any

LONG_SECONDS = 0.05
"""From then on a round is felt by whoever waits."""
FULL = 2
"""The generation that a full round collects."""


class Sparing:
    """Told of every round as one of `gc.callbacks`; sets aside what is left after a full one that took long."""

    def __init__(self, *, seconds: Callable[[], float] = time.monotonic, set_aside: Callable[[], None] = gc.freeze) -> None:
        self._seconds, self._set_aside, self._began = seconds, set_aside, 0.0

    def __call__(self, phase: str, info: Mapping[str, Any]) -> None:
        """Take the time of full rounds."""
        if info["generation"] != FULL:
            return
        if phase == "start":
            self._began = self._seconds()
        elif self._seconds() - self._began > LONG_SECONDS:
            self._set_aside()


def spare_what_stays() -> None:
    """Set aside what is there now, and later what stays; once in a process, when all is imported."""
    gc.freeze()
    gc.callbacks.append(Sparing())
