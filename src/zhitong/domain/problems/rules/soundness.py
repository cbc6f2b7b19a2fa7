"""What must hold of every problem at every moment, told as sentences about what does not. Pure.

A fault is never right. A doubt is a stored due time that the rulebook of today would set otherwise: running limits are
not touched when a rule or the calendar changes, so a person has to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from zhitong.domain.problems.rules.kinds import OF_A_LEVEL, OPEN_STATES, REOPENING, SpellKind, Stage, State
from zhitong.domain.problems.rules.limits import Clock
from zhitong.domain.problems.rules.sound_requests import RequestRow, SpellRow, faults_of_requests, workdays_granted
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import SHANGHAI

OF_HOME = frozenset({Stage.VERIFY, Stage.PRECHECK})
"""Stages whose limit is that of the region where the problem was raised."""

STAGE_OF_SPELL = {
    SpellKind.INTAKE: Stage.DISPATCH, SpellKind.DESK: Stage.DISPATCH, SpellKind.HANDLING: Stage.COMPLETE,
    SpellKind.REVIEW: Stage.REVIEW, SpellKind.OBJECTION: Stage.OBJECTION, SpellKind.REOPENED: Stage.DISPATCH,
}
"""The limit that the clock of a spell runs against."""

UNTIMED = frozenset({Stage.CONFIRM, Stage.CLOSE_OFF})
"""Stages that wait without a limit: the reporter has the answer, or only the ledger is left."""

SetClock = Callable[[Stage, UUID, UUID | None, datetime], Clock | None]
"""The clock that the rulebook of today sets for the problem: stage, region of the level, unit whose calendar counts where
it is not the region's, moment of start."""

CountedOn = Callable[[Clock, Sequence[int]], Clock]
"""A clock counted on by working days, one granted request after the other, in the calendar of today."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold of a thing, in a sentence; a doubt (`is_fault` False) asks a person to look."""

    about: str
    sentence: str
    is_fault: bool = True

    def __str__(self) -> str:
        """As a line for a terminal."""
        return f"{self.about}：{self.sentence}" + ("" if self.is_fault else "（提示）")


@dataclass(frozen=True, slots=True)
class Kept:
    """A problem with its spells in the order they were opened, its requests in the order they were asked, the unit its own
    row calls accountable, and how many levels the steps up in force carried it."""

    standing: Standing
    accountable_unit_id: UUID | None
    spells: tuple[SpellRow, ...]
    requests: tuple[RequestRow, ...] = ()
    levels_up: int = 0


def findings_about(kept: Kept, set_clock: SetClock, counted_on: CountedOn, now: datetime) -> list[Finding]:
    """Everything that does not hold of a problem; faults first."""
    number = kept.standing.number
    faults = [
        *_accountable(kept), *_chain(kept), *_elapsed(kept, now), *_first_limit(kept), *_climbed(kept), *_ended(kept),
        *_closing(kept), *_carried_over(kept), *faults_of_requests(kept.standing, kept.spells, kept.requests),
    ]
    doubts = _clocks(kept, set_clock, counted_on)
    return [Finding(number, one) for one in faults] + [Finding(number, one, is_fault=False) for one in doubts]


def _accountable(kept: Kept) -> Iterator[str]:
    """One open spell, exactly while the problem is open; the problem names it, and its unit as accountable."""
    running = [spell for spell in kept.spells if spell.ended_at is None]
    wanted = 1 if kept.standing.state in OPEN_STATES else 0
    if len(running) != wanted:
        yield f"状态是“{kept.standing.state.label}”，应有 {wanted} 个进行中的承办环节，实有 {len(running)} 个。"
        return
    named = kept.standing.spell.id if kept.standing.spell else None
    if named != (running[0].id if running else None):
        yield "问题所指的承办环节不是进行中的那一个。"
    if kept.accountable_unit_id != (running[0].unit_id if running else None):
        yield "问题所记的承办单位与进行中的承办环节不一致。"


def _chain(kept: Kept) -> Iterator[str]:
    """Spells follow one another without gap or overlap, from the submission to the end; what opened again after an end
    may leave a gap before it, while nobody was accountable."""
    spells = kept.spells
    if not spells:
        yield "没有任何承办环节。"
        return
    if spells[0].started_at != kept.standing.submitted_at:
        yield "第一个承办环节不是从提交时开始。"
    if any(later.previous_id != earlier.id for earlier, later in pairwise(spells)):
        yield "承办环节没有首尾相接：有环节没有指向前一个环节。"
    if any(not _follows(later, earlier) for earlier, later in pairwise(spells)):
        yield "承办环节之间有空档或重叠。"
    if kept.standing.state not in OPEN_STATES and spells[-1].ended_at != kept.standing.ended_at:
        yield "最后一个承办环节的结束时间与问题的结束时间不一致。"


def _follows(later: SpellRow, earlier: SpellRow) -> bool:
    if earlier.ended_at is None:
        return False
    return later.started_at >= earlier.ended_at if later.kind in REOPENING else later.started_at == earlier.ended_at


def _elapsed(kept: Kept, now: datetime) -> Iterator[str]:
    """Seconds from acceptance to the end (or to now), but for those between an end and a reopening, equal the spells' sum."""
    accepted_at = kept.standing.accepted_at
    if accepted_at is None:
        return
    until = kept.standing.ended_at or max(now, kept.standing.last_at)
    lasted = sum(
        (max(timedelta(), (spell.ended_at or until) - max(spell.started_at, accepted_at)) for spell in kept.spells),
        timedelta(),
    )
    took = until - accepted_at - _while_ended(kept.spells, accepted_at)
    if lasted != took:
        yield f"受理以来历时 {took}，各承办环节合计 {lasted}，两者应当相等。"


