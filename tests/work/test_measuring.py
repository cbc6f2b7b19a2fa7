"""The worker measures stays after the facts that ended them, in the calendar of the unit that had them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.analysis.worlds import raised
from tests.cast import acting
from tests.problems.ways import confirmed
from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules import working_seconds
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.problems.models import Stay
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.work.measuring import measure

pytestmark = pytest.mark.django_db


def test_what_ended_is_measured_and_what_stands_is_not() -> None:
    story = confirmed(raised())
    facts: Sequence[ReadFact] = [
        ReadFact(story.problem_id, story.now, 1, ProblemFact.CONFIRMED.value, kind, story.problem_id, None, None, None, {})
        for kind in ("problem", "card")
    ]

    with acting("province_office"):
        measure(facts)
        measure(facts)
        stays = list(Stay.objects.filter(problem_id=story.problem_id).order_by("since"))

    assert len(stays) == 4
    for one in stays[:-1]:
        assert one.until is not None
        assert one.worked_minutes == working_seconds(one.since, one.until, calendar()) // 60
    assert stays[-1].until is stays[-1].worked_minutes is None
