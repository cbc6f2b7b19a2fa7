"""Every fact of a problem either tells somebody or is silent for a reason that is written down."""

from __future__ import annotations

from zhitong.domain.problems.rules.facts import FACT_OF
from zhitong.web.problems.acts import WAYS
from zhitong.work.problems import NAMED, REACTIONS, SILENT


def test_every_fact_of_an_act_at_the_screen_tells_somebody_or_says_why_not() -> None:
    facts = {FACT_OF[act] for act in WAYS}

    assert facts - REACTIONS.keys() - NAMED.keys() - SILENT.keys() == set()


def test_no_fact_both_tells_and_is_silent() -> None:
    assert SILENT.keys() & (REACTIONS.keys() | NAMED.keys()) == set()


def test_a_silent_fact_says_why() -> None:
    assert all(len(reason) > 10 for reason in SILENT.values())
