"""Excuses (R-E7): why a subject does not report, with proof; what leaves the list is approved by the level that drew it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import cares_for, cells, require
from zhitong.domain.cards.models import Excuse, Obligation, ObligationList, Round
from zhitong.domain.cards.queries.files import PROOF_OF
from zhitong.domain.cards.queries.fillings import Filling, fillings
from zhitong.domain.cards.rules.cards import is_reviewer, is_sent
from zhitong.domain.cards.rules.collection import stays_owed
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.rounds import ExcuseReason, RequestState
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST_PROOF = 500


class NotExcuser(Refused):
    """Only who cares for the firm, or the offices that collect its card, say why it does not report."""


class NothingToExcuse(Refused):
    """The card has come, or the same has been said already."""


class NotDecider(Refused):
    """The excuse is decided by another level."""


class Decided(Refused):
    """Somebody has decided already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedExcuse:
    """Why a subject does not report in a round; `proof` says how one knows (site visit, notice, register), `file_ids` are
    photos and papers that show it.
    """

    round_id: UUID
    subject_id: UUID
    reason: ExcuseReason
    proof: str
    actor: Actor
    file_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseDecision:
    """Yes or no to an excuse, with words; a no needs them."""

    excuse_id: UUID
    granted: bool
    words: str
    actor: Actor


@transaction.atomic
def ask_excuses(asked: Sequence[AskedExcuse], *, now: datetime) -> list[tuple[UUID, RequestState]]:
    """Say why subjects do not report; returns each excuse with its state.

    拒报 and 无法联系 hold at once and stay in the denominator. The others wait for the office of the level that drew the
    list (of the round, for a subject on no list); where that office itself asks, they hold at once.
    Raises NotFound, NotExcuser, NothingToExcuse. Raises BadInput: no proof, or no file where the round wants one; raises
    what `files.actions.attach` refuses. Source: R-E7.
    """
    require(Permission.HANDLE)
    found = fillings([(one.round_id, one.subject_id) for one in asked])
    here = directory()
    rows = [_excuse(one, found.get((one.round_id, one.subject_id)), here, now) for one in asked]
    Excuse.objects.bulk_create([row for row, _filling in rows])
    for one, (row, _filling) in zip(asked, rows, strict=True):
        attach(one.file_ids, PROOF_OF, row.id, actor=one.actor, now=now, caption=one.reason.label)
    granted = [(row, filling) for row, filling in rows if row.state == RequestState.GRANTED.value]
    _hold(granted)
    record_many([_fact(CardFact.EXCUSE_ASKED, row, one.actor, now, one.proof) for one, (row, _) in zip(asked, rows, strict=True)])
    return [(row.id, RequestState(row.state)) for row, _filling in rows]


@transaction.atomic
def decide_excuses(decisions: Sequence[ExcuseDecision], *, now: datetime) -> list[RequestState]:
    """Grant or decline excuses; what is granted leaves the list.

    Raises NotFound, NotDecider, Decided. Raises BadInput: a no without a reason.
    """
    require(Permission.DISPATCH)
    rows = {
        row.id: row for row in
        Excuse.objects.select_for_update(of=("self",)).filter(id__in=[one.excuse_id for one in decisions]).order_by("id")
    }
    for one in decisions:
        row = rows.get(one.excuse_id)
        if row is None:
            raise NotFound
        _decide(row, one, now)
    Excuse.objects.bulk_update(rows.values(), ["state", "decided_by_id", "decided_at", "decision"])
    granted = [rows[one.excuse_id] for one in decisions if one.granted]
    places = dict(Obligation.objects.filter(id__in=[row.obligation_id for row in granted]).values_list("id", "round_id"))
    subjects = dict(Obligation.objects.filter(id__in=list(places)).values_list("id", "subject_id"))
    found = fillings([(places[row.obligation_id], subjects[row.obligation_id]) for row in granted])
    _hold([(row, found[places[row.obligation_id], subjects[row.obligation_id]]) for row in granted])
    record_many([
        _fact(CardFact.EXCUSE_GRANTED if one.granted else CardFact.EXCUSE_DECLINED, rows[one.excuse_id], one.actor, now, one.words)
        for one in decisions
    ])
    return [RequestState(rows[one.excuse_id].state) for one in decisions]


