"""Forecasts held against invented years of a seed that nothing was tuned on: words come true, intervals keep their word."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest

from zhitong.domain.analysis.rules.forecasting.courses import Family
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.rehearsal.commands import forecast as command
from zhitong.rehearsal.forecasting.checking import TUNED_ON, Checked, check, score
from zhitong.rehearsal.forecasting.inventing import invent

SEED = 20180917


@pytest.fixture(scope="module")
def checked() -> list[Checked]:
    return check(SEED, 24)


def test_the_seed_of_the_check_is_none_of_those_tuned_on() -> None:
    assert SEED not in TUNED_ON


def test_prospects_come_true_and_intervals_hold_about_eight_times_in_ten(checked: list[Checked]) -> None:
    """R-H2."""
    found = score(checked)

    assert found.forecasts > 1000
    assert 0.72 <= found.coverage <= 0.88
    assert found.hits >= 0.85
    assert found.decided >= 0.5


@pytest.mark.parametrize("family", Family)
def test_no_plain_method_does_better_everywhere(checked: list[Checked], family: Family) -> None:
    found = score([one for one in checked if one.family is family])

    assert found.error <= 1.05 * min(found.naive.values())
    if family is Family.RISING:
        assert found.error < 0.5 * found.naive[Method.LAST.value]


def test_later_forecasts_are_nearer(checked: list[Checked]) -> None:
    errors = [score([one for one in checked if one.origin == origin and one.month == 12]).error for origin in (4, 8, 10)]

    assert errors == sorted(errors, reverse=True)


def test_the_same_seed_invents_the_same_years_and_another_others() -> None:
    assert list(invent(SEED, 2)) == list(invent(SEED, 2))
    assert list(invent(SEED, 2)) != list(invent(SEED + 1, 2))


def test_the_command_tells_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"verb": "check", "indicators": 6}

    command.run(Namespace(seed=SEED, json=True, **asked))
    told = json.loads(capsys.readouterr().out)
    command.run(Namespace(seed=TUNED_ON[0], json=False, **asked))
    said = capsys.readouterr().out

    assert (told["seed"], told["is_check"], told["tuned_on"]) == (SEED, True, list(TUNED_ON))
    assert set(told["whole"]) == {"forecasts", "decided", "hits", "coverage", "error", "naive"}
    assert "结果不算检验" in said
