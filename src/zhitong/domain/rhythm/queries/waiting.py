"""What cycles ask of a unit now: the next step of its own, the meetings it is called to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.models import Cycle
from zhitong.domain.rhythm.rules.kinds import AgendaState, CycleState
from zhitong.kit.choices import Word

_CALL_WITHIN = timedelta(days=7)
_UNDER_WAY = [CycleState.PREPARING.value, CycleState.CALLED.value, CycleState.HELD.value]


class CycleStep(Word):
    """What waits to be done."""

    SETTLE = "settle", "有单位提请议题，等本单位确定"
    CALL = "call", "会期临近，等发会议通知"
    RECORD = "record", "会期已到，等登记会议情况"
    PUBLISH = "publish", "已召开，等印发纪要"
    ATTEND = "attend", "请按通知参加"


@dataclass(frozen=True, slots=True)
class CycleWaiting:
    """A cycle with the step that waits."""

    id: UUID
    title: str
    meets_at: datetime
    step: CycleStep


def cycles_waiting_for(viewer: Viewer, *, now: datetime, limit: int = 8) -> list[CycleWaiting]:
    """The next steps of the unit's own cycles and the meetings it is called to, the earliest meeting first; one query."""
    called = Q(called__contains=[viewer.unit_id], state=CycleState.CALLED.value, meets_at__gte=now)
    own = Q(office_id=viewer.unit_id, state__in=_UNDER_WAY) if viewer.may(Permission.SUPERVISE) else Q(pk__in=[])
    rows = Cycle.objects.filter(own | called).annotate(asked=Count("agenda", filter=Q(agenda__state=AgendaState.ASKED.value)))
    steps = (
        (one, _step_of(one, now) if one.office_id == viewer.unit_id else CycleStep.ATTEND) for one in rows.order_by("meets_at", "id")
    )
    return [CycleWaiting(one.id, one.title, one.meets_at, step) for one, step in steps if step][:limit]


def _step_of(one: Cycle, now: datetime) -> CycleStep | None:
    """The step of a cycle that waits for its office; none where nothing is pressing yet."""
    if one.state == CycleState.HELD.value:
        return CycleStep.PUBLISH
    if one.meets_at <= now:
        return CycleStep.RECORD
    if one.asked:  # type: ignore[attr-defined]
        return CycleStep.SETTLE
    is_near = one.state == CycleState.PREPARING.value and one.meets_at - now <= _CALL_WITHIN
    return CycleStep.CALL if is_near else None
