"""The stage played small: a part of the population, a month of problems, through the acts of the house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import databases, world
from zhitong.config import database as config
from zhitong.rehearsal.accounts import ACCOUNTS, ServedBy
from zhitong.rehearsal.opening import TODAY, packages

PART = Fraction(1, 80)
PROBLEMS = 260
SINCE = date(2018, 8, 6)
FIRST = next(one.unit for one in ACCOUNTS if isinstance(one.unit, ServedBy))

GAPS = """
SELECT count(*) FROM (
    SELECT problem_id, started_at, kind,
           lag(ended_at) OVER (PARTITION BY problem_id ORDER BY started_at, coalesce(ended_at, 'infinity')) AS before
    FROM problems_spell
) AS chained WHERE before IS DISTINCT FROM started_at AND before IS NOT NULL
  AND kind NOT IN ('objection', 'reopened')
"""
ELAPSED = """
SELECT count(*) FROM problems_problem problem JOIN (
    SELECT problem_id, min(started_at) AS begun, max(ended_at) AS ended,
           sum(extract(epoch FROM ended_at - started_at)) AS seconds
    FROM problems_spell GROUP BY problem_id
) AS spells ON spells.problem_id = problem.id
WHERE problem.ended_at IS NOT NULL AND problem.objections = 0
  AND (spells.ended <> problem.ended_at OR spells.begun <> problem.submitted_at
       OR spells.seconds <> extract(epoch FROM problem.ended_at - problem.submitted_at))
"""
NOT_IN_ORDER = """
SELECT count(*) FROM (
    SELECT submitted_at, lag(submitted_at) OVER (ORDER BY id) AS before FROM problems_problem
) AS raised WHERE submitted_at < before
"""


@pytest.fixture(scope="module")
def stage(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of the small world with part of the population and of the story in it."""
    from zhitong.domain.campaigns.actions import mark_demonstration
    from zhitong.rehearsal.accounts import unit_of
    from zhitong.rehearsal.collecting import collect
    from zhitong.rehearsal.population.demand import demand, share_of
    from zhitong.rehearsal.population.settling import populate
    from zhitong.rehearsal.story.playing import play

    upper, local = world.packages()
    with databases.copy_of(template_database) as name:
        with django_db_blocker.unblock(), config.as_role("owner", name=name):
            mark_demonstration(clock_offset=timedelta(days=-1))
            populate(upper, local, share_of(demand(*packages()), PART))
            assert collect(leave_out=unit_of(FIRST)) > 0
            assert play(until=TODAY, count=PROBLEMS, begins=SINCE) == PROBLEMS
        yield name


