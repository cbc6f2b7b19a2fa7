"""What acts and pages cost does not grow with the batch or the way behind the problem."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, viewer
from tests.problems.ways import Raise, answered, sent_up
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.kinds import Outcome, Source
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.django_db


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_a_batch_of_twenty_costs_as_many_statements_as_one() -> None:
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        report = Report(
            campaign="hebei-2018", source=Source.CARD, subject_id=subject.id, subject_name=subject.name,
            subject_kind=subject.kind, tier=subject.tier, reporter_unit_id=actor.unit_id, region_id=subject.region_id,
            category="energy", text="夜间限电。", actor=actor, now=NOW,
        )
        raise_problems([report])  # the directory and the rulebook are read once per process
        assert statements(lambda: raise_problems([report] * 20)) == statements(lambda: raise_problems([report]))
        ids = [one.id for one in raise_problems([report] * 21)]

    with acting("park") as actor:
        signing = [Acknowledge(problem_id=one, actor=actor, now=NOW, contact="已联系") for one in ids]
        acknowledge(signing[:1])  # the directory is read once per request
        assert statements(lambda: acknowledge(signing[2:])) == statements(lambda: acknowledge(signing[1:2]))
        answers = [
            Complete(problem_id=one, actor=actor, now=NOW, outcome=Outcome.SOLVED, text="已解决。") for one in ids
        ]
        assert statements(lambda: complete(answers[1:])) == statements(lambda: complete(answers[:1]))


def test_a_page_costs_the_same_however_long_the_way_behind_it(raised: Raise) -> None:
    short, long = answered(raised()), answered(sent_up(sent_up(raised()), "zone", "zone_office"), "city")
    with acting_as(viewer("province_office")) as here:
        problem_page(here, short.problem_id, now=NOW)
        cost_of_short = statements(lambda: problem_page(here, short.problem_id, now=NOW))

        assert statements(lambda: problem_page(here, long.problem_id, now=NOW)) == cost_of_short


@pytest.mark.parametrize(("login", "lens"), [("firm", Lens.MINE), ("park", Lens.ALL), ("province_office", Lens.TERRITORY)])
def test_a_list_page_costs_one_statement_once_the_rulebook_is_at_hand(raised: Raise, login: str, lens: Lens) -> None:
    for _ in range(5):
        raised()
    with acting_as(viewer(login)) as here:
        problems_for(here, lens, Filters(), now=NOW)
        assert statements(lambda: problems_for(here, lens, Filters(), now=NOW)) == 1
