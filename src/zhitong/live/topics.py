"""Topics: what can be followed, as a page names it and as the process keeps it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

MOST_TOPICS = 100
"""More than a page shows; what is asked for beyond is not followed."""


class Kind(Enum):
    """What a topic is about."""

    REGION = "region"
    UNIT = "unit"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Topic:
    """One region, unit or problem, by id."""

    kind: Kind
    id: UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic as a page names it: `region:1309` is the region with the code 1309; a problem is named by its number."""

    kind: Kind
    code: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.code}"


def read(words: Iterable[str]) -> list[Asked]:
    """The topics that words name, each once, in order; what names none is left out."""
    found: dict[Asked, None] = {}
    for word in words:
        kind, _, code = word.partition(":")
        if code and kind in _KINDS:
            found[Asked(_KINDS[kind], code)] = None
    return list(found)[:MOST_TOPICS]


_KINDS = {kind.value: kind for kind in Kind}
