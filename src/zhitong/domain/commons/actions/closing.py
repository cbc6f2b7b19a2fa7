"""Taking a member out, writing down what keeps the same from coming again, and closing a common problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.commons.actions.establishing import LONGEST_TEXT, NotNow, Turn, permitted, touched
from zhitong.domain.commons.actions.telling import about, tell
from zhitong.domain.commons.models import Brief, Common, Member
from zhitong.domain.commons.rules.facts import CommonFact
from zhitong.domain.commons.rules.kinds import CommonAct, CommonState, Membership
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import CLOSED_STATES
from zhitong.kit.refusals import BadInput


@dataclass(frozen=True, slots=True)
class After:
    """How a common problem stands after an act."""

    number: str
    state: CommonState


@transaction.atomic
def take_out(number: str, problem_id: UUID, reason: str, turn: Turn) -> After:
    """Take a member out; it goes on by its own way where it is now.

    Raises NotFound, NotYours, NotNow: it is no member, or the common problem is closed or another office's.
    Raises BadInput: no reason is given.
    """
    standing = permitted(CommonAct.TAKE_OUT, number, turn)
    said = _words(reason, "reason", "请写明为什么移出。")
    members = Member.objects.filter(
        common_id=standing.id, problem_id=problem_id, membership=Membership.JOINED.value
    )
    if not members.update(membership=Membership.TAKEN_OUT.value, until=turn.now, reason=said):
        raise NotNow(f"这个问题不在{standing.number}里。请刷新页面查看现在的成员。")
    touched(standing, turn)
    tell([about(CommonFact.TAKEN_OUT, standing.id, turn.actor, turn.now, {"problem": problem_id}, {"reason": said})])
    return After(standing.number, standing.state)


@transaction.atomic
def measure(number: str, text: str, turn: Turn) -> After:
    """Write down the systemic measures (制度性措施); the earlier words stay in history.

    Raises NotFound, NotYours, NotNow, BadInput.
    """
    standing = permitted(CommonAct.MEASURE, number, turn)
    said = _words(text, "measures", "请写明制度性措施。")
    Brief.objects.filter(common_id=standing.id).update(measures=said)
    touched(standing, turn)
    tell([about(CommonFact.MEASURED, standing.id, turn.actor, turn.now, {}, {"measures": said})])
    return After(standing.number, standing.state)


@transaction.atomic
def close(number: str, words: str, turn: Turn) -> After:
    """Close a common problem by the office's own word; members that are open go on at their units.

    Raises NotFound, NotYours, NotNow, BadInput.
    """
    standing = permitted(CommonAct.CLOSE, number, turn)
    said = _words(words, "words", "请写明办结说明。")
    Brief.objects.filter(common_id=standing.id).update(closing=said)
    _close(standing.id, turn.actor, turn.now, {"words": said})
    return After(standing.number, CommonState.CLOSED)


@transaction.atomic
def settle(problem_id: UUID, *, now: datetime) -> bool:
    """Close the open common problem of a problem that has just ended, when it was the last; whether it was closed.

    For reactions: doing it again changes nothing.
    """
    member = Member.objects.filter(problem_id=problem_id, membership=Membership.JOINED.value)
    common_id = member.values_list("common_id", flat=True).first()
    if common_id is None or not Common.objects.select_for_update().filter(id=common_id, closed_at__isnull=True).exists():
        return False
    joined = Member.objects.filter(common_id=common_id, membership=Membership.JOINED.value)
    closed = [state.value for state in CLOSED_STATES]
    if Problem.objects.filter(id__in=joined.values("problem_id")).exclude(state__in=closed).exists():
        return False
    _close(common_id, Actor(None, None, None, "rule"), now, {})
    return True


def _close(common_id: UUID, actor: Actor, now: datetime, words: dict[str, str]) -> None:
    Member.objects.filter(common_id=common_id, membership=Membership.JOINED.value).update(
        membership=Membership.SETTLED.value, until=now
    )
    Common.objects.filter(id=common_id).update(state=CommonState.CLOSED.value, closed_at=now, last_at=now)
    tell([about(CommonFact.CLOSED, common_id, actor, now, {}, words)])


def _words(text: str, field: str, empty: str) -> str:
    """What was written, as it is kept.

    Raises BadInput: nothing, too much, or marked as classified.
    """
    said = clean_text(text)
    trouble = text_trouble(text, LONGEST_TEXT) or ("" if said else empty)
    if trouble:
        raise BadInput(trouble, {field: trouble})
    return said
