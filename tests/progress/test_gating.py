"""Gates (R-C8): read once on their day from what had been told by then, frozen, the same when the worker comes late."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import official_of
from tests.progress.reported import as_office, day, region, target_in, told
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.plans.models import Gate, LightStandard, Target
from zhitong.domain.progress.actions.deciding import Decision, return_reports
from zhitong.domain.progress.actions.gating import freeze, freeze_gates
from zhitong.domain.progress.models import Correction, Figure, GateReading, Report
from zhitong.domain.progress.queries.gates import gate_counts, gate_readings, gates_read
from zhitong.domain.progress.queries.verifying import verify
from zhitong.domain.progress.rules import GateResult
from zhitong.domain.progress.rules.gates import GATES
from zhitong.domain.tallies.queries import differences

pytestmark = pytest.mark.django_db
OCTOBER = date(2018, 10, 31)
AFTER = datetime(2018, 10, 31, 17, 0, tzinfo=UTC)
"""One in the morning of 1 November in Shanghai."""


def october() -> Gate:
    return Gate.objects.get(campaign="hebei-2018", code="october")


def reading(target: Target) -> GateReading:
    return GateReading.objects.get(gate=october(), target=target)


def test_the_gate_of_october_needs_eighty_percent_at_least() -> None:
    with as_office():
        enough, short, silent = target_in("1309", 100), target_in("1301", 100), target_in("130982", 100)
        told(enough, "2018-09", 84)
        told(short, "2018-09", 79)

        freeze(october().id, now=AFTER)

        assert [reading(one).result for one in (enough, short, silent)] == ["reached", "short", "missing"]
        found = reading(short)
        assert found.needed_share is not None
        assert found.needed_share >= Decimal("0.8")
        assert (found.period, found.actual, found.share) == ("2018-09", Decimal(79), Decimal("0.79"))
        assert found.words.startswith("按2018年9月的报告，实际79")
        assert differences(GATES) == []


def test_it_is_frozen_once_and_not_before_its_day_is_over() -> None:
    with as_office():
        target = target_in("1309", 100)
        told(target, "2018-09", 79)

        assert freeze(october().id, now=day(10, 31)) == 0
        made = freeze(october().id, now=AFTER)
        assert made > 1
        assert freeze(october().id, now=AFTER) == 0
        assert GateReading.objects.count() == made


def test_what_was_told_later_does_not_change_it_even_when_the_worker_comes_late() -> None:
    late = datetime(2018, 11, 12, 2, tzinfo=UTC)
    with as_office():
        slow, corrected = target_in("1309", 100), target_in("1301", 100)
        told(slow, "2018-08", 60)
        told(slow, "2018-09", 95, approved_at=day(11, 5))
        figure = told(corrected, "2018-09", 90)
        Correction.objects.create(
            figure=figure, before=70, after=90, reason="多报", by_unit_id=figure.report.unit_id, asked_at=day(11, 2),
            decided_at=day(11, 3), is_allowed=True,
        )

        freeze(october().id, now=late)

        assert (reading(slow).period, reading(slow).actual) == ("2018-08", Decimal(60))
        assert (reading(corrected).actual, reading(corrected).result) == (Decimal(70), "short")


def test_what_was_given_back_after_its_day_counts_as_it_was_told_then() -> None:
    late = datetime(2018, 11, 12, 2, tzinfo=UTC)
    with as_office():
        before, after = target_in("1309", 100), target_in("1301", 100)
        said_before, said_after = told(before, "2018-09", 85), told(after, "2018-09", 85)
        for figure, given_back in ((said_before, day(10, 20)), (said_after, day(11, 5))):
            Report.objects.filter(id=figure.report_id).update(lock_at=day(12, 1))
            office = Unit.objects.get(code=f"{figure.report.region.code}-office")
            with acting_as(official_of(office.code)) as here:
                return_reports([Decision(report_id=figure.report_id, actor=here.actor("test"), reason="演示：口径不对")], now=given_back)
            Figure.objects.filter(id=figure.id).update(value=Decimal(60))

        freeze(october().id, now=late)

        assert reading(before).actual is None
        assert (reading(after).actual, reading(after).result) == (Decimal(85), "reached")
        assert [one for one in verify(now=late).findings if "节点" in one] == []


def test_the_clock_freezes_the_gates_that_the_package_names_and_no_other() -> None:
    with as_office():
        target_in("1309", 100)
        made = freeze_gates(day(9, 17))

        named = set(LightStandard.objects.get(campaign="hebei-2018").gates)
        frozen = set(GateReading.objects.values_list("gate__code", flat=True))
        assert made > 0
        assert frozen == {"matching", "mid_year"} < named
        assert freeze_gates(day(9, 18)) == 0


def test_gates_and_regions_are_compared_by_counts() -> None:
    with as_office() as here:
        target = target_in("1309", 100)
        told(target, "2018-09", 79)
        told(target_in("130982", 100), "2018-09", 99)
        freeze_gates(AFTER)

        city, county = region("1309"), region("130982")
        counted = gate_counts(here, [city, county])
        gate = october().id
        assert counted[city][gate][GateResult.SHORT] == 1
        assert counted[city][gate].get(GateResult.REACHED, 0) == 0
        assert counted[county][gate] == {GateResult.REACHED: 1}
        assert [one.code for one in gates_read(here, "hebei-2018")] == ["matching", "mid_year", "october"]
        assert [one.result for one in gate_readings(here, gate, city)] == [GateResult.SHORT]


def test_a_neighbour_s_gates_are_not_there() -> None:
    with as_office():
        told(target_in("1309", 100), "2018-09", 79)
        freeze_gates(AFTER)
    with as_office("outsider") as here:
        assert gate_counts(here, [region("1309")]) == {}
        assert gate_readings(here, october().id, region("1309")) == []
        assert GateReading.objects.exclude(region_id=here.region_id).count() == 0
