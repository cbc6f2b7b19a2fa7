"""Which cycles an office keeps, said once for all periods to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.rhythm.actions.opening import LONGEST_LINE
from zhitong.domain.rhythm.models import Habit
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.rules.facts import HabitFact
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind
from zhitong.domain.rhythm.rules.naming import LATEST_DAY
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import written

MOST_AHEAD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """On the how-manieth day of its period at which hour it meets, opened how many days ahead, where, under whom, with whom."""

    day: int
    at: time
    ahead_days: int
    place: str = ""
    chair: str = ""
    called: tuple[UUID, ...] = ()


@transaction.atomic
def keep(viewer: Viewer, kind: CycleKind, keeping: Keeping | None, *, actor: Actor, now: datetime) -> None:
    """Say that the viewer's office keeps a kind of cycle, and how; None: no longer. What is open already stays as it is.

    Raises NotYours. Raises BadInput: a day outside the period and its next weeks, too far ahead, units that are not its to call.
    """
    require(viewer, Permission.SUPERVISE)
    if keeping is None:
        Habit.objects.filter(office_id=viewer.unit_id, kind=kind.value).delete()
    else:
        kept = _judged(viewer, kind, keeping)
        Habit.objects.update_or_create(office_id=viewer.unit_id, kind=kind.value, defaults={"region_id": viewer.region_id, **kept})
    body = {"kind": kind, "is_kept": keeping is not None, "day": keeping.day if keeping else None}
    record(HabitFact.KEPT.value, thing_kind="habit", thing_id=viewer.unit_id, actor=actor, at=now, body=body)


def _judged(viewer: Viewer, kind: CycleKind, one: Keeping) -> dict[str, object]:
    latest = LATEST_DAY[PERIOD_OF[kind]]
    for field, is_wrong, sentence in (
        ("day", not 1 <= one.day <= latest, f"{kind.label}填每{PERIOD_OF[kind].label}的第1至{latest}天。"),
        ("ahead_days", not 1 <= one.ahead_days <= MOST_AHEAD, f"提前1至{MOST_AHEAD}天开始筹备。"),
        ("called", not {each.id for each in units_of_meetings(viewer)}.issuperset(one.called), "只能通知本地区的单位和下一级活动办公室。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})
    return {
        "day": one.day, "at": one.at, "ahead_days": one.ahead_days, "called": list(one.called),
        "place": written("place", one.place, LONGEST_LINE), "chair": written("chair", one.chair, LONGEST_LINE),
    }
