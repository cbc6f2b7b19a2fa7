"""The garbage collector of a process that answers for months (R-A8)."""

from __future__ import annotations

import gc
from collections.abc import Sequence

import pytest

from zhitong.kit.collector import LONG_SECONDS, Sparing


def rounds(*told: tuple[str, int], moments: Sequence[float]) -> int:
    """How often something was set aside in these rounds, each moment being asked for in turn."""
    asked, done = iter(moments), []
    sparing = Sparing(seconds=lambda: next(asked), set_aside=lambda: done.append(1))
    for phase, generation in told:
        sparing(phase, {"generation": generation})
    return len(done)


@pytest.mark.parametrize(("took", "set_aside"), [(LONG_SECONDS / 2, 0), (LONG_SECONDS * 2, 1)])
def test_what_outlives_a_long_full_round_is_set_aside(took: float, set_aside: int) -> None:
    assert rounds(("start", 2), ("stop", 2), moments=[100.0, 100.0 + took]) == set_aside


def test_small_rounds_are_not_timed() -> None:
    assert rounds(("start", 0), ("stop", 0), ("start", 1), ("stop", 1), moments=[]) == 0


def test_a_round_that_takes_long_leaves_nothing_for_the_next() -> None:
    was, moments = gc.get_freeze_count(), iter([0.0, 1.0])
    sparing = Sparing(seconds=lambda: next(moments))
    gc.callbacks.append(sparing)
    try:
        gc.collect()
        assert gc.get_freeze_count() > was
    finally:
        gc.callbacks.remove(sparing)