def _excuse(one: AskedExcuse, filling: Filling | None, here: Directory, now: datetime) -> tuple[Excuse, Filling]:
    if filling is None:
        raise NotFound
    unit = here.units.get(one.actor.unit_id) if one.actor.unit_id else None
    collects = unit is not None and is_reviewer(unit.kind, unit.region_id, here.path(filling.region_id))
    if not collects and not cares_for(one.actor.unit_id, one.subject_id):
        raise NotExcuser("未报原因由帮包这一户的单位或收卡的办公室登记，贵单位可以联系他们。")
    if is_sent(filling.state):
        raise NothingToExcuse("这一户本期的卡片已经报送，不用再登记未报原因。")
    if filling.excuse is one.reason:
        raise NothingToExcuse(f"这一户已经登记为“{one.reason.label}”，不用重复登记。")
    if Excuse.objects.filter(obligation_id=filling.obligation_id, state=RequestState.ASKED.value).exists():
        raise NothingToExcuse("这一户已有一份说明等待审批，请等审批后再登记。")
    proof = _words(one.proof, "proof", "请写明依据，例如：7月10日实地查看，厂区停电停产。")
    if not one.file_ids and one.reason in filling.proof_reasons:
        trouble = f"登记“{one.reason.label}”须附证明材料的照片或扫描件，例如停产现场照片、注销通知书。"
        raise BadInput(trouble, {"files": trouble})
    decider = _decider(filling, here)
    holds = stays_owed(one.reason) or decider == one.actor.unit_id
    row = Excuse(
        id=uuid7(), obligation_id=filling.obligation_id, reason=one.reason.value, proof=proof,
        asked_by_id=one.actor.person_id, asked_in_id=one.actor.unit_id, asked_at=now, decider_id=decider,
        state=(RequestState.GRANTED if holds else RequestState.ASKED).value,
        decided_by_id=one.actor.person_id if holds else None, decided_at=now if holds else None,
    )
    return row, filling


def _decider(filling: Filling, here: Directory) -> UUID:
    """The office of the highest level that drew a list of the subject, else of the region that opened the round."""
    drawers = ObligationList.objects.filter(obligation_id=filling.obligation_id, list__drawn_by__isnull=False)
    regions = [here.units[one].region_id for one in drawers.values_list("list__drawn_by_id", flat=True) if one in here.units]
    opened_by = Round.objects.values_list("region_id", flat=True).get(id=filling.round_id)
    region_id = min(regions or [opened_by], key=lambda one: len(here.path(one)))
    office = here.office(region_id)
    return office.id if office else filling.collecting_unit_id


def _decide(row: Excuse, one: ExcuseDecision, now: datetime) -> None:
    if row.decider_id != one.actor.unit_id:
        raise NotDecider(f"这份说明由{directory().name_of(row.decider_id)}审批。")
    if row.state != RequestState.ASKED.value:
        raise Decided(f"这份说明{RequestState(row.state).label}，不用再批。")
    row.decision = clean_text(one.words) if one.granted else _words(one.words, "words", "请写明不同意的理由，让下级知道怎么办。")
    row.state = (RequestState.GRANTED if one.granted else RequestState.DECLINED).value
    row.decided_by_id, row.decided_at = one.actor.person_id, now


def _hold(granted: Sequence[tuple[Excuse, Filling]]) -> None:
    """Let granted excuses count: on the obligation, and in the tallies."""
    moves = []
    for row, filling in granted:
        reason = ExcuseReason(row.reason)
        owed = stays_owed(reason)
        Obligation.objects.filter(id=row.obligation_id).update(excuse=reason.value, owed=owed)
        moves.append((cells(filling, filling.state), cells(filling, filling.state, excuse=reason, owed=owed)))
    post(postings(moves))


def _words(written: str, place: str, otherwise: str) -> str:
    text = clean_text(written)
    trouble = text_trouble(text, LONGEST_PROOF) if text else otherwise
    if trouble:
        raise BadInput(trouble, {place: trouble})
    return text


def _fact(kind: CardFact, row: Excuse, actor: Actor, now: datetime, words: str) -> Fact:
    body = {"obligation": row.obligation_id, "reason": row.reason, "state": row.state, "decider": row.decider_id}
    return Fact(str(kind), "card_excuse", row.id, actor, now, body, {"words": clean_text(words)} if words.strip() else {})
