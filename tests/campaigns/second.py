"""The second campaign at work: its database, who works in its units, and the year as its regions report it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from zhitong.config import database as config
from zhitong.domain.calendars.actions import load_published
from zhitong.domain.campaigns.actions import load
from zhitong.domain.history.actions import open_months
from zhitong.domain.organisations.models import Person, Post, Region, Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.actions.dividing.issuing import divide_at_once
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.models import Target, WeightSet
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.progress.actions.deciding import Decision, accept_reports, approve_reports
from zhitong.domain.progress.actions.entering import Entry, Told, save_reports
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.actions.waiting import stop_waiting
from zhitong.domain.progress.models import Report
from zhitong.domain.progress.queries.deciders import Deciders, deciders_of
from zhitong.launch import database, migrating

PACKAGE = Path(__file__).parent / "packages" / "sanchuang-2020"
CAMPAIGN, NOW = "sanchuang-2020", datetime(2020, 3, 10, 2, 0, tzinfo=UTC)
REPORTING = datetime(2020, 9, 2, 2, 0, tzinfo=UTC)
CITY, COUNTIES, TOWNS = "90", ("9001", "9002"), ("900101", "900102", "900201")
VILLAGES = ("90010101", "90010102", "90010103", "90010201", "90020101")
LEVELS = (VILLAGES, TOWNS, COUNTIES, (CITY,))
"""Four levels, the lowest first: 村、乡、县、市."""
SLOW = "90010102"
"""The village that is behind with everything."""


def build(name: str) -> None:
    """A database in which this campaign stands beside nothing else."""
    database.drop(name)
    database.create(name)
    with config.as_role("owner", name=name):
        migrating.apply()
        load_published(2020, 2020)
        open_months(date(2020, 1, 1), date(2020, 12, 31))
        load(PACKAGE, now=datetime(2020, 3, 1, tzinfo=UTC))


def officer(unit: str) -> Viewer:
    """Somebody who works in a unit."""
    post = Post.objects.filter(unit__code=unit, kind="officer").order_by("title")[0]
    person, is_new = Person.objects.get_or_create(login=unit, defaults={"name": "演示"})
    if is_new:
        Tenure.objects.create(post=post, person=person, since=date(2020, 1, 1))
    found = viewer_for(person.id, post.id, NOW.date())
    assert found is not None
    return found


@contextmanager
def acting(unit: str) -> Iterator[Viewer]:
    """Act as somebody of a unit, with the database told."""
    with acting_as(officer(unit)) as here:
        yield here


def turn_of(unit: str) -> Turn:
    """A turn of an office."""
    return Turn(viewer=officer(unit), via="test", now=NOW)


def divided(region: str) -> int:
    """Let the office of a region divide all that it has; how many targets that were."""
    turn = turn_of(f"{region}-office")
    with acting_as(turn.viewer):
        mine = list(Target.objects.filter(region__code=region, is_cancelled=False).values_list("id", flat=True))
        weights = WeightSet.objects.get(campaign=CAMPAIGN, code="households")
        return len(divide_at_once(mine, turn, method=DivisionMethod.WEIGHT, since=NOW.date(), weights_id=weights.id))


def reported(period: str) -> dict[tuple[str, str], Decimal]:
    """Let every region report a period up to the city, the villages first; what was said, by indicator and region."""
    said: dict[tuple[str, str], Decimal] = {}
    for level in LEVELS:
        for region in level:
            for row in _reports(region, period):
                _goes_up(row, region, said)
    return said


def _reports(region: str, period: str) -> list[Report]:
    with acting(f"{CITY}-office"):
        stop_waiting(now=REPORTING)
        rows = Report.objects.select_related("task__plan", "unit").filter(region__code=region, period=period)
        return list(rows.order_by("task__position"))


def _goes_up(row: Report, region: str, said: dict[tuple[str, str], Decimal]) -> None:
    with acting(f"{CITY}-office"):
        deciders = deciders_of([row])[row.id]
        figures = list(row.figures.select_related("indicator"))
    values = {one.indicator.code: _value(one.indicator.code, region, said) for one in figures}
    said.update({(code, region): value for code, value in values.items()})
    with acting(row.unit.code) as here:
        save_reports([Entry(
            report_id=row.id, actor=here.actor("test"), progress_words="按计划推进。",
            figures=[Told(one.indicator_id, values[one.indicator.code], note="已核对。") for one in figures],
        )], now=REPORTING)
        submit_reports([ReportToSend(submission=Submission(report_id=row.id, actor=here.actor("test")))], now=REPORTING)
    _decided(row, deciders)


def _decided(row: Report, deciders: Deciders) -> None:
    """Approved here, and accepted where somebody stands above."""
    for act, unit_id in ((approve_reports, deciders.approver_id), (accept_reports, deciders.acceptor_id)):
        if unit_id is not None:
            with acting(_code(unit_id)) as here:
                act([Decision(report_id=row.id, actor=here.actor("test"))], now=REPORTING)


def _code(unit_id: object) -> str:
    return str(Post.objects.filter(unit_id=unit_id).values_list("unit__code", flat=True)[0])


def _value(code: str, region: str, said: dict[tuple[str, str], Decimal]) -> Decimal:
    """A village says what it has done, the slow one little; above it is the sum, and of a rate the same everywhere."""
    below = [one for (each, one) in said if each == code and len(one) > len(region) and one.startswith(region)]
    nearest = [one for one in below if len(one) == min(map(len, below))]
    if code != "S002" and nearest:
        return sum((said[code, one] for one in nearest), Decimal(0))
    with acting(f"{CITY}-office"):
        goal = Target.objects.get(indicator__code=code, region__code=region).value
    share = Decimal("0.2") if region == SLOW else Decimal("0.9")
    return (goal * share).quantize(Decimal("0.01") if code in ("S002", "S003") else Decimal(1))


def region_id(code: str) -> object:
    """The id of a region."""
    return Region.objects.values_list("id", flat=True).get(code=code)
