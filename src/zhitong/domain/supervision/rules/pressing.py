"""Whether a unit may press another about a problem, and if not, the sentence that says why and what is possible. Pure.

Pressing is an act of the accountable chain: the offices at or above the level where the problem stands. The reporter may
remind when a limit is near or gone. Who settles a matter is never changed by it. Source: 冀发〔2018〕7号 四（三）（六）.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from zhitong.domain.calendars.rules import Calendar, due_after_workdays
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.problems.rules.kinds import CLOSED_STATES, State
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.supervision.rules.kinds import EffectState
from zhitong.kit.clock import SHANGHAI, day_of

WAITS_FOR_REPORTER = frozenset({State.ASKED, State.ANSWERED, State.CONFIRMED})
"""States in which no unit of government holds the matter up."""

PRESSABLE = frozenset(State) - CLOSED_STATES - WAITS_FOR_REPORTER

EFFECT_WORKDAYS = 2
REPORTER_REMINDS_EVERY = 3


def why_not_press(standing: Standing, unit_id: UUID | None, here: Directory) -> str | None:
    """Why a unit of the chain may not press the accountable unit at all; None when it may."""
    if standing.state in CLOSED_STATES:
        return f"该问题已{standing.state.label}，不能再催办、督办。"
    if standing.state in WAITS_FOR_REPORTER:
        return f"该问题现在是“{standing.state.label}”，没有单位需要催办。请待企业答复后再看。"
    pressed = here.units.get(standing.accountable_unit_id) if standing.accountable_unit_id else None
    presser = here.units.get(unit_id) if unit_id else None
    if presser is None or not _presses(presser):
        return "催办、督办由活动办公室或督查室办理，不是本单位。如需推动，请向本级活动办公室提出。"
    if pressed is None:
        return "承办单位已经撤并，没有单位收得到催办。请先由活动办公室改派，再催办、督办。"
    return _why_not_above(presser, pressed, here)


def _presses(unit: UnitEntry) -> bool:
    """Whether it is the work of a unit to press others: campaign offices and inspection offices."""
    return Permission.SUPERVISE in permissions_of(unit.kind, PostKind.OFFICER)


def _why_not_above(presser: UnitEntry, pressed: UnitEntry, here: Directory) -> str | None:
    if presser.id == pressed.id:
        return "该问题由本单位承办，不能催办本单位。请直接办理；需要上级推动的，请联系上一级活动办公室。"
    if presser.region_id not in {region.id for region in here.path(pressed.region_id)}:
        office = here.office(pressed.region_id)
        whom = f"请联系{office.name}" if office and office.id != pressed.id else "请联系其上一级活动办公室"
        return f"{pressed.name}不在本级及以下，不能由本单位催办、督办。{whom}。"
    return None


def why_not_supervise(standing: Standing, unit_id: UUID | None, here: Directory) -> str | None:
    """Why a unit may not issue a supervision to the accountable unit; None when it may.

    Bodies outside the territory chain are consulted, never supervised (R-B8); an office does not judge its own host.
    """
    reason = why_not_press(standing, unit_id, here)
    if reason:
        return reason
    assert unit_id is not None and standing.accountable_unit_id is not None, "asked above"
    presser, pressed = here.units[unit_id], here.units[standing.accountable_unit_id]
    if pressed.is_consulted:
        contact = here.units.get(pressed.contact_unit_id) if pressed.contact_unit_id else None
        through = f"，经{contact.name}" if contact else "，经其对口联系单位"
        return f"{pressed.name}不属本级管理，不能督办，应当商请{through}发商请函，可附建议时限。"
    if presser.host_id == pressed.id:
        above = here.office_above(presser.region_id)
        by = f"由{above.name}督办" if above else "提请领导小组督促"
        return f"本办设在{pressed.name}，不能督办其承办的问题，须{by}；本办可以催办。"
    return None


def why_not_remind_as_reporter(
    standing: Standing, last_at: datetime | None, calendar: Calendar, now: datetime
) -> str | None:
    """Why the reporter may not remind now: nothing presses, or the last time is less than three working days ago."""
    if standing.state in CLOSED_STATES:
        return f"这个问题已{standing.state.label}，不能再催办。仍有困难的，可以重新反映。"
    if standing.state in WAITS_FOR_REPORTER:
        return f"这个问题现在是“{standing.state.label}”，没有单位需要催办。"
    if light_of(standing.stage_due_at, standing.warn_at, now) not in (Light.SOON, Light.OVERDUE):
        return "还没有到期，暂时不能催办；临期或者超期时，这里就能催办。"
    if last_at is not None and day_of(now) < (again := may_remind_again_on(last_at, calendar)):
        last = last_at.astimezone(SHANGHAI)
        return (
            f"您已于{last.month}月{last.day}日 {last:%H:%M}催办过，承办单位已收到；"
            f"每{REPORTER_REMINDS_EVERY}个工作日可以催办一次，{again.month}月{again.day}日起可以再催。"
        )
    return None


def may_remind_again_on(last_at: datetime, calendar: Calendar) -> date:
    """The day from which the reporter may remind again: the third working day after the last time."""
    return due_after_workdays(last_at, REPORTER_REMINDS_EVERY, calendar).days[-1]


def effect_due_at(at: datetime, calendar: Calendar) -> datetime:
    """Until when an act counts as the effect of an urging: the end of the second working day after it."""
    return due_after_workdays(at, EFFECT_WORKDAYS, calendar).at


def effect_of(acted_at: datetime | None, due_at: datetime, now: datetime) -> EffectState:
    """How the effect of an urging stands at a moment."""
    if acted_at is not None:
        return EffectState.ACTED
    return EffectState.WAITING if now <= due_at else EffectState.NOTHING
