"""Opening a cycle: by one click of its office, or by the clock where the office keeps the kind; both gather at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import Period, period_of, period_trouble
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.rhythm.actions.gathering import gather_into
from zhitong.domain.rhythm.models import Cycle, Habit
from zhitong.domain.rhythm.queries.choosing import units_of_office
from zhitong.domain.rhythm.queries.gathering import the_office_itself
from zhitong.domain.rhythm.rules.facts import CycleFact
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind, CycleState
from zhitong.domain.rhythm.rules.naming import due_to_open, is_period_of, title_of
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written

LONGEST_LINE, LONGEST_TEXT = 120, 2000
FURTHEST = timedelta(days=400)
_CLOCK = Actor(None, None, None, "work")


class AlreadyOpen(Refused):
    """The office has this kind of cycle for this period already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """When and where it meets, who presides, who is called, what they are to bring."""

    meets_at: datetime
    place: str = ""
    chair: str = ""
    called: tuple[UUID, ...] = ()
    demands: str = ""


@transaction.atomic
def open_cycle(
    viewer: Viewer, campaign: str, kind: CycleKind, period: str, setting: Setting, *, actor: Actor, now: datetime
) -> UUID:
    """Begin to prepare a cycle of the viewer's office; its agenda and figures are gathered as of now. Returns its id.

    Raises NotYours. Raises AlreadyOpen: the office has it already. Raises BadInput: not a period of this kind, a day long
    past or far ahead, units that are not the office's to call, or a text too long.
    Source: 冀发〔2018〕7号 四（三）; R-G2.
    """
    require(viewer, Permission.SUPERVISE)
    chosen = _period(kind, period)
    return _begun(viewer, campaign, kind, chosen, judged(setting, viewer.unit_id, viewer.region_id, now), actor, now)


def open_due(campaign: str, now: datetime) -> int:
    """Open the cycles whose preparation begins by the habits of their offices; returns how many.

    One that was opened before, by hand or by the clock, dropped ones included, is not opened again. For the worker.
    """
    return sum(_open_by_habit(campaign, habit, now) for habit in Habit.objects.order_by("office_id", "kind"))


def judged(setting: Setting, office_id: UUID, region_id: UUID, now: datetime) -> Setting:
    """A setting as it is kept. Raises BadInput, at the field."""
    if abs(setting.meets_at - now) > FURTHEST:
        raise BadInput("会议时间请填一年以内的日期。", {"meets_at": "会议时间请填一年以内的日期。"})
    if not {one.id for one in units_of_office(office_id, region_id)}.issuperset(setting.called):
        trouble = "只能通知本地区的单位和下一级活动办公室。"
        raise BadInput(trouble, {"called": trouble})
    return replace(
        setting, place=written("place", setting.place, LONGEST_LINE), chair=written("chair", setting.chair, LONGEST_LINE),
        demands=written("demands", setting.demands, LONGEST_TEXT),
    )


@transaction.atomic
def _open_by_habit(campaign: str, habit: Habit, now: datetime) -> bool:
    office = directory().units.get(habit.office_id)
    if office is None:
        return False
    kind, days = CycleKind(habit.kind), calendar_of(directory().calendar_owners(office.id))
    due = due_to_open(kind, habit.day, habit.ahead_days, day_of(now), days)
    if due is None or Cycle.objects.filter(office_id=office.id, kind=kind.value, period=due[0].code).exists():
        return False
    callable_ids = {one.id for one in units_of_office(office.id, office.region_id)}
    setting = Setting(
        meets_at=_at(due[1], habit), place=habit.place, chair=habit.chair, called=_still(habit.called, callable_ids),
    )
    _begun(the_office_itself(office.id), campaign, kind, due[0], setting, _CLOCK, now)
    return True


def _begun(
    viewer: Viewer, campaign: str, kind: CycleKind, period: Period, setting: Setting, actor: Actor, now: datetime
) -> UUID:
    own = Cycle.objects.filter(office_id=viewer.unit_id, kind=kind.value, period=period.code)
    if own.exclude(state=CycleState.DROPPED.value).exists():
        raise AlreadyOpen(f"本单位{period.words}的{kind.label}已经在筹备或召开，请在原来的会议上办理。")
    row = Cycle.objects.create(
        campaign=campaign, office_id=viewer.unit_id, region_id=viewer.region_id, kind=kind.value, period=period.code,
        title=title_of(kind, period, directory().regions[viewer.region_id].name), state=CycleState.PREPARING.value,
        meets_at=setting.meets_at, place=setting.place, chair=setting.chair, demands=setting.demands,
        called=list(setting.called), cut_off_at=now,
    )
    gather_into(viewer, row, now=now)
    tell_of(CycleFact.OPENED, row, actor, now)
    return row.id


def tell_of(
    kind: CycleFact, row: Cycle, actor: Actor, now: datetime, body: dict[str, object] | None = None,
    words: dict[str, str] | None = None,
) -> None:
    """Record what was done in a cycle; its name goes with it, for who is told."""
    sides = {"office": row.office_id, "name": row.title, "meets_at": row.meets_at}
    said = {name: text for name, text in (words or {}).items() if text}
    record(kind.value, thing_kind="cycle", thing_id=row.id, actor=actor, at=now, body={**sides, **(body or {})}, details=said)


def _period(kind: CycleKind, code: str) -> Period:
    trouble = period_trouble(code)
    if not trouble and not is_period_of(kind, period_of(code)):
        trouble = f"{kind.label}按{PERIOD_OF[kind].label}召开，请选择一个{PERIOD_OF[kind].label}。"
    if trouble:
        raise BadInput(trouble, {"period": trouble})
    return period_of(code)


def _still(called: Sequence[UUID], callable_ids: set[UUID]) -> tuple[UUID, ...]:
    """Those of the units of a habit that may still be called: some may have ended since."""
    return tuple(one for one in called if one in callable_ids)


def _at(day: date, habit: Habit) -> datetime:
    return datetime.combine(day, habit.at, SHANGHAI)
