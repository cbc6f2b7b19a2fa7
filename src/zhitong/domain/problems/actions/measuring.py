"""How long problems stood, in working time: written by the worker once a stay has ended, never by the act that ended it.

Found by following facts, so that no index has to name what has ended: an act that ends a stay touches none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules.days import Calendar
from zhitong.domain.calendars.rules.worked import WorkedTime
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import day_of

_ENDED = """
SELECT id, coalesce(unit_id, region_id), since, until FROM problems_stay
WHERE problem_id = ANY(%s) AND until IS NOT NULL AND worked_minutes IS NULL
"""
_WRITE = """
UPDATE problems_stay stay SET worked_minutes = new.minutes
FROM unnest(%s::uuid[], %s::int[]) AS new (id, minutes) WHERE stay.id = new.id
"""

Ended = tuple[UUID, UUID, datetime, datetime]
"""(id, whose calendar holds: the accountable unit's, else the region's; since; until)"""


@transaction.atomic
def measure_stays(problem_ids: Collection[UUID]) -> int:
    """Write the working minutes of the ended stays of these problems (as the worker); returns how many were written.

    The calendar is that of the unit that was accountable, of the region where nobody was. Two statements whatever the
    number of problems; doing it again changes nothing.
    """
    if not problem_ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, [list(problem_ids)])
        measured = _measured(cursor.fetchall())
        if measured:
            cursor.execute(_WRITE, [list(measured), list(measured.values())])
    return len(measured)


def _measured(ended: Sequence[Ended]) -> dict[UUID, int]:
    """Minutes by stay; each calendar is laid out once over all the days that its stays need."""
    here = directory()
    calendars = {owner: calendar_of(here.calendar_owners(owner)) for _id, owner, _since, _until in ended}
    sharing: dict[int, list[Ended]] = defaultdict(list)
    for one in ended:
        sharing[id(calendars[one[1]])].append(one)
    return {
        stay_id: minutes
        for together in sharing.values()
        for stay_id, minutes in _by_one_calendar(calendars[together[0][1]], together)
    }


def _by_one_calendar(calendar: Calendar, ended: Sequence[Ended]) -> list[tuple[UUID, int]]:
    first, last = min(since for _id, _owner, since, _until in ended), max(until for *_rest, until in ended)
    worked = WorkedTime(calendar, day_of(first), day_of(last))
    return [(stay_id, worked.minutes(since, until)) for stay_id, _owner, since, until in ended]