def _while_ended(spells: Sequence[SpellRow], since: datetime) -> timedelta:
    gaps = (
        later.started_at - max(earlier.ended_at, since) for earlier, later in pairwise(spells)
        if later.kind in REOPENING and earlier.ended_at is not None
    )
    return sum((max(timedelta(), gap) for gap in gaps), timedelta())


def _climbed(kept: Kept) -> Iterator[str]:
    """A problem counts the levels that its steps up in force carried it."""
    if kept.standing.climbs != kept.levels_up:
        yield f"记为上报 {kept.standing.climbs} 级，生效的上报共 {kept.levels_up} 级，两者应当相等。"


def _ended(kept: Kept) -> Iterator[str]:
    """What was merged names where it went; what has ended is looked into by nobody, what waits for a township names it."""
    standing = kept.standing
    if (standing.state is State.MERGED) != (standing.merged_into_id is not None):
        yield "“已并案”的问题须记明并入哪一件，其他问题不记。"
    if standing.state not in OPEN_STATES and standing.looker_unit_id is not None:
        yield "问题已经结束，不应再有待答复的过问。"
    if (standing.stage is Stage.PRECHECK) != (standing.prechecker_unit_id is not None):
        yield "等待乡镇初核的问题须记明由哪个乡镇初核，其他问题不记。"


def _first_limit(kept: Kept) -> Iterator[str]:
    """The first limit never vanishes and no later one comes before it."""
    first, due = kept.standing.first_due_at, kept.standing.due_at
    handled = [spell for spell in kept.spells if spell.kind is SpellKind.HANDLING and spell.first_due_at is not None]
    if handled and first != handled[0].first_due_at:
        yield f"总时限应为首次交办时确定的 {_moment(handled[0].first_due_at)}，现在记的是 {_moment(first)}。"
    if (first is None) != (due is None) or (first and due and due < first):
        yield f"现行总时限 {_moment(due)} 早于首次确定的 {_moment(first)}。"


def _closing(kept: Kept) -> Iterator[str]:
    """First contact, check and silence belong to the states that know them."""
    standing = kept.standing
    contacted = standing.spell.contact_confirmed if standing.spell else None
    if contacted is not None and standing.spell and standing.spell.acknowledged_at is None:
        yield "还没有签收的承办环节，不应有企业对首次联系的反映。"
    if standing.stage is Stage.FIRST_CONTACT and contacted is not False:
        yield "企业没有反映未联系，不应在重新联系阶段。"
    if standing.closable_at is not None and standing.state is not State.ANSWERED:
        yield "不在等企业评价，不应记有未评价销号的日期。"
    if standing.verified and standing.state not in (State.CONFIRMED, State.CLOSED):
        yield "没有待销号或已销号，不应记为已核查。"


def _carried_over(kept: Kept) -> Iterator[str]:
    """A unit that took a matter over by consent goes on with the clock of the unit before."""
    for before, taken in pairwise(kept.spells):
        if taken.clock_from is None:
            continue
        if (taken.clock_from, taken.first_due_at) != (before.clock_from or before.started_at, before.first_due_at):
            yield "接收移交的承办环节没有沿用原承办单位的起算时间和时限。"


def _clocks(kept: Kept, set_clock: SetClock, counted_on: CountedOn) -> Iterator[str]:
    """Due times that the rulebook of today would set otherwise."""
    corrected_at = kept.standing.corrected_at
    for spell in kept.spells:
        counted_from = spell.clock_from or spell.started_at
        if corrected_at and counted_from <= corrected_at:
            continue  # its limit was chosen by what was written before the correction
        clock = set_clock(STAGE_OF_SPELL[spell.kind], spell.region_id, spell.unit_id, counted_from)
        wanted = clock.due_at if clock else None
        if spell.first_due_at != wanted:
            yield f"“{spell.kind.label}”环节到期 {_moment(spell.first_due_at)}，按现行规则应为 {_moment(wanted)}。"
    standing = kept.standing
    clock = None
    if standing.stage is not None and standing.stage not in UNTIMED and standing.spell is not None:
        began_at = standing.stage_since or standing.spell.counted_from
        if corrected_at and began_at <= corrected_at:
            return
        region_id = standing.region_id if standing.stage in OF_HOME else standing.level_region_id
        unit_id = None if standing.stage in OF_A_LEVEL else standing.prechecker_unit_id or standing.spell.unit_id
        clock = set_clock(standing.stage, region_id, unit_id, began_at)
        clock = clock and counted_on(clock, workdays_granted(standing, kept.requests))
    kept_clock = (standing.stage_due_at, standing.warn_at, standing.due_is_provisional)
    if kept_clock != ((clock.due_at, clock.warn_at, clock.is_provisional) if clock else (None, None, False)):
        due = clock.due_at if clock else None
        stage = standing.stage.label if standing.stage else "当前阶段"
        yield f"“{stage}”到期 {_moment(standing.stage_due_at)}，按现行规则应为 {_moment(due)}。"


def in_order(spells: Sequence[SpellRow]) -> tuple[SpellRow, ...]:
    """Spells as they follow one another; those outside the chain come last, by their beginning."""
    left = sorted(spells, key=lambda spell: (spell.started_at, spell.id))
    after = {spell.previous_id: spell for spell in left}
    chain: list[SpellRow] = []
    following = after.pop(None, None)
    while following is not None:
        chain.append(following)
        following = after.pop(following.id, None)
    known = {spell.id for spell in chain}
    return (*chain, *(spell for spell in left if spell.id not in known))


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else "无"
