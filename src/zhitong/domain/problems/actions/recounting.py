"""Counting anew from the rows, when the kept counts are found wrong."""

from __future__ import annotations

from zhitong.domain.problems.queries.verifying import EVERY_CUT
from zhitong.domain.tallies.actions import rebuild


def recount() -> int:
    """Count every cut of problems, cards and subjects anew (as the worker; acts wait meanwhile); returns the cells written."""
    return rebuild(EVERY_CUT)
