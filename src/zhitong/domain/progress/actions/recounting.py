"""Counting lights and gates anew from their rows, where a count was found wrong; for the worker."""

from __future__ import annotations

from zhitong.domain.progress.rules.gates import GATES
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.actions import rebuild


def recount() -> int:
    """Count every cut of lights and gates anew; returns the cells written."""
    return rebuild((LIGHTS, GATES))
