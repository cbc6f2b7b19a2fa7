"""What tells one doubt from another, so that a judgement stays with its doubt when the draft is checked anew. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from zhitong.policy.shapes import Finding


def key_of(doubt: Finding) -> str:
    """Twenty characters that are the same for the same doubt about the same words."""
    told = f"{doubt.kind}\n{doubt.message}\n{sorted(doubt.spans)}"
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def doubts_in(findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    """The doubts among findings with their keys, the weightiest first; sums that hold are none."""
    order = {"high": 0, "medium": 1, "low": 2}
    doubts = {key_of(one): one for one in findings if not one.holds}
    return sorted(doubts.items(), key=lambda pair: (order.get(pair[1].severity, 3), pair[1].spans[:1], pair[0]))
