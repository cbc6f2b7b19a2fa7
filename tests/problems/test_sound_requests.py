"""Verify finds a request or a due time that was tampered with: due times are the first limit and what was granted (R-F5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from tests.cast import Story, acting
from tests.problems.timing import asked_for_time, extended, parked, paused
from tests.problems.ways import Raise
from zhitong.domain.problems.queries.verifying import findings_of

pytestmark = pytest.mark.django_db

PLANTED: list[tuple[Callable[[Raise], Story], str, str]] = [
    (extended, "UPDATE problems_request SET total_after = total_after - interval '30 days' WHERE problem_id = %s",
     "时限只能顺延"),
    (extended, "UPDATE problems_request SET due_before = due_before - interval '1 day' WHERE problem_id = %s", "不衔接"),
    (extended, "UPDATE problems_request SET due_after = due_after + interval '1 day' WHERE problem_id = %s",
     "首次时限加上同意的延期、暂停应为"),
    (extended, "DELETE FROM problems_request WHERE problem_id = %s", "首次时限加上同意的延期、暂停、挂账应为"),
    (asked_for_time, "UPDATE problems_request SET state = 'lapsed' WHERE problem_id = %s", "待审批申请与申请记录不一致"),
    (asked_for_time, "UPDATE problems_request SET kind = 'pause' WHERE problem_id = %s", "待审批申请与申请记录不一致"),
    (paused, "UPDATE problems_request SET resumed_at = decided_at WHERE problem_id = %s", "实有 0 份"),
    (paused, "UPDATE problems_problem SET pauses = 0 WHERE id = %s", "暂停记为 0 次，同意的申请有 1 份"),
    (parked, "UPDATE problems_problem SET state = 'handling' WHERE id = %s", "却有未结束的暂停或挂账"),
]


@pytest.mark.parametrize(("way", "statement", "said"), PLANTED)
def test_a_planted_fault_is_found(way: Callable[[Raise], Story], statement: str, said: str, raised: Raise) -> None:
    story = way(raised)

    with acting("province_office"), connection.cursor() as cursor:
        assert findings_of([story.problem_id], now=story.now) == []
        cursor.execute(statement, [story.problem_id])
        found = findings_of([story.problem_id], now=story.now)

    assert any(finding.is_fault and said in finding.sentence for finding in found), found
