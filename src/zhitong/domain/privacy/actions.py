"""Looking at whole values, and giving what is taken out its number."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import person_names, post_titles, unit_names
from zhitong.domain.organisations.scope import Viewer, present, read_once
from zhitong.domain.privacy.models import Unmasking
from zhitong.domain.privacy.queries import looks_left, masking
from zhitong.domain.privacy.rules.exports import line_of
from zhitong.domain.privacy.rules.words import PrivacyFact, Purpose
from zhitong.kit.ids import uuid7
from zhitong.kit.marking import Mark
from zhitong.kit.refusals import BadInput, Refused

LONGEST = 200
_MARK = "export mark"
"""What is read once under this name: the mark of what this request takes out."""


class LookedTooOften(Refused):
    """The person has looked at as many whole values today as the setting allows."""


@transaction.atomic
def unmask(
    viewer: Viewer, *, thing_kind: str, thing_id: UUID, purpose: Purpose, words: str, actor: Actor, now: datetime
) -> datetime:
    """Let a viewer see the whole personal values of a thing for some minutes; returns until when.

    The caller has opened the thing through its own room's scope. Looks of one person are counted one after the other.
    Raises BadInput: another purpose than those listed is not said in words, or they are too long.
    Raises LookedTooOften. Source: GB/T 35273-2020 7.1, 7.2.
    """
    words, rule = words.strip(), masking()
    if len(words) > LONGEST or (purpose is Purpose.OTHER and not words):
        sentence = f"请写明用途，{LONGEST}字以内。"
        raise BadInput(sentence, {"words": sentence})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [str(viewer.person_id)])
    if not looks_left(viewer, now):
        raise LookedTooOften(f"今天查看完整联系方式已达{rule.a_day}次。请明天再看；确有需要的，请联系系统管理员调整次数。")
    until = now + timedelta(minutes=rule.minutes)
    Unmasking.objects.create(person_id=viewer.person_id, thing_id=thing_id, purpose=purpose.value, at=now, until=until)
    record(
        str(PrivacyFact.UNMASKED.value), thing_kind=thing_kind, thing_id=thing_id, actor=actor, at=now,
        body={"purpose": purpose, "until": until}, details={"words": words} if words else {},
    )
    return until


def take_out(name: str, *, door: str, now: datetime) -> Mark | None:
    """The mark of what the viewer of the request under way takes out; None where nobody acts.

    It is a fact at its first asking, and the same mark until the request's transaction ends: whoever writes a file and whoever
    hands it out ask alike. Five statements the first time, none afterwards. Source: GB/T 22239-2019 8.1.3.5, 8.1.4.11.
    """
    viewer, known = present(), read_once()
    if viewer is None or known is None:
        return None
    found: Mark | None = known.get(_MARK)
    if found is None:
        found = known[_MARK] = _marked(viewer, name, door, now)
    return found


def _marked(viewer: Viewer, name: str, door: str, now: datetime) -> Mark:
    number = uuid7()
    record(
        str(PrivacyFact.EXPORTED.value), thing_kind="export", thing_id=number, actor=viewer.actor(door), at=now,
        body={"list": name},
    )
    who = (
        unit_names([viewer.unit_id]).get(viewer.unit_id, ""), post_titles([viewer.post_id]).get(viewer.post_id, ""),
        person_names([viewer.person_id]).get(viewer.person_id, ""),
    )
    return Mark(str(number), line_of(str(number), who, now))
