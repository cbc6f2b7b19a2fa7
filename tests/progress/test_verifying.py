"""Everything that is kept of lights and gates can be worked out anew from reports alone (issue 5, must show)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.progress.reported import as_office, day, target_in, told
from zhitong.domain.plans.models import Indicator, Target
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.standing import stand
from zhitong.domain.progress.models import Figure, GateReading, Standing
from zhitong.domain.progress.queries.verifying import verify
from zhitong.domain.tallies.models import Posting

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 11, 20, 2, tzinfo=UTC)


def stood() -> None:
    """Targets of every kind and comparator in three regions, with figures for three months, stood and frozen."""
    indicators = Indicator.objects.filter(reading_class="target", task__isnull=False, plan__campaign="hebei-2018")
    for place, indicator in enumerate(indicators.order_by("position")[:14]):
        for code in ("1309", "130982"):
            target = target_in(code, 100 + place, indicator=indicator)
            for month, period in ((30, "2018-07"), (55, "2018-08"), (99, "2018-09")):
                told(target, period, None if place % 7 == 3 else month + place, state="accepted" if place % 2 else "approved")
    stand(list(Target.objects.values_list("id", flat=True)), since=day(1, 1).date(), now=NOW)
    freeze_gates(NOW)


def test_what_is_kept_is_what_the_reports_say_and_what_was_meddled_with_is_found() -> None:
    with as_office():
        stood()
        checked = verify(now=NOW)
        assert (checked.findings, checked.standings) == ([], 84)
        assert checked.gates > 60

        some = Standing.objects.filter(light="amber").order_by("id").first() or Standing.objects.order_by("id")[0]
        Standing.objects.filter(id=some.id).update(light="done")
        moved = Standing.objects.exclude(id=some.id).filter(share__isnull=False).order_by("-id")[0]
        Standing.objects.filter(id=moved.id).update(share=Decimal("0.123"))
        reading = GateReading.objects.filter(result="short").order_by("id")[0]
        GateReading.objects.filter(id=reading.id).update(result="reached")
        findings = verify(now=NOW).findings

        assert len([one for one in findings if "灯存为 done" in one]) == 1
        assert len([one for one in findings if "完成存为 0.123" in one]) == 1
        assert len([one for one in findings if "节点结果存为 reached" in one]) == 1


def test_a_standing_too_many_or_too_few_is_found_and_so_is_a_wrong_count() -> None:
    with as_office():
        stood()
        gone = Standing.objects.filter(is_newest=False).order_by("id")[0]
        gone.delete()
        Figure.objects.filter(id=Standing.objects.filter(is_newest=True, actual__isnull=False).order_by("id")[0].figure_id).update(
            value=1
        )
        Posting.objects.create(cut="progress.lights", node=gone.region_id, a="x", b="county", c="red", n=1)

        findings = verify(now=NOW).findings

        assert [one for one in findings if "没有存" in one]
        assert [one for one in findings if "实际存为" in one]
        assert [one for one in findings if "计数 progress.lights" in one]
