"""What follows from facts, as one table: a fact's kind, and who is told what because of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from zhitong.domain.complaints.queries import audience as complaints
from zhitong.domain.complaints.rules.facts import ComplaintFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.problems.queries.audience import Audience, audience_of
from zhitong.domain.problems.rules.facts import ProblemFact

FOLLOWER = "reactions"
Whom = Callable[[Audience], UUID | None]


def _reporter(audience: Audience) -> UUID | None:
    return audience.reporter_unit_id


def _reporter_once_answered(audience: Audience) -> UUID | None:
    return audience.reporter_unit_id if audience.is_answered else None


def _level_office(audience: Audience) -> UUID | None:
    return audience.level_office_id


def _home_office(audience: Audience) -> UUID | None:
    return audience.home_office_id


def _accountable(audience: Audience) -> UUID | None:
    return audience.accountable_unit_id


def _relay(audience: Audience) -> UUID | None:
    return audience.relay_unit_id


REACTIONS: dict[ProblemFact, tuple[tuple[Whom, NoticeKind], ...]] = {
    ProblemFact.ESCALATED: ((_level_office, NoticeKind.CAME_FROM_BELOW),),
    ProblemFact.COMPLETED: ((_reporter_once_answered, NoticeKind.ANSWERED), (_relay, NoticeKind.TO_PASS_DOWN)),
    ProblemFact.PASSED_DOWN: ((_reporter_once_answered, NoticeKind.ANSWERED), (_relay, NoticeKind.TO_PASS_DOWN)),
    ProblemFact.UPHELD: ((_reporter, NoticeKind.ANSWERED),),
    ProblemFact.ASKED_MORE: ((_reporter, NoticeKind.ASKED_MORE),),
    ProblemFact.DECLINED: ((_reporter, NoticeKind.DECLINED),),
    ProblemFact.ASKED_LOWER: ((_accountable, NoticeKind.GIVEN_BACK),),
    ProblemFact.RULED_OWN_LEVEL: ((_accountable, NoticeKind.GIVEN_BACK),),
    ProblemFact.REJECTED: ((_accountable, NoticeKind.DISSATISFIED),),
    ProblemFact.CONTACT_VOIDED: ((_accountable, NoticeKind.CONTACT_VOIDED),),
    ProblemFact.CONTACTED: ((_reporter, NoticeKind.CONTACTED),),
    ProblemFact.FOUND_WANTING: ((_accountable, NoticeKind.FOUND_WANTING),),
    ProblemFact.CLOSED_UNRATED: ((_reporter, NoticeKind.CLOSED_UNRATED),),
    ProblemFact.OUTCOME_DOUBTED: ((_home_office, NoticeKind.OUTCOME_DOUBTED),),
    ProblemFact.CALLED_BACK: ((_home_office, NoticeKind.CALLED_BACK),),
}
_BY_KIND = {str(kind.value): followed for kind, followed in REACTIONS.items()}

SEALED: dict[str, tuple[bool, NoticeKind]] = {
    str(kind.value): told
    for kind, told in {
        ComplaintFact.SUBMITTED: (False, NoticeKind.SEALED_CAME),
        ComplaintFact.SEALED: (False, NoticeKind.SEALED_CAME),
        ComplaintFact.ACKNOWLEDGED: (True, NoticeKind.SEALED_TAKEN),
        ComplaintFact.ASKED: (True, NoticeKind.SEALED_ASKED),
        ComplaintFact.SUPPLIED: (False, NoticeKind.SEALED_SUPPLIED),
        ComplaintFact.REFERRED: (True, NoticeKind.SEALED_REFERRED),
        ComplaintFact.NOTIFIED: (True, NoticeKind.SEALED_NOTIFIED),
    }.items()
}
"""Of sealed complaints two units alone are told: the complainant (True) or who holds it now; never an office above."""


def react(fact: ReadFact) -> None:
    """Do what follows from one fact; doing it again changes nothing."""
    if fact.kind in SEALED:
        _react_to_sealed(fact)
        return
    followed = _BY_KIND.get(fact.kind)
    if followed is None:
        return
    audience = audience_of(fact.thing_id)
    if audience is None:
        return
    told = ((whom(audience), kind) for whom, kind in followed)
    tell([
        Telling(unit_id, kind, fact.thing_kind, fact.thing_id, audience.number, fact.id, fact.at)
        for unit_id, kind in told if unit_id is not None
    ])


def _react_to_sealed(fact: ReadFact) -> None:
    """Tell the one party whom an act concerns; who was referred to is told that it came."""
    audience = complaints.audience_of(fact.thing_id)
    if audience is None:
        return
    to_complainant, kind = SEALED[fact.kind]
    told = [(audience.complainant_id if to_complainant else audience.holder_id, kind)]
    if fact.body.get("to") == "referred":
        told.append((audience.holder_id, NoticeKind.SEALED_CAME))
    tell([
        Telling(unit_id, kind, fact.thing_kind, fact.thing_id, audience.number, fact.id, fact.at)
        for unit_id, kind in told if unit_id is not None
    ])
