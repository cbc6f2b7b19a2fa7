"""What follows from the facts of problems, as one table: a fact's kind, and who is told what because of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.messaging.actions.planning import Announcement, announce
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.outside import Sort, Told, number_of_problem
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.problems.queries.audience import Audience, audience_of
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.kit import clock

OLD = timedelta(days=3)
"""What is read so long after it happened (a follower set back, an archive brought in) calls nobody any more."""
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


def _decider(audience: Audience) -> UUID | None:
    return audience.decider_unit_id


def _asker(audience: Audience) -> UUID | None:
    return audience.asker_unit_id


def _last_handler(audience: Audience) -> UUID | None:
    return audience.last_handler_id


def _office_that_has_it(audience: Audience) -> UUID | None:
    """The office of the level while the matter lies with it; none once a rule has sent it on."""
    return audience.level_office_id if audience.level_office_id == audience.accountable_unit_id else None


REACTIONS: dict[ProblemFact, tuple[tuple[Whom, NoticeKind], ...]] = {
    ProblemFact.ESCALATED: ((_level_office, NoticeKind.CAME_FROM_BELOW),),
    ProblemFact.COMPLETED: ((_reporter_once_answered, NoticeKind.ANSWERED), (_relay, NoticeKind.TO_PASS_DOWN)),
    ProblemFact.PASSED_DOWN: ((_reporter_once_answered, NoticeKind.ANSWERED), (_relay, NoticeKind.TO_PASS_DOWN)),
    ProblemFact.UPHELD: ((_reporter, NoticeKind.ANSWERED),),
    ProblemFact.ASKED_MORE: ((_reporter, NoticeKind.ASKED_MORE),),
    ProblemFact.DECLINED: ((_reporter, NoticeKind.DECLINED),),
    ProblemFact.ASKED_LOWER: ((_accountable, NoticeKind.GIVEN_BACK),),
    ProblemFact.RULED_OWN_LEVEL: ((_accountable, NoticeKind.GIVEN_BACK),),
    ProblemFact.EXTENSION_ASKED: ((_decider, NoticeKind.TO_DECIDE),),
    ProblemFact.PAUSE_ASKED: ((_decider, NoticeKind.TO_DECIDE),),
    ProblemFact.PARK_ASKED: ((_decider, NoticeKind.TO_DECIDE),),
    ProblemFact.WITHDRAWAL_ASKED: ((_decider, NoticeKind.TO_DECIDE),),
    ProblemFact.EXTENDED: ((_asker, NoticeKind.DECIDED),),
    ProblemFact.PAUSED: ((_asker, NoticeKind.DECIDED), (_reporter, NoticeKind.STOOD_STILL)),
    ProblemFact.PARKED: ((_asker, NoticeKind.DECIDED), (_reporter, NoticeKind.STOOD_STILL)),
    ProblemFact.REQUEST_REFUSED: ((_asker, NoticeKind.DECIDED),),
    ProblemFact.WITHDRAWN: ((_asker, NoticeKind.DECIDED), (_last_handler, NoticeKind.WITHDRAWN)),
    ProblemFact.RESUMED: ((_accountable, NoticeKind.GOES_ON), (_reporter, NoticeKind.GOES_ON)),
    ProblemFact.REJECTED: ((_accountable, NoticeKind.DISSATISFIED),),
    ProblemFact.CORRECTED: ((_reporter, NoticeKind.CORRECTED),),
    ProblemFact.MERGED: ((_reporter, NoticeKind.MERGED),),
    ProblemFact.SPLIT: ((_reporter, NoticeKind.SPLIT),),
    ProblemFact.OBJECTED: ((_accountable, NoticeKind.OBJECTED),),
    ProblemFact.OVERRULED: ((_reporter, NoticeKind.OBJECTION_GRANTED), (_accountable, NoticeKind.ACCEPTED_AFTER_ALL)),
    ProblemFact.DECLINE_UPHELD: ((_reporter, NoticeKind.DECLINE_UPHELD),),
    ProblemFact.ADVISED: ((_accountable, NoticeKind.ADVISED),),
    ProblemFact.LOOK_IN_ANSWERED: ((_reporter, NoticeKind.LOOKED_IN),),
    ProblemFact.REOPENED: ((_reporter, NoticeKind.REOPENED),),
    ProblemFact.CONTACT_VOIDED: ((_accountable, NoticeKind.CONTACT_VOIDED),),
    ProblemFact.CONTACTED: ((_reporter, NoticeKind.CONTACTED),),
    ProblemFact.FOUND_WANTING: ((_accountable, NoticeKind.FOUND_WANTING),),
    ProblemFact.CLOSED_UNRATED: ((_reporter, NoticeKind.CLOSED_UNRATED),),
    ProblemFact.OUTCOME_DOUBTED: ((_home_office, NoticeKind.OUTCOME_DOUBTED),),
    ProblemFact.CALLED_BACK: ((_home_office, NoticeKind.CALLED_BACK),),
    ProblemFact.TURNED_DOWN: ((_accountable, NoticeKind.TURNED_DOWN),),
    ProblemFact.PART_ANSWERED: ((_accountable, NoticeKind.PART_ANSWERED),),
    ProblemFact.REPLIED: ((_reporter, NoticeKind.REPLIED),),
    ProblemFact.KEPT: ((_accountable, NoticeKind.KEPT),),
    ProblemFact.HANDLED_ANEW: ((_reporter, NoticeKind.HANDLED_ANEW),),
    ProblemFact.ENDED: ((_reporter, NoticeKind.ENDED),),
}
SILENT: dict[ProblemFact, str] = {
    ProblemFact.SUBMITTED: "lies in the office's desk as a duty; the reporter has just sent it",
    ProblemFact.ACCEPTED: "what follows is told: dispatch shows on a desk, the reporter's page shows the state",
    ProblemFact.PRECHECKED: "what follows is told by facts of its own: asked more, dispatched, answered",
    ProblemFact.SUPPLIED: "returns to the office's desk as a duty",
    ProblemFact.DECLINE_SOUND: "a sample found nothing to mend",
    ProblemFact.DESIGNATED: "lies in the unit's tray to sign for, its clock running",
    ProblemFact.ACKNOWLEDGED: "the unit has just spoken with the reporter",
    ProblemFact.CONTACT_CONFIRMED: "asks nothing of anybody",
    ProblemFact.SENT_BACK: "lies in the office's tray of what was given back",
    ProblemFact.REASSIGNED: "lies in the new unit's tray to sign for",
    ProblemFact.REPLY_REGISTERED: "the unit registers what was answered to itself",
    ProblemFact.PROPOSED: "lies in its office's tray to decide",
    ProblemFact.CONFIRMED: "lies in the office's tray to close off",
    ProblemFact.RATED: "asks nothing of anybody; dissatisfaction is told as a fact of its own",
    ProblemFact.VERIFIED: "lies in the office's tray to close off",
    ProblemFact.CLOSED_OFF: "the reporter has confirmed; asks nothing of anybody",
}
"""Facts that tell nobody, each with the reason; whoever must act finds the matter on his desk."""

NAMED: dict[ProblemFact, tuple[str, NoticeKind]] = {
    ProblemFact.COORDINATED: ("units", NoticeKind.SHARE_GIVEN),
    ProblemFact.TAKEN_OVER: ("from_unit", NoticeKind.TAKEN_OVER),
    ProblemFact.DECLINE_WANTING: ("office", NoticeKind.DECLINE_WANTING),
    ProblemFact.LOOKED_IN: ("looker", NoticeKind.LOOK_IN),
    ProblemFact.OFFERED: ("to_unit", NoticeKind.OFFERED),
    ProblemFact.TAKEN: ("from_unit", NoticeKind.TAKEN_BY_OTHER),
    ProblemFact.INVITED: ("units", NoticeKind.PART_ASKED),
    ProblemFact.CONSULTED: ("to_unit", NoticeKind.CONSULTED),
    ProblemFact.DISPATCHED: ("joint", NoticeKind.PART_ASKED),
}
"""The units that a fact itself names, under which word, and what they are told."""

CALLED: dict[ProblemFact, tuple[Whom, Sort]] = {
    ProblemFact.SUBMITTED: (_office_that_has_it, Sort.TO_HANDLE),
    ProblemFact.DISPATCHED: (_accountable, Sort.TO_SIGN),
    ProblemFact.DESIGNATED: (_accountable, Sort.TO_SIGN),
    ProblemFact.REASSIGNED: (_accountable, Sort.TO_SIGN),
    ProblemFact.SENT_BACK: (_office_that_has_it, Sort.TO_HANDLE),
    ProblemFact.PROPOSED: (_level_office, Sort.TO_DECIDE),
}
"""What lies on a desk as a duty needs no notice there; outside, the unit whose turn it is now is called to its desk."""

_CALLED_BY_KIND = {str(kind.value): called for kind, called in CALLED.items()}
_BY_KIND = {str(kind.value): followed for kind, followed in REACTIONS.items()}
_NAMED_BY_KIND = {str(kind.value): named for kind, named in NAMED.items()}


def tell_of_a_problem(fact: ReadFact) -> None:
    followed, named = _BY_KIND.get(fact.kind, ()), _named(fact)
    is_called = fact.kind in _CALLED_BY_KIND and wires_in_force().leads_out
    if not followed and not named and not is_called:
        return
    audience = audience_of(fact.thing_id)
    if audience is None:
        return
    if is_called:
        _call_to_the_desk(fact, audience)
    told = [*((whom(audience), kind) for whom, kind in followed), *named]
    tell([
        Telling(unit_id, kind, fact.thing_kind, fact.thing_id, audience.number, fact.id, fact.at)
        for unit_id, kind in told if unit_id is not None
    ])


def _call_to_the_desk(fact: ReadFact, audience: Audience) -> None:
    """Call whose turn it is outside; reading an old fact again calls nobody twice."""
    (whom, sort), now = _CALLED_BY_KIND[fact.kind], clock.now()
    unit_id = whom(audience)
    if unit_id is not None and now - fact.at < OLD:
        told = Told(sort, number_of_problem(audience.number))
        announce([Announcement(unit_id, told, fact.id, fact.at)], now=now)


def _named(fact: ReadFact) -> list[tuple[UUID, NoticeKind]]:
    """The units named in a fact, with what they are told."""
    word, kind = _NAMED_BY_KIND.get(fact.kind, ("", None))
    units = fact.body.get(word) or []
    return [(UUID(one), kind) for one in ([units] if isinstance(units, str) else units)] if kind else []
