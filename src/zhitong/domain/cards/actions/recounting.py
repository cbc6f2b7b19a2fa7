"""Counting the collection anew from its rows, where a count was found wrong; for the worker."""

from __future__ import annotations

from zhitong.domain.cards.rules.collection import CUTS
from zhitong.domain.tallies.actions import rebuild


def recount() -> int:
    """Count every cut of the collection anew; returns the cells written."""
    return rebuild(CUTS)
