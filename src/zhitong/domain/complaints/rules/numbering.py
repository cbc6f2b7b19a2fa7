"""The receipt number: drawn by lot, so that it tells neither place nor time nor how many there are."""

from __future__ import annotations

from collections.abc import Callable

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Figures and capitals without those that are taken for one another (0 O, 1 I L)."""
GROUPS, IN_GROUP = 3, 4


def receipt_number(draw: Callable[[str], str]) -> str:
    """Three groups of four signs (7K3M-9QXT-4FHB), each drawn from SIGNS."""
    return "-".join("".join(draw(SIGNS) for _sign in range(IN_GROUP)) for _group in range(GROUPS))


def read_number(typed: str) -> str:
    """A number as it is kept, however it was typed."""
    return typed.strip().upper()
