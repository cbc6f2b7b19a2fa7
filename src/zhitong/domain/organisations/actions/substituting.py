"""Naming who stands in for the holder of a post from day to day, noting that it begins, and ending it.

The last day ends it by itself; that it has run out is noted and told on the day after.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record, record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.models import Person, Post, Substitution
from zhitong.domain.organisations.queries.substituting import colleagues_of, lendable, stand_in_seen
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.substituting import TOLD_WITHIN, SubstitutionFact, days_trouble, post_trouble
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written

LONGEST_REASON = 200
_CLOCK = Actor(None, None, None, "work")


class StoodInFor(Refused):
    """Somebody else stands in for the same holder on one of these days."""


class NotSubstitutable(Refused):
    """Nobody may stand in for this post, or it is not the viewer's to lend."""


@transaction.atomic
def name_substitute(
    viewer: Viewer, *, post_id: UUID, holder_id: UUID, person_id: UUID, since: date, until: date, reason: str, actor: Actor,
    now: datetime,
) -> UUID:
    """Let somebody stand in for the holder of a post on these days, both included; returns the substitution's id.

    The holder names him, or who administers the territory; a substitute names none.
    Raises NotFound: there is no such holder for this viewer. Raises NotSubstitutable, StoodInFor.
    Raises BadInput, at `since`, `until`, `person_id` or `reason`.
    """
    lendable(viewer, post_id, holder_id)
    kind, unit_kind = Post.objects.values_list("kind", "unit__kind").get(id=post_id)
    trouble = post_trouble(PostKind(kind), UnitKind(unit_kind))
    if trouble:
        raise NotSubstitutable(trouble)
    field, wrong = days_trouble(since, until, day_of(now))
    if wrong:
        raise BadInput(wrong, {field: wrong})
    said = written("reason", reason, LONGEST_REASON, wanted="请写明为什么代办，例如“外出培训”。")
    if person_id not in {mate for mate, _name, _unit in colleagues_of(post_id, holder_id, day_of(now))}:
        raise BadInput(_NO_MATE, {"person_id": _NO_MATE})
    Person.objects.select_for_update().get(id=holder_id)
    if Substitution.objects.filter(
        post_id=post_id, holder_id=holder_id, ended_at__isnull=True, since__lte=until, until__gte=since
    ).exists():
        raise StoodInFor("这几天已经指定了代办人。请先结束原来的代办，或者改日期。")
    made = Substitution.objects.create(
        post_id=post_id, holder_id=holder_id, person_id=person_id, since=since, until=until, reason=said,
        named_by_id=viewer.person_id, named_at=now, begun_at=now if since <= day_of(now) else None,
    )
    record(
        SubstitutionFact.NAMED.value, thing_kind="substitution", thing_id=made.id, actor=actor, at=now,
        body={**_sides(post_id, holder_id, person_id), "since": since, "until": until},
        details={"reason": said},
    )
    return made.id


@transaction.atomic
def begin_due(*, now: datetime) -> int:
    """Put on record which substitutions begin today; returns how many. For the worker; doing it again finds none.

    One that begins on the day on which it was named was told of then.
    """
    today = day_of(now)
    rows = list(Substitution.objects.select_for_update(skip_locked=True).filter(
        begun_at__isnull=True, ended_at__isnull=True, since__range=(today - TOLD_WITHIN, today), until__gte=today
    ).order_by("since", "id"))
    Substitution.objects.filter(id__in=[row.id for row in rows]).update(begun_at=now)
    _note(SubstitutionFact.BEGUN, rows, now)
    return len(rows)


@transaction.atomic
def run_out(*, now: datetime) -> int:
    """Put on record whose last day was yesterday; returns how many. For the worker; doing it again finds none."""
    today = day_of(now)
    rows = list(Substitution.objects.select_for_update(skip_locked=True).filter(
        ended_at__isnull=True, until__gte=today - TOLD_WITHIN, until__lt=today
    ).order_by("until", "id"))
    Substitution.objects.filter(id__in=[row.id for row in rows]).update(ended_at=now)
    _note(SubstitutionFact.RUN_OUT, rows, now)
    return len(rows)


@transaction.atomic
def end_substitution(viewer: Viewer, substitution_id: UUID, *, actor: Actor, now: datetime) -> None:
    """End a substitution at once: by the holder, by the substitute, or by who administers.

    Raises NotFound: it is over, or no business of the viewer's.
    """
    found = stand_in_seen(viewer, substitution_id, day_of(now))
    Substitution.objects.filter(id=found.id, ended_at__isnull=True).update(ended_at=now)
    record(
        SubstitutionFact.ENDED.value, thing_kind="substitution", thing_id=found.id, actor=actor, at=now,
        body=_sides(found.post_id, found.holder_id, found.person_id),
    )


def _note(kind: SubstitutionFact, rows: Sequence[Substitution], now: datetime) -> None:
    """What the clock does to substitutions."""
    record_many([
        Fact(kind.value, "substitution", row.id, _CLOCK, now, _sides(row.post_id, row.holder_id, row.person_id)) for row in rows
    ])


def _sides(post_id: UUID, holder_id: UUID, person_id: UUID) -> dict[str, UUID]:
    return {"post": post_id, "holder": holder_id, "person": person_id}


_NO_MATE = "代办人须是同一区划单位里任职的同志，且不是三员。请重新选择。"
