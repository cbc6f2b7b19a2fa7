"""How strictly accounts are kept: presets by level of protection (等级保护), each figure open to the operator. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhitong.domain.organisations.rules.kinds import PostKind


@dataclass(frozen=True, slots=True)
class Protection:
    """One installation's rules. A `password_days` of 0 never expires; an `idle_minutes` of 0 waits for the absolute limit."""

    password_length: int
    password_kinds: int
    password_history: int
    password_days: int
    tries: int
    idle_minutes: int
    sitting_hours: int
    second_factor: frozenset[PostKind]


LEVELS: Mapping[int, Protection] = {
    2: Protection(
        password_length=8, password_kinds=2, password_history=3, password_days=180, tries=5, idle_minutes=60,
        sitting_hours=12, second_factor=frozenset(),
    ),
    3: Protection(
        password_length=10, password_kinds=3, password_history=5, password_days=90, tries=5, idle_minutes=30,
        sitting_hours=8, second_factor=frozenset({PostKind.ADMINISTRATOR}),
    ),
}
"""The standard asks for complexity, periodic change, handling of failures, time-out and, from level 3, a second factor;
its figures are our own (本系统设定). Source: GB/T 22239-2019 7.1.4.1, 8.1.4.1."""
NO_POSTS = "none"


def protection_of(level: int, figures: Mapping[str, int | None], posts: str) -> Protection:
    """The preset of a level with the figures that an operator sets otherwise; `posts` are kinds of post separated by commas.

    No posts named: as the level has it; "none": nobody must have a second factor.
    Raises KeyError: there is no such level. Raises ValueError: there is no such kind of post.
    """
    asked: dict[str, Any] = {name: figure for name, figure in figures.items() if figure is not None}
    preset = replace(LEVELS[level], **asked)
    if not posts:
        return preset
    named = [one.strip() for one in posts.split(",") if one.strip() and one.strip() != NO_POSTS]
    return replace(preset, second_factor=frozenset(PostKind(one) for one in named))
