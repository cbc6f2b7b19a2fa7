"""What changed between the versions of a card, told back from what each sending replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Change:
    """A field as people read it before and after; empty where nothing stood."""

    code: str
    label: str
    before: str
    after: str


def replaced_by(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value | None]:
    """The former values of what a new version changes; None for what it adds."""
    return {code: before.get(code) for code in sorted({*before, *after}) if before.get(code) != after.get(code)}


def unwound(
    now: Mapping[str, Value], replaced: Sequence[Mapping[str, Value | None]]
) -> list[dict[str, tuple[Value | None, Value | None]]]:
    """(before, after) by field for each sending, given what each replaced, oldest first, and the card as it is now."""
    standing: dict[str, Value | None] = dict(now)
    found = []
    for former in reversed(replaced):
        found.append({code: (value, standing.get(code)) for code, value in former.items()})
        standing |= former
    return found[::-1]