@pytest.fixture
def owner(stage: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The owner's eyes on the stage."""
    with django_db_blocker.unblock(), config.as_role("owner", name=stage):
        yield


def number(statement: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("owner")
def test_every_state_is_there_on_the_last_morning() -> None:
    from zhitong.domain.problems.models import Problem
    from zhitong.domain.problems.rules.kinds import State

    unseen = {State.MERGED}  # no invented firm reports the same twice

    assert set(Problem.objects.values_list("state", flat=True)) == {str(state) for state in set(State) - unseen}


@pytest.mark.usefixtures("owner")
def test_some_are_late_and_some_are_nearly_so() -> None:
    from zhitong.domain.problems.models import Problem

    running = Problem.objects.filter(open_spell__isnull=False)

    assert running.filter(stage_due_at__lt=TODAY).exists()
    assert running.filter(stage_due_at__gte=TODAY, warn_at__lte=TODAY).exists()


@pytest.mark.usefixtures("owner")
def test_nothing_happens_after_the_last_morning() -> None:
    from zhitong.domain.problems.models import Problem

    assert not Problem.objects.filter(last_at__gte=TODAY).exists()


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize("statement", [GAPS, ELAPSED, NOT_IN_ORDER])
def test_clocks_and_ids_hold_what_they_promise(statement: str) -> None:
    assert number(statement) == 0


@pytest.mark.usefixtures("owner")
def test_counts_agree_with_the_rows() -> None:
    from zhitong.domain.cards.rules.collection import CUTS as OF_CARDS
    from zhitong.domain.problems.rules.cuts import CUTS
    from zhitong.domain.subjects.rules.cuts import CUTS as OF_SUBJECTS
    from zhitong.domain.tallies.queries import differences

    assert [cut.name for cut in (*CUTS, *OF_SUBJECTS, *OF_CARDS) if differences(cut)] == []


@pytest.mark.usefixtures("owner")
def test_the_meter_of_every_round_is_right_to_the_one_at_every_region() -> None:
    from zhitong.domain.cards.queries.verifying import verify

    checked, wrong = verify()

    assert [str(one) for one in wrong] == []
    assert (checked.rounds > 0, checked.obligations > 0) == (True, True)


@pytest.mark.usefixtures("owner")
def test_some_cards_are_filled_in_for_their_firms_and_some_are_said_why_not() -> None:
    from zhitong.domain.cards.models import Card, Excuse

    assert Card.objects.filter(filled_by="for_firm", confirmed_at__isnull=True).exists()
    assert Excuse.objects.exists()


@pytest.mark.usefixtures("owner")
def test_the_first_firm_has_yet_to_fill_in_its_newest_card() -> None:
    from zhitong.domain.cards.models import Card, Obligation
    from zhitong.rehearsal.accounts import unit_of

    unit = unit_of(FIRST)

    assert Obligation.objects.filter(subject__unit_id=unit, round__period="2018-08").exists()
    assert not Card.objects.filter(reporter_unit_id=unit, round__period="2018-08").exists()


@pytest.mark.usefixtures("owner")
def test_nearly_everybody_is_cared_for_at_the_level_of_the_tier_and_a_few_gaps_are_left_to_show() -> None:
    from django.db.models import F

    from zhitong.domain.subjects.models import Care, Subject
    from zhitong.rehearsal.population.caring import WITHOUT_CARE

    invented = Subject.objects.filter(name__startswith="演示").exclude(unit__code__startswith="firm-")
    without = invented.filter(care__isnull=True).count()

    assert without <= invented.count() * WITHOUT_CARE * 3
    assert not Care.objects.exclude(tier=F("subject__tier")).exists()
    assert not Care.objects.filter(liaison="").exists()


@pytest.mark.usefixtures("owner")
def test_firms_are_visited_and_a_symposium_is_held() -> None:
    from zhitong.domain.intake.models import Guest, Symposium
    from zhitong.domain.visits.models import Plan, Promise, Visit
    from zhitong.rehearsal.visiting import visit_around

    with transaction.atomic():
        made = visit_around(until=TODAY, most=20)
        states = set(Visit.objects.values_list("confirmation", flat=True))
        counted = (Visit.objects.count(), Guest.objects.count(), Symposium.objects.get().matters.count())
        others = (Plan.objects.exists(), Promise.objects.exists())
        transaction.set_rollback(True)

    assert counted == (made, 5, 2)
    assert states >= {"awaited", "confirmed"}
    assert others == (True, True)
    assert made > 5


def test_a_real_database_is_refused(template_database: str, django_db_blocker: DjangoDbBlocker) -> None:
    from zhitong.rehearsal.population.settling import populate
    from zhitong.rehearsal.stage import NotAStage
    from zhitong.rehearsal.story.playing import play

    with _as_owner(template_database, django_db_blocker):
        with pytest.raises(NotAStage):
            populate(*world.packages())
        with pytest.raises(NotAStage):
            play(until=TODAY)


@contextmanager
def _as_owner(template: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    with databases.copy_of(template) as name, blocker.unblock(), config.as_role("owner", name=name):
        yield


@pytest.mark.usefixtures("owner")
def test_the_report_counts_the_rows_under_fixed_names() -> None:
    from zhitong.domain.subjects.models import Subject
    from zhitong.rehearsal.report import report

    counted = report()

    assert counted["problems.total"] == counted["problems"] == PROBLEMS
    assert sum(counted[name] for name in ("industry", "services", "tech_sme", "projects", "platforms", "works")) == (
        Subject.objects.count()
    )
    assert counted["industry"] == sum(counted[f"industry.{tier}"] for tier in ("province", "city", "county"))
    assert counted["services.city"] == sum(counted[f"services.city.{one}"] for one in ("service", "wholesale", "retail"))
    assert counted["projects.total"] == sum(
        counted[f"projects.{stage}"] for stage in ("preparation", "construction", "completion")
    )
    assert counted["works"] == 20
