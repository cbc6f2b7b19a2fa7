"""When other units may be asked to take part, and when the answer may go out without theirs. Pure.

A unit of the territory is invited (请协办); one outside the territory chain is consulted by letter through its contact
unit (商请), which stays accountable; unanswered twice, the matter may go up the contact unit's own line (R-B8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.problems.rules.kinds import PartKind, PartState
from zhitong.domain.problems.rules.sharing import moment
from zhitong.domain.problems.rules.standing import Standing

LETTERS = 2
"""So many letters may stay unanswered; then the contact unit's own line is asked for help."""


@dataclass(frozen=True, slots=True)
class PartStanding:
    """One part as rules ask about it."""

    id: UUID
    kind: PartKind
    state: PartState
    unit_id: UUID
    letter: str
    round: int
    asked_at: datetime
    due_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Whether the time given has passed; what was given no time is never late."""
        return self.due_at is not None and self.due_at < now

    def may_still_come(self, now: datetime) -> bool:
        """Whether the asked unit still has time to answer."""
        return self.state is PartState.ASKED and self.due_at is not None and now <= self.due_at


def invitation_refusal(unit: UnitEntry, standing: Standing, directory: Directory) -> str | None:
    """Why a unit may not be asked to take part; None when it may."""
    if unit.id == standing.accountable_unit_id:
        return f"{unit.name}就是主办单位，不需要请协办。"
    if unit.is_consulted:
        return f"{unit.name}不在属地管理序列，不能请协办。请由{contact_name(unit, directory)}发函商请。"
    if unit.id in standing.asked_unit_ids:
        return f"{unit.name}已有一项待反馈的协办事项。请等其反馈后再提新的事项。"
    return None


def consultation_refusal(
    unit: UnitEntry, standing: Standing, letters: Sequence[PartStanding], directory: Directory, now: datetime
) -> str | None:
    """Why no letter may go to a unit now; None when it may. `letters` are those it has had on this matter, oldest first."""
    if not unit.is_consulted:
        return f"{unit.name}在属地管理序列内，不需要商请。请用“请协办”。"
    if unit.contact_unit_id is None:
        return f"{unit.name}还没有登记对口联系单位，不能商请。请先由活动办公室在“区划与单位”中登记。"
    if unit.contact_unit_id != standing.accountable_unit_id:
        name = contact_name(unit, directory)
        return f"{unit.name}的对口联系单位是{name}，商请由其办理。请将问题移交{name}，或请活动办公室改派。"
    if len(silent_letters(letters, now)) >= LETTERS:
        return f"已{LETTERS}次商请{unit.name}未获答复，不再重复发函。请提出上报，由上级协调。"
    last = letters[-1] if letters else None
    if last is not None and last.state is PartState.ASKED and not last.is_late(now):
        return _too_early(last)
    return None


def _too_early(letter: PartStanding) -> str:
    until = f"建议答复时间{moment(letter.due_at)}还没有到" if letter.due_at else "还没有答复"
    return f"{letter.letter}已发出，{until}。请等候或电话催办；已经答复的，请登记复函。"


def silent_letters(letters: Sequence[PartStanding], now: datetime) -> list[PartStanding]:
    """The letters without an answer since the last answered one, whose suggested time has passed."""
    silent: list[PartStanding] = []
    for letter in letters:
        if letter.state is PartState.ANSWERED:
            silent = []
        elif letter.state is PartState.UNANSWERED or letter.is_late(now):
            silent.append(letter)
    return silent


def completion_refusal(
    parts: Sequence[PartStanding], accountable_id: UUID, directory: Directory, now: datetime
) -> str | None:
    """Why the answer may not go out yet: units asked to take part still have time. Their silence does not hold it up."""
    waiting = [one for one in parts if one.unit_id != accountable_id and one.may_still_come(now)]
    if not waiting:
        return None
    named = "、".join(
        f"{directory.units[one.unit_id].name}（{one.kind.label}，时限{moment(one.due_at)}）"
        for one in waiting if one.due_at is not None
    )
    return f"还有{named}未反馈。请等反馈，或先催办；到时限仍未反馈的，可以办结。"


def contact_name(unit: UnitEntry, directory: Directory) -> str:
    """The name of the unit through which a body outside the territory chain is asked."""
    contact = directory.units.get(unit.contact_unit_id) if unit.contact_unit_id else None
    return contact.name if contact else "对口联系单位"


def tried_in_words(letters: Sequence[PartStanding], unit: UnitEntry) -> str:
    """What was tried, for a proposal to go up: the letters with their numbers and days."""
    sent = "；".join(f"{moment(one.asked_at)}发出{one.letter}" for one in letters)
    return f"已{len(letters)}次商请{unit.name}未获答复：{sent}。"
