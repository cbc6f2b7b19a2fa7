"""Opening the stage: what the first start puts into an empty database, step by whole step; later starts do nothing.

Whether a database is a demonstration is settled at its first start (ZHITONG_DEMONSTRATION) and never changes. A step is
one transaction: killed in the middle it has not happened, and the next start does it. What only a first start needs is
imported inside the steps, so that every later start stays quick.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from zhitong.config import environment
from zhitong.domain.analysis.models import Forecast, SavedView
from zhitong.domain.blanks.models import Blank
from zhitong.domain.bulletins.models import Edition
from zhitong.domain.campaigns.queries import campaigns_loaded, clock_offset, is_demonstration, is_loaded_as
from zhitong.domain.cards.models import Round, TemplateDraft
from zhitong.domain.commons.models import Common
from zhitong.domain.extras.models import Proposal
from zhitong.domain.inspections.models import Inspection
from zhitong.domain.organisations.models import Person
from zhitong.domain.papers.models import Paper
from zhitong.domain.plans.models import Curve, Division
from zhitong.domain.practices.models import Piece
from zhitong.domain.problems.models import Problem
from zhitong.domain.progress.models import Report, Standing
from zhitong.domain.rhythm.models import Cycle
from zhitong.domain.subjects.models import Subject
from zhitong.domain.tiering.models import Run
from zhitong.domain.visits.models import Visit
from zhitong.kit import clock, progress

if TYPE_CHECKING:
    from zhitong.domain.campaigns.package import CampaignPackage

TODAY = datetime(2018, 9, 17, 8, 30, tzinfo=clock.SHANGHAI)
"""What a demonstration's clock shows when it is ready for its first guest; from then on its time runs."""

CALENDARS = (2004, 2026)


def load_packages(step: progress.Step) -> None:
    """Load the shipped campaigns and the calendars; mark the database where it becomes a demonstration."""
    if campaigns_loaded():
        return
    from zhitong.domain.calendars.actions import load_published
    from zhitong.domain.campaigns.actions import load
    from zhitong.domain.campaigns.package import shipped
    from zhitong.domain.history.actions import open_months

    with transaction.atomic():
        now = clock.now()
        if environment.switch("ZHITONG_DEMONSTRATION"):
            set_clock()
            now = datetime(TODAY.year, 1, 1, tzinfo=clock.SHANGHAI)
            open_months(date(TODAY.year, 1, 1), date(TODAY.year, 12, 31))
        load_published(*CALENDARS)
        for folder in shipped():
            load(folder, now=now)


def renew_packages(step: progress.Step) -> None:
    """Load the shipped campaigns again into a demonstration that an earlier release made: its later steps ask for them.

    Elsewhere a campaign is somebody's own, and `zhitong campaign load` is his to say.
    """
    if not is_demonstration():
        return
    from zhitong.domain.campaigns.actions import load
    from zhitong.domain.campaigns.package import digest_of, shipped

    for folder in shipped():
        if not is_loaded_as(folder.name, digest_of(folder)):
            load(folder, now=datetime(TODAY.year, 1, 1, tzinfo=clock.SHANGHAI))


def fill_registry(step: progress.Step) -> None:
    """Settle the invented population."""
    if is_demonstration() and not Subject.objects.exists():
        from zhitong.rehearsal.population.settling import populate

        populate(*packages())


def seat_people(step: progress.Step) -> None:
    """Seat the demonstration's accounts, and note who has come so far."""
    if is_demonstration() and not Person.objects.exists():
        from zhitong.rehearsal.accounts import seat_accounts
        from zhitong.rehearsal.coming import let_come
        from zhitong.rehearsal.guessing import let_strangers_guess

        with transaction.atomic():
            seat_accounts(date(TODAY.year, 3, 1))
            let_come(TODAY.date())
            let_strangers_guess(clock.now())


def divide_targets(step: progress.Step) -> None:
    """Let the province and its cities divide the plan's targets among the regions below."""
    if not is_demonstration() or Division.objects.exists():
        return
    from zhitong.rehearsal.dividing import divide

    divide(packages()[0])


def change_course(step: progress.Step) -> None:
    """Let cities propose how progress is to come, and the plan be amended here and there."""
    if not is_demonstration() or Curve.objects.exists():
        return
    from zhitong.rehearsal.changing import change_course

    change_course(packages()[0].code, TODAY.year)


def judge_tiers(step: progress.Step) -> None:
    """Let the offices hold the registry against the tiers' quotas, and firms stand on their ladders."""
    if not is_demonstration() or Run.objects.exists():
        return
    from zhitong.rehearsal.tiering import tier

    tier(packages()[0], datetime(TODAY.year, 4, 2, 9, tzinfo=clock.SHANGHAI))


def collect_cards(step: progress.Step) -> None:
    """Open the rounds of July and August and have most cards sent and reviewed."""
    if not is_demonstration() or Round.objects.exists():
        return
    from zhitong.rehearsal.accounts import ACCOUNTS, unit_of
    from zhitong.rehearsal.collecting import collect

    first = next(one.unit for one in ACCOUNTS if not isinstance(one.unit, str))
    collect(leave_out=unit_of(first), show=step.at)


