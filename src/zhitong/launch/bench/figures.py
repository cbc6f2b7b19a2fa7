"""What a step of the bench gives: figures beside PostgreSQL doing the same, memory by process, and what else is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

VOID_ABOVE = 0.25
"""A figure is void when the client took more of a processor than this share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing measured at a stock of `scale` problems (0: the stock has no part in it).

    Readers are told by milliseconds, and the bare statement's beside them; writers by what they do a second, and what
    PostgreSQL alone does of the same rows. `client_share` is the share of one processor that the asking process took.
    """

    bench: str
    what: str
    scale: int
    p50_ms: float | None = None
    p99_ms: float | None = None
    per_second: float | None = None
    bare_p50_ms: float | None = None
    bare_per_second: float | None = None
    client_share: float | None = None

    @property
    def ratio(self) -> float | None:
        """Of writers the share of PostgreSQL's speed, of readers how many times PostgreSQL's time; None where it does nothing."""
        if self.per_second is not None and self.bare_per_second:
            return self.per_second / self.bare_per_second
        return self.p50_ms / self.bare_p50_ms if self.p50_ms is not None and self.bare_p50_ms else None

    @property
    def is_void(self) -> bool:
        """Whether the client was in the way."""
        return self.client_share is not None and self.client_share > VOID_ABOVE

    def growth(self, small: Figure) -> float | None:
        """What the same at the small stock becomes here: of writers the speed, of readers the time, as a multiple."""
        if self.bare_per_second is not None and self.per_second is not None and small.per_second:
            return self.per_second / small.per_second
        return self.p50_ms / small.p50_ms if self.p50_ms is not None and small.p50_ms else None

    def told(self, small: Figure | None) -> dict[str, Any]:
        """For the report: with its ratio, its growth and whether it is void."""
        growth = self.growth(small) if small is not None and small.scale != self.scale else None
        return {**asdict(self), "ratio": self.ratio, "growth": growth, "is_void": self.is_void}


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB that a process and its children hold for themselves, before anybody asks anything and after the measuring."""

    bench: str
    scale: int
    process: str
    at_rest: float
    under_load: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step gives; `more` is what only this step tells."""

    figures: tuple[Figure, ...] = ()
    memory: tuple[Memory, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Outcome:
        """What was kept."""
        figures = tuple(Figure(**one) for one in kept["figures"])
        return cls(figures, tuple(Memory(**one) for one in kept["memory"]), kept["more"])


def at(took: Sequence[float], share: float) -> float:
    """A quantile of sorted seconds, in milliseconds."""
    return took[min(int(len(took) * share), len(took) - 1)] * 1000
