"""The bench as a whole: what is kept is not measured again, growth and ratios say what they claim, a broken step is told."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhitong.launch.bench import suite
from zhitong.launch.bench.apart import apart
from zhitong.launch.bench.command import _only
from zhitong.launch.bench.figures import Figure, Memory, Outcome
from zhitong.launch.bench.goals import GOALS, judged
from zhitong.launch.bench.serving import BenchFailed
from zhitong.launch.bench.suite import STEPS, measured
from zhitong.launch.bench.telling import rounded, table
from zhitong.launch.bench.terms import SMALL, Terms

LARGE = 1_000_000
TERMS = Terms()
PAGE = Figure(bench="inbox", what="待办", scale=LARGE, p50_ms=60.0, p99_ms=90.0, per_second=30.0, bare_p50_ms=2.0, client_share=0.02)
CARDS = Figure(bench="submit", what="卡片", scale=LARGE, p50_ms=300.0, per_second=50.0, bare_per_second=400.0, client_share=0.3)

CUT_OFF = [(name, scale) for name in ("inbox", "problem", "overview") for scale in (SMALL, LARGE)]
"""A run that does these breaks off at the last."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, int]]:
    """The steps that were really done, with their stocks; each gives one figure."""
    monkeypatch.setenv("ZHITONG_STATE_DIR", str(tmp_path / "state"))
    done: list[tuple[str, int]] = []

    def here(do: Callable[[], Outcome]) -> Outcome:
        return do()

    def measure(step: suite.Step, scale: int, _terms: Terms) -> Outcome:
        done.append((step.name, scale))
        if done == CUT_OFF:
            raise BenchFailed("断了")
        return Outcome((Figure(bench=step.name, what=step.label, scale=scale, p50_ms=1.0),), (Memory("x", scale, "y", 1.0, 2.0),))

    monkeypatch.setattr(suite, "apart", here)
    monkeypatch.setattr(suite.Step, "measure", measure)
    return done


def test_every_step_is_done_at_the_stock_and_where_it_grows_at_the_small_one(asked: list[tuple[str, int]]) -> None:
    measured(LARGE, TERMS, ["inbox", "live", "policy"])

    assert asked == [("inbox", SMALL), ("inbox", LARGE), ("live", LARGE), ("policy", 0)]


def test_at_the_small_stock_nothing_is_done_twice(asked: list[tuple[str, int]]) -> None:
    measured(SMALL, TERMS, ["inbox", "search"])

    assert asked == [("inbox", SMALL), ("search", SMALL)]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(asked: list[tuple[str, int]]) -> None:
    names = ["inbox", "problem", "overview"]
    with pytest.raises(BenchFailed):
        measured(LARGE, TERMS, names)
    assert asked == CUT_OFF

    done = measured(LARGE, TERMS, names)

    assert asked == [*CUT_OFF, ("overview", LARGE)]
    assert [(one.step.name, one.scale) for one in done] == [(name, scale) for name in names for scale in (SMALL, LARGE)]
    assert done[0].outcome == Outcome(
        (Figure(bench="inbox", what="一个部门的待办", scale=SMALL, p50_ms=1.0),), (Memory("x", SMALL, "y", 1.0, 2.0),)
    )


def test_what_is_over_is_measured_anew_when_asked_or_on_other_terms(asked: list[tuple[str, int]]) -> None:
    measured(SMALL, TERMS, ["inbox"])
    measured(SMALL, TERMS, ["inbox"])
    assert asked == [("inbox", SMALL)]

    measured(SMALL, TERMS, ["inbox"], again=True)
    measured(SMALL, Terms(seconds=1.0), ["inbox"])

    assert asked == [("inbox", SMALL)] * 3


def test_what_remains_is_told(asked: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]) -> None:
    measured(SMALL, TERMS, ["inbox", "policy"])

    assert "[1/2] 一个部门的待办，10,000 个问题（还有 2 步" in capsys.readouterr().err


def test_readers_are_held_against_time_and_writers_against_speed() -> None:
    small = {"inbox": PAGE, "submit": CARDS}
    half = Figure(bench="submit", what="卡片", scale=SMALL, per_second=100.0, bare_per_second=400.0)

    assert PAGE.ratio == 30.0
    assert CARDS.ratio == 0.125
    assert CARDS.growth(half) == 0.5
    assert PAGE.told(small["inbox"])["growth"] is None, "nothing grows beside itself"
    assert (PAGE.is_void, CARDS.is_void) == (False, True)


def test_goals_are_judged_at_the_stock_and_a_void_figure_reaches_none() -> None:
    quick = Figure(bench="submit", what="卡片", scale=LARGE, per_second=300.0, bare_per_second=400.0, client_share=0.3)
    small = Figure(bench="inbox", what="待办", scale=SMALL, p50_ms=50.0)

    found = list(judged([PAGE.told(small), quick.told(None), small.told(None)], LARGE))

    assert [(one["bench"], one["asked"], one["is_reached"]) for one in found] == [
        ("submit", "ratio ≥ 0.25", False), ("inbox", "growth ≤ 1.3", True),
    ]


def test_every_goal_is_of_a_step_there_is() -> None:
    assert {goal.bench for goal in GOALS} <= {step.name for step in STEPS}


def test_a_step_of_no_name_is_refused_with_the_names() -> None:
    assert _only("inbox, search") == ("inbox", "search")
    with pytest.raises(BenchFailed, match="没有“cards”这一项；--only 可以写：stock、inbox"):
        _only("cards")


def test_a_child_gives_what_it_found_or_says_why_it_did_not(capfd: pytest.CaptureFixture[str]) -> None:
    def trouble() -> None:
        raise BenchFailed("磁盘满了。")

    def death() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def speaks() -> int:
        print("说在错误流里")
        return 7

    assert apart(speaks) == 7
    said = capfd.readouterr()
    assert (said.out, "说在错误流里" in said.err) == ("", True)
    with pytest.raises(BenchFailed, match="磁盘满了"):
        apart(trouble)
    with pytest.raises(BenchFailed, match="已测完的步骤不会重测"):
        apart(death)


def test_numbers_are_told_to_the_places_that_count() -> None:
    assert rounded({"a": 1234.5678, "b": [0.000123456, 3, "x", True]}) == {"a": 1235.0, "b": [0.0001235, 3, "x", True]}


def test_the_table_says_what_was_measured_and_what_was_reached() -> None:
    said: dict[str, Any] = {
        "stocks": [], "figures": [PAGE.told(None)], "memory": [], "seconds": 12.0, "told": {"storm_0": {
            "acts": 1000, "killed_connections": 1, "killed_processes": 1, "faults": 0, "tallies_verify_exit": 0}},
        "goals": [{"what": "待办", "asked": "growth ≤ 1.3", "measured": 1.5, "is_reached": False}],
    }

    lines = table(said)

    assert "未达到：待办，要求 growth ≤ 1.3，实测 1.5" in lines[2]
    assert "核对 0 处不符，tallies verify 通过" in lines[3]
