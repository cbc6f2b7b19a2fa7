"""Noting figures of periods: many at once, each with where it came from; what is said later wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.subjects.models import DatedFact, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.noting import (
    FOLLOWED,
    Standing,
    Verdict,
    as_kept,
    followed_value,
    period_trouble,
    value_trouble,
    verdict_on,
)
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput

Key = tuple[UUID, str, str]
"""(subject, code, period)"""

_KEEP = """
INSERT INTO subjects_fact (id, subject_id, code, period, value, source, source_id, noted_at)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::numeric[], %s::text[], %s::uuid[],
                     %s::timestamptz[])
ON CONFLICT (subject_id, code, period)
DO UPDATE SET value = excluded.value, source = excluded.source, source_id = excluded.source_id,
              noted_at = excluded.noted_at
"""
_FOLLOW = """
UPDATE subjects_subject SET {column} = newest.value
FROM unnest(%s::uuid[], %s::bigint[]) AS newest (id, value) WHERE subjects_subject.id = newest.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A figure of a period ("2018", "2018Q3", "2018-08"); money in yuan. `source_id` is the card, upload or call it came
    with; `said_at` is when it was said, where that was before it came here."""

    subject_id: UUID
    code: Known
    period: str
    value: Decimal
    source: FactSource
    source_id: UUID | None = None
    said_at: datetime | None = None

    @property
    def key(self) -> Key:
        """What it is a figure of."""
        return (self.subject_id, self.code.value, self.period)


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of the figures: how many were the first, took another's place, said nothing new, or came too late."""

    new: int = 0
    replaced: int = 0
    same: int = 0
    older: int = 0


class NotNoted(BadInput):
    """Some figures cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored."""


@transaction.atomic
def note_facts(entries: Sequence[NewFact], *, actor: Actor, now: datetime) -> Noted:
    """Keep figures of periods, and let the register row follow the newest revenue of a year and investment done.

    The number of statements does not grow with the number of entries. The subjects are locked in the order of their ids.
    Raises NotNoted: a subject is not there, a period or value is not one, or one figure is said twice and differently.
    """
    there = set(
        Subject.objects.filter(id__in={one.subject_id for one in entries}).order_by("id").select_for_update()
        .values_list("id", flat=True)
    )
    faults = _faults(entries, there)
    if faults:
        raise NotNoted(f"有{len(faults)}个数不能保存，请按提示改正，其余的也没有保存。", faults)
    wanted = {one.key: one for one in entries}
    standing = _standing(wanted)
    verdicts = {key: verdict_on(standing.get(key), as_kept(one.value), one.said_at or now) for key, one in wanted.items()}
    kept = [one for key, one in wanted.items() if verdicts[key] in (Verdict.NEW, Verdict.REPLACES)]
    _keep(kept, now)
    follow((one.subject_id, one.code) for one in kept)
    _record(kept, standing, actor, now)
    counted = list(verdicts.values())
    return Noted(*(counted.count(one) for one in (Verdict.NEW, Verdict.REPLACES, Verdict.SAME, Verdict.OLDER)))


def _faults(entries: Sequence[NewFact], there: set[UUID]) -> dict[str, str]:
    said: dict[Key, Decimal] = {}
    faults: dict[str, str] = {}
    for place, one in enumerate(entries):
        trouble = "" if one.subject_id in there else "没有找到这个服务对象，或者不在您的管理范围内。"
        trouble += period_trouble(one.period) + value_trouble(one.code, one.value)
        if said.setdefault(one.key, as_kept(one.value)) != as_kept(one.value):
            trouble += f"同一期的{one.code.label}写了两个不同的数，请留一个。"
        if trouble:
            faults[str(place)] = trouble
    return faults


def _standing(wanted: Mapping[Key, NewFact]) -> dict[Key, Standing]:
    rows = DatedFact.objects.filter(
        subject_id__in={key[0] for key in wanted}, code__in={key[1] for key in wanted},
        period__in={key[2] for key in wanted},
    ).values_list("subject_id", "code", "period", "value", "noted_at")
    return {(row[0], row[1], row[2]): Standing(row[3], row[4]) for row in rows}


def _keep(kept: Sequence[NewFact], now: datetime) -> None:
    if not kept:
        return
    rows = [
        (uuid7(), *one.key, as_kept(one.value), one.source.value, one.source_id, one.said_at or now) for one in kept
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])


def follow(changed: Iterable[tuple[UUID, Known]]) -> None:
    """Let the register rows show the newest of the figures they follow, for (subject, code) whose figures are others now."""
    every = list(changed)
    for code, column in FOLLOWED.items():
        touched = {subject_id for subject_id, one in every if one is code}
        if not touched:
            continue
        told: dict[UUID, list[tuple[str, Decimal]]] = defaultdict(list)
        rows = DatedFact.objects.filter(subject_id__in=touched, code=code.value)
        for subject_id, period, value in rows.values_list("subject_id", "period", "value"):
            told[subject_id].append((period, value))
        newest = {one: shown for one in told if (shown := followed_value(code, told[one])) is not None}
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOW.format(column=column), [list(newest), list(newest.values())])


def _record(kept: Sequence[NewFact], standing: Mapping[Key, Standing], actor: Actor, now: datetime) -> None:
    """One fact of history for each subject, with what each figure took the place of."""
    told: dict[UUID, list[dict[str, object]]] = defaultdict(list)
    for one in kept:
        before = standing.get(one.key)
        told[one.subject_id].append({
            "code": one.code, "period": one.period, "value": one.value, "was": before.value if before else None,
            "source": one.source,
        })
    record_many([
        Fact(SubjectFact.NOTED.value, "subject", subject_id, actor, now, {"figures": figures})
        for subject_id, figures in told.items()
    ])
