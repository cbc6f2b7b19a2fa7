"""What every act on a card asks first, with the refusals it answers; and the cell of the count a card stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.domain.cards.queries.fillings import Filling, Place
from zhitong.domain.cards.rules.cards import is_locked, is_open, standing_of
from zhitong.domain.cards.rules.collection import (
    BY_CARE,
    BY_LIST,
    LATE,
    LATE_BY_CARE,
    LATE_BY_LIST,
    OBLIGATIONS,
    STANDINGS,
    meter_standing,
)
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.lateness import lateness
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import person_names, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.tallies.rules import Cell
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused

NOT_KEPT = "您这次填写的内容没有存入。请刷新页面，核对后再提交。"


class RoundNotOpen(Refused):
    """The round cannot be filled in yet."""


class RoundLocked(Refused):
    """The round takes nothing any more."""


class NotOwed(Refused):
    """The round does not ask this subject for a card."""


class NotFiller(Refused):
    """Only who cares for the firm, or collects its card, fills it in for the firm."""


class CardMoved(Refused):
    """Somebody else has changed the card since it was opened."""


class CardAccepted(Refused):
    """The card is accepted and must be returned before it can change."""


class AlreadySubmitted(Refused):
    """A card already sent keeps no drafts."""


class ValuesRefused(BadInput):
    """Some of what was filled in cannot be taken; `fields` says what at which place."""


class WarningsUnconfirmed(BadInput):
    """Nothing is wrong for certain, but something looks wrong: `fields` asks, and a second sending says yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What doors send of one card: the version they saw (0: nothing yet) and who acts."""

    round_id: UUID
    subject_id: UUID
    version: int
    actor: Actor

    @property
    def place(self) -> Place:
        """The round and subject of the card."""
        return (self.round_id, self.subject_id)


def require(permission: Permission) -> None:
    """Ask the post of the viewer under way; rehearsals and jobs act for nobody and are not asked."""
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, permission)


def one_card_each(sent: Sequence[Sent]) -> None:
    """Refuse a batch that names a card twice."""
    if len({one.place for one in sent}) < len(sent):
        raise BadInput("同一批里有两份内容写的是同一张卡，请只留一份后再提交。")


def ask_reporter(one: Sent, filling: Filling | None, today: date) -> Filling:
    """The obligation a reporter fills in now.

    Raises NotFound, NotOwed, RoundNotOpen, RoundLocked, CardMoved.
    """
    if filling is None:
        raise _not_owed(one)
    if filling.reporter_unit_id is None or filling.reporter_unit_id != one.actor.unit_id:
        raise NotFound
    _ask_round(filling, today)
    if filling.version != one.version:
        raise CardMoved(moved_words(filling, NOT_KEPT))
    return filling


def ask_filler(one: Sent, filling: Filling | None, today: date) -> Filling:
    """The obligation that somebody fills in for the firm: the unit that cares for it, or the office that collects.

    Raises NotFound, NotFiller, RoundNotOpen, RoundLocked, CardMoved. Source: R-E7.
    """
    if filling is None:
        raise NotFound
    unit_id = one.actor.unit_id
    if filling.reporter_unit_id is None:
        raise NotFiller("这一户还没有开通账号，代填后无人确认。请先在服务对象页面为企业开通，再代填。")
    if unit_id != filling.collecting_unit_id and not cares_for(unit_id, one.subject_id):
        raise NotFiller("代填由帮包这一户的单位或收卡的办公室办理，贵单位可以联系他们。")
    _ask_round(filling, today)
    if filling.version != one.version:
        raise CardMoved(moved_words(filling, NOT_KEPT))
    return filling


def cares_for(unit_id: UUID | None, subject_id: UUID) -> bool:
    """Whether a unit cares for a subject today; one query."""
    return unit_id is not None and Care.objects.filter(
        subject_id=subject_id, unit_id=unit_id, until__isnull=True
    ).exists()


def _ask_round(filling: Filling, today: date) -> None:
    if not is_open(filling.opens_on, today):
        raise RoundNotOpen(f"“{filling.round_name}”从{day_words(filling.opens_on)}开始填报，请届时再填。")
    if is_locked(filling.locked_on, today, filling.open_until):
        raise RoundLocked(_locked_words(filling))


def _not_owed(one: Sent) -> Refused:
    unit_id = Subject.objects.filter(id=one.subject_id).values_list("unit_id", flat=True).first()
    if unit_id is None or unit_id != one.actor.unit_id:
        return NotFound()
    return NotOwed("本期没有要求贵单位填报这张卡。如有问题需要协调，请使用“我要反映问题”。")


def _locked_words(filling: Filling) -> str:
    office = unit_names([filling.collecting_unit_id]).get(filling.collecting_unit_id, "属地活动办公室")
    return (
        f"“{filling.round_name}”已于{day_words(filling.locked_on)}截止并锁定，不能再改。"
        f"确需更正的，请联系{office}；有新问题请使用“我要反映问题”。"
    )


def moved_words(filling: Filling, way_on: str) -> str:
    """Who changed the card meanwhile and how it stands now; two queries, for refusals only."""
    unit = unit_names([filling.edited_in_id]).get(filling.edited_in_id, "") if filling.edited_in_id else ""
    person = person_names([filling.edited_by_id]).get(filling.edited_by_id, "") if filling.edited_by_id else ""
    who = f"{unit}{person}" or "另一位人员"
    state = f"（现为“{filling.state.label}”）" if filling.state else ""
    return f"{who}刚才已经改动过这张卡{state}，{way_on}"


def day_words(day: date) -> str:
    """A day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def cells(filling: Filling, state: CardState | None, **changes: Any) -> list[Cell]:
    """The cells in which the obligation stands when its card is in this state; `changes` are other fields of the
    filling that the act changes with it."""

    def now(name: str) -> Any:
        return changes[name] if name in changes else getattr(filling, name)

    at, asked, kind = filling.region_id, filling.round_id, filling.subject_kind
    standing = meter_standing(
        owed=now("owed"), excuse=now("excuse"), state=state, filled_by=now("filled_by"),
        is_confirmed=now("confirmed_at") is not None, is_disputed=now("disputed_at") is not None,
    )
    found = [STANDINGS.cell(at, asked, standing, kind)]
    if now("owed"):
        found.append(OBLIGATIONS.cell(at, asked, standing_of(state), kind))
    first = now("first_submitted_at")
    late = lateness(day_of(first) if first else None, filling.due_on, now("held_on"))
    if late:
        found.append(LATE[late].cell(at, asked, standing, kind))
    for cut in (BY_CARE, *((LATE_BY_CARE[late],) if late else ())):
        if filling.caring_unit_id:
            found.append(cut.cell(at, filling.caring_unit_id, asked, standing))
    for cut in (BY_LIST, *((LATE_BY_LIST[late],) if late else ())):
        found += [cut.cell(at, list_id, asked, standing) for list_id in filling.list_ids]
    return found
