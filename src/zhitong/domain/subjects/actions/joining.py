"""Two rows that are one become one (合并登记), and what was one becomes two (拆分登记): by the campaign office, with a reason.

A merged row stays as it was, ended and pointing to the one that remains: what points to it, its problems and cards, keeps
pointing there, and the page of the one that remains lists them (decision 0022).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.actions.seating import seat_also
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.carrying import carry_care, carry_lists, copy_known
from zhitong.domain.subjects.actions.changing import ChangedMeanwhile, locked
from zhitong.domain.subjects.actions.counting import counted
from zhitong.domain.subjects.actions.ending import revive
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import Care, Membership, Removal, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import SubjectEnd, SubjectKind
from zhitong.domain.subjects.rules.lists import kinds_on_list
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Which row goes into which, and why; the versions are those that were read."""

    kept_id: UUID
    merged_id: UUID
    reason: str
    kept_version: int | None = None
    merged_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dividing:
    """What goes over to the one that is split off: lists and care by level. `version` is the one that was read."""

    subject_id: UUID
    reason: str
    list_ids: Collection[UUID] = ()
    care_tiers: Collection[Rank] = ()
    version: int | None = None


class NotJoined(BadInput):
    """The two cannot become one, or the one cannot become two."""


@transaction.atomic
def merge(said: Merging, *, actor: Actor, now: datetime) -> None:
    """Let one row go into another: lists, care, figures and qualifications go over where the other has none, its people
    may sign in for the other too; problems and cards stay with the row that ends.

    Raises NotFound: one is not there, or has ended. Raises ChangedMeanwhile. Raises NotJoined: they are one row, of kinds
    that cannot be one, or no reason is given.
    """
    if said.kept_id == said.merged_id:
        raise NotJoined("选的是同一户，不用合并。", {"merged_id": "选的是同一户，不用合并。"})
    rows = locked([said.kept_id, said.merged_id])
    kept, merged = rows[said.kept_id], rows[said.merged_id]
    _require_version(kept, said.kept_version)
    _require_version(merged, said.merged_version)
    _require_reason(said.reason)
    if SubjectKind(merged.kind) not in kinds_on_list(SubjectKind(kept.kind)):
        sentence = f"“{kept.name}”与“{merged.name}”类别不同，不能合并。请核对。"
        raise NotJoined(sentence, {"merged_id": sentence})
    with counted([kept.id, merged.id]):
        _absorb(kept, merged, now)
    record_many([
        Fact(SubjectFact.MERGED.value, "subject", merged.id, actor, now, {"into": kept.id}, {"reason": said.reason.strip()}),
        Fact(SubjectFact.MERGED.value, "subject", kept.id, actor, now, {"from": merged.id},
             {"reason": said.reason.strip(), "name": merged.name}),
    ])


@transaction.atomic
def undo_merge(said: Dividing, *, merged_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Take out again a row that went into this one by mistake; lists and care named go back. Returns its id.

    Figures that went over stay where they are, too: who looks at them corrects them.
    Raises NotFound: the row did not go into this one. Raises ChangedMeanwhile, NotJoined.
    """
    kept = _opened(said)
    merged = Subject.objects.select_for_update().filter(id=merged_id, merged_into_id=kept.id).first()
    if merged is None:
        raise NotFound
    revive(merged)
    _hand_over(said, merged.id, merged.name, actor, now)
    return merged.id


@transaction.atomic
def divide(
    said: Dividing, new: NewSubject, *, rules: Sequence[TierRule], actor: Actor, now: datetime
) -> UUID:
    """Register what a firm has split off as one of its own; lists and care named go over. Returns its id.

    Raises NotFound, ChangedMeanwhile, NotJoined; raises NotRegistered as registering does.
    """
    _opened(said)
    [new_id] = register([new], rules=rules, actor=actor, now=now)
    _hand_over(said, new_id, new.name, actor, now)
    return new_id


def _opened(said: Dividing) -> Subject:
    row = locked([said.subject_id])[said.subject_id]
    _require_version(row, said.version)
    _require_reason(said.reason)
    return row


def _absorb(kept: Subject, merged: Subject, now: datetime) -> None:
    today = day_of(now)
    lists = Membership.objects.filter(subject=merged, until__isnull=True).values_list("list_id", flat=True)
    carry_lists(merged.id, kept.id, list(lists), on=today)
    tiers = Care.objects.filter(subject=merged, until__isnull=True).values_list("tier", flat=True)
    carry_care(merged.id, kept.id, [Rank(tier) for tier in tiers], on=today)
    copy_known(merged.id, kept.id)
    if kept.unit_id and merged.unit_id:
        seat_also(from_unit_id=merged.unit_id, to_unit_id=kept.unit_id, since=today)
    waiting = Removal.objects.filter(subject=merged, decided_at__isnull=True)
    waiting.update(decided_at=now, agreed=True, answer=f"已并入{kept.name}"[:400])
    Subject.objects.filter(id=kept.id).update(version=F("version") + 1)
    Subject.objects.filter(id=merged.id).update(
        ended_on=today, ended_reason=SubjectEnd.MERGED.value, merged_into=kept, version=F("version") + 1
    )


def _hand_over(said: Dividing, to_id: UUID, name: str, actor: Actor, now: datetime) -> None:
    """Let the lists and the care that were named go over, and tell of it on both sides."""
    with counted([said.subject_id, to_id]):
        carry_lists(said.subject_id, to_id, said.list_ids, on=day_of(now))
        carry_care(said.subject_id, to_id, said.care_tiers, on=day_of(now))
    Subject.objects.filter(id=said.subject_id).update(version=F("version") + 1)
    reason = said.reason.strip()
    record_many([
        Fact(SubjectFact.SPLIT.value, "subject", said.subject_id, actor, now, {"to": to_id}, {"reason": reason, "name": name}),
        Fact(SubjectFact.SPLIT.value, "subject", to_id, actor, now, {"from": said.subject_id}, {"reason": reason}),
    ])


def _require_version(row: Subject, version: int | None) -> None:
    if version is not None and version != row.version:
        raise ChangedMeanwhile(f"“{row.name}”刚才已被改动，这次没有办理。请核对现在的内容后再办。")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise NotJoined("请写明理由。", {"reason": "请写明理由。"})
