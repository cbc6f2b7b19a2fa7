"""Ending one of the served with its proof, and taking it back where that was a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from zhitong.domain.history.actions import record, record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.subjects.actions.changing import locked
from zhitong.domain.subjects.actions.counting import counted
from zhitong.domain.subjects.actions.listing import LONGEST_PROOF, ask_removals
from zhitong.domain.subjects.models import Care, Membership, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import SubjectEnd
from zhitong.domain.subjects.rules.lists import CAUSE_OF_END
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Why one of the served is no longer served, since when, and what proves it."""

    subject_id: UUID
    reason: SubjectEnd
    on: date
    proof: str


class NotEnded(BadInput):
    """Some cannot be ended; `fields` says for each, by its place from 0, what is wrong. Nothing is stored."""


@transaction.atomic
def end(endings: Sequence[Ending], *, actor: Actor, now: datetime) -> None:
    """End the served: nobody looks after them any more; of each list the unit that drew it is asked to let them go.

    Their people can still sign in, follow what is under way and confirm its answers.
    Raises NotFound: one is not there, or has ended. Raises NotEnded: proof is missing, the day has not come, or it is to
    be merged, which is another act.
    """
    faults = {str(place): said for place, one in enumerate(endings) if (said := _trouble_of(one, day_of(now)))}
    if faults:
        raise NotEnded(f"有{len(faults)}条不能保存，请按提示改正，其余的也没有保存。", faults)
    ids = [one.subject_id for one in endings]
    locked(ids)
    standing = list(Membership.objects.filter(subject_id__in=ids, until__isnull=True).select_related("list", "subject"))
    with counted(ids):
        for one in endings:
            Subject.objects.filter(id=one.subject_id).update(
                ended_on=one.on, ended_reason=one.reason.value, version=F("version") + 1
            )
        Care.objects.filter(subject_id__in=ids, until__isnull=True).update(until=day_of(now))
    record_many([
        Fact(
            SubjectFact.ENDED.value, "subject", one.subject_id, actor, now, {"reason": one.reason, "on": one.on},
            {"proof": one.proof.strip()},
        )
        for one in endings
    ])
    for one in endings:
        mine = [member for member in standing if member.subject_id == one.subject_id and not _waits(member)]
        ask_removals(mine, cause=CAUSE_OF_END[one.reason], proof=one.proof, actor=actor, now=now)


@transaction.atomic
def resume(*, subject_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Serve again one that was ended: it came back, or ending it was a mistake. Lists it has left it does not regain.

    Raises NotFound: it is not there, or is served. Raises Refused: it was merged, or its code stands elsewhere now.
    Raises BadInput: no reason is given.
    """
    row = Subject.objects.select_for_update().filter(id=subject_id, ended_on__isnull=False).first()
    if row is None:
        raise NotFound
    if row.merged_into_id is not None:
        raise Refused("这一户已并入另一户。要恢复的，请在并入的那一户里办理拆分。")
    if not reason.strip():
        raise BadInput("请写明为什么恢复服务。", {"reason": "请写明为什么恢复服务。"})
    revive(row)
    record(
        SubjectFact.RESUMED.value, thing_kind="subject", thing_id=row.id, actor=actor, at=now,
        details={"reason": reason.strip()},
    )


def revive(row: Subject) -> None:
    """Let a locked row be served again.

    Raises Refused: another of its kind bears its code now.
    """
    try:
        with transaction.atomic(), counted([row.id]):
            Subject.objects.filter(id=row.id).update(
                ended_on=None, ended_reason="", merged_into=None, version=row.version + 1
            )
    except IntegrityError as error:
        raise Refused("这一户的代码现在登记在另一户名下，不能恢复。请先核对代码。") from error


def _waits(member: Membership) -> bool:
    return member.removals.filter(decided_at__isnull=True).exists()


def _trouble_of(one: Ending, today: date) -> str:
    if one.reason is SubjectEnd.MERGED:
        return "并入另一户请用“合并登记”办理。"
    if not one.proof.strip():
        return "请写明依据，例如注销通知书文号、迁入地证明。"
    if len(one.proof.strip()) > LONGEST_PROOF:
        return f"依据最多{LONGEST_PROOF}个字，请缩短。"
    return "日期不能晚于今天。" if one.on > today else ""
