"""Leaving a list: asked with its cause and proof, decided by the unit that drew the list (R-E7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import Membership, Removal
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import RemovalCause
from zhitong.domain.subjects.rules.lists import decider_of
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST_PROOF = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A removal that was asked for; `is_done` when the asking unit drew the list itself."""

    id: UUID
    is_done: bool


class NothingToDecide(Refused):
    """The removal has been decided already."""


@transaction.atomic
def ask_removal(
    *, subject_id: UUID, list_id: UUID, cause: RemovalCause, proof: str, actor: Actor, now: datetime
) -> Asked:
    """Ask that a subject leaves a list; the unit that drew the list does it at once.

    Raises NotFound: it does not stand on that list for the actor. Raises BadInput: there is no proof, or too much.
    Raises Refused: it waits to be decided already.
    """
    standing = Membership.objects.select_for_update().filter(
        subject_id=subject_id, list_id=list_id, until__isnull=True
    ).select_related("list", "subject").first()
    if standing is None:
        raise NotFound("这个服务对象不在这份名单上，或者不在您的管理范围内。请刷新后再看。")
    trouble = _trouble_of(proof)
    if trouble:
        raise BadInput(trouble, {"proof": trouble})
    if Removal.objects.filter(membership=standing, decided_at__isnull=True).exists():
        raise Refused("移出这份名单的申请已经在等审定，不用再提。")
    [asked] = ask_removals([standing], cause=cause, proof=proof, actor=actor, now=now)
    return asked


def ask_removals(
    standing: Iterable[Membership], *, cause: RemovalCause, proof: str, actor: Actor, now: datetime
) -> list[Asked]:
    """Ask for each of these memberships; those of lists that the actor's unit drew end at once.

    Belongs inside the transaction of the act that found them, with list and subject.
    """
    here = directory()
    rows = []
    for one in standing:
        tier = Rank(one.list.tier) if one.list.tier else None
        decider = decider_of(one.list.drawn_by_id, tier, one.subject.region_id, here)
        asked_by = actor.unit_id or (decider.id if decider else None)
        if decider is None or asked_by is None:
            raise NotFound("没有找到审定这份名单的单位，请先核对名单由哪个单位确定。")
        rows.append(Removal(
            membership=one, subject_id=one.subject_id, cause=cause.value, proof=proof.strip(), asked_by_id=asked_by,
            asked_at=now, decider_id=decider.id,
        ))
    Removal.objects.bulk_create(rows)
    record_many([_fact(SubjectFact.REMOVAL_ASKED, row, actor, now, {"proof": row.proof}) for row in rows])
    own = [row for row in rows if row.decider_id == actor.unit_id]
    _decide(own, agreed=True, answer="", actor=actor, now=now)
    return [Asked(row.id, row in own) for row in rows]


@transaction.atomic
def decide_removal(*, removal_id: UUID, agreed: bool, answer: str, actor: Actor, now: datetime) -> UUID:
    """Let the subject leave the list, or keep it there with the reason; returns the subject's id.

    Raises NotFound: it is not there, or the actor's unit did not draw the list. Raises NothingToDecide.
    Raises BadInput: it is refused without a reason.
    """
    row = Removal.objects.select_for_update(of=("self",)).select_related("membership").filter(
        id=removal_id, decider_id=actor.unit_id
    ).first()
    if row is None:
        raise NotFound
    if row.decided_at is not None:
        raise NothingToDecide("这项申请已经审定，请刷新后查看结果。")
    if not agreed and not answer.strip():
        sentence = "不同意移出的，请写明理由。"
        raise BadInput(sentence, {"answer": sentence})
    _decide([row], agreed=agreed, answer=answer.strip()[:LONGEST_PROOF], actor=actor, now=now)
    return row.subject_id


def _decide(rows: Sequence[Removal], *, agreed: bool, answer: str, actor: Actor, now: datetime) -> None:
    Removal.objects.filter(id__in=[row.id for row in rows]).update(decided_at=now, agreed=agreed, answer=answer)
    if agreed:
        Membership.objects.filter(id__in=[row.membership_id for row in rows], until__isnull=True).update(until=day_of(now))
    kind = SubjectFact.REMOVED if agreed else SubjectFact.REMOVAL_REFUSED
    record_many([_fact(kind, row, actor, now, {"answer": answer} if answer else {}) for row in rows])


def _fact(kind: SubjectFact, row: Removal, actor: Actor, now: datetime, words: Mapping[str, str]) -> Fact:
    body = {"list": row.membership.list_id, "cause": row.cause, "decider": row.decider_id}
    return Fact(kind.value, "subject", row.subject_id, actor, now, body, words)


def _trouble_of(proof: str) -> str:
    if not proof.strip():
        return "请写明依据，例如注销通知书文号、迁入地证明。"
    return f"依据最多{LONGEST_PROOF}个字，请缩短。" if len(proof.strip()) > LONGEST_PROOF else ""