def light_targets(step: progress.Step) -> None:
    """Let every target stand by its reports, and freeze the gates past."""
    if not is_demonstration() or Standing.objects.exists() or not Report.objects.exists():
        return
    from zhitong.rehearsal.lighting import light_up

    light_up(TODAY)


def foretell_targets(step: progress.Step) -> None:
    """Forecast every target as it was known in each month since spring, and this morning."""
    if not is_demonstration() or Forecast.objects.exists() or not Standing.objects.exists():
        return
    from zhitong.rehearsal.foretelling import foretell

    foretell([one.code for one in packages()], until=TODAY)


def draw_up_forms(step: progress.Step) -> None:
    """Publish forms beside the monthly card, one of them asked of the same firms, and leave another half drawn up."""
    if is_demonstration() and not TemplateDraft.objects.exists():
        from zhitong.rehearsal import beside, forms

        with transaction.atomic():
            forms.draw_up_forms()
            beside.ask_beside()


def take_papers_in(step: progress.Step) -> None:
    """Put policy papers on an office's desk, read, corrected and compared."""
    if is_demonstration() and not Paper.objects.exists():
        from zhitong.rehearsal import papering

        with transaction.atomic():
            papering.take_papers_in()


def report_progress(step: progress.Step) -> None:
    """Have the months from February to August reported by province, cities and counties."""
    if not is_demonstration() or Report.objects.exists():
        return
    from zhitong.rehearsal.reporting import report_months

    for package in packages():
        report_months(package.code, until=TODAY, show=step.at)


def play_story(step: progress.Step) -> None:
    """Play the problems up to this morning, add up the counts, and let the clock show the morning."""
    if not is_demonstration() or Problem.objects.exists():
        return
    from zhitong.domain.tallies.actions import fold
    from zhitong.rehearsal.measuring import measure_every
    from zhitong.rehearsal.story.playing import play

    with transaction.atomic():
        play(until=TODAY, show=step.at)
        measure_every()
        while fold():
            pass
        set_clock()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visit_firms(step: progress.Step) -> None:
    """Have the firms around the accounts visited, and hold a symposium."""
    if not is_demonstration() or Visit.objects.exists():
        return
    from zhitong.domain.tallies.actions import fold
    from zhitong.rehearsal.visiting import visit_around

    with transaction.atomic():
        visit_around(until=TODAY)
        while fold():
            pass


def gather_what_is_shared(step: progress.Step) -> None:
    """Have offices make common problems of what most firms tell them."""
    if not is_demonstration() or Common.objects.exists() or not Problem.objects.exists():
        return
    from zhitong.rehearsal.gathering import gather

    with transaction.atomic():
        gather(TODAY)


def keep_timetables(step: progress.Step) -> None:
    """Keep the year's milestones up to this morning, and set the proposals of a zone on their way."""
    if not is_demonstration() or Proposal.objects.exists():
        return
    from zhitong.rehearsal.roadmapping import put_in_time

    put_in_time(until=TODAY)


def inspect_units(step: progress.Step) -> None:
    """Let a city's office look at some of its units, and put right what it found."""
    if not is_demonstration() or Inspection.objects.exists():
        return
    from zhitong.rehearsal.inspecting import inspect

    inspect(until=TODAY)


def write_pieces(step: progress.Step) -> None:
    """Let units write of their work to their offices, and what they wrote be used and published."""
    if not is_demonstration() or Piece.objects.exists() or not Problem.objects.exists():
        return
    from zhitong.rehearsal import practising

    with transaction.atomic():
        practising.write_pieces()


def hold_meetings(step: progress.Step) -> None:
    """Let a city's office hold its monthly meetings, follow what they decided, and prepare the next."""
    if not is_demonstration() or Cycle.objects.exists():
        return
    from zhitong.rehearsal import meeting

    meeting.hold_meetings(until=TODAY)


def save_views(step: progress.Step) -> None:
    """Let offices save views of the overview."""
    if not is_demonstration() or SavedView.objects.exists():
        return
    from zhitong.rehearsal.viewing import keep_views

    with transaction.atomic():
        keep_views()


def circulate_papers(step: progress.Step) -> None:
    """Let offices issue a circular, have another checked, and draft a brief."""
    if not is_demonstration() or Edition.objects.exists():
        return
    from zhitong.rehearsal.circulating import circulate

    with transaction.atomic():
        circulate()


def keep_a_blank(step: progress.Step) -> None:
    """Let an office remember a form of an upper level, and fill it."""
    if not is_demonstration() or Blank.objects.exists() or not Problem.objects.exists():
        return
    from zhitong.rehearsal import blanking

    with transaction.atomic():
        blanking.keep_a_blank()


def set_clock() -> None:
    """Mark the demonstration so that its time is TODAY at this moment."""
    from zhitong.domain.campaigns.actions import mark_demonstration

    mark_demonstration(clock_offset=TODAY - (clock.now() - clock.offset()))
    clock.ask_offset_of(clock_offset)


def packages() -> tuple[CampaignPackage, CampaignPackage]:
    """The provincial package and the local one, as they are shipped."""
    from zhitong.domain.campaigns.package import parse, shipped

    upper, local = (parse(folder)[0] for folder in shipped())
    assert upper is not None and local is not None, "shipped packages have heads"
    return upper, local
