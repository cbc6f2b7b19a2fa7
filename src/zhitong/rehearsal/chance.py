"""Chance that always falls the same, and the mark that every invented name bears. Pure."""

from __future__ import annotations

import random

SEED = 20180917
MARK = "演示"
"""Every invented name begins with it."""


def chance(*purpose: object) -> random.Random:
    """Chance for one purpose: what is drawn for one never moves what is drawn for another."""
    return random.Random(":".join(map(str, (SEED, *purpose))))
