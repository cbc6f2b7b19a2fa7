"""What follows from facts, as one table: a fact's kind, and who is told what because of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.commons.actions.closing import settle
from zhitong.domain.commons.queries import audience as commons
from zhitong.domain.commons.rules.facts import CommonFact
from zhitong.domain.complaints.queries import audience as complaints
from zhitong.domain.complaints.rules.facts import ComplaintFact
from zhitong.domain.extras.rules.facts import ExtraFact
from zhitong.domain.files.rules.facts import FileFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.rules.facts import InspectionFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import TOLD_BY, NoticeKind
from zhitong.domain.plans.rules.timetable import TimetableFact
from zhitong.domain.problems.queries.audience import audience_of
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.supervision.actions.urging import note_effect
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.systems.rules.clients import SystemFact
from zhitong.domain.tiering.actions.considering import consider
from zhitong.domain.visits.rules.facts import VisitFact
from zhitong.kit import clock
from zhitong.work.cards import CARD_THINGS, follow_card
from zhitong.work.cascade import DIVISION_THINGS, follow_division
from zhitong.work.changes import SIDES, follow_change
from zhitong.work.editions import THING as EDITION
from zhitong.work.editions import follow_edition
from zhitong.work.people import OF_PEOPLE, follow_people
from zhitong.work.practices import THING as PIECE
from zhitong.work.practices import follow_piece
from zhitong.work.problems import tell_of_a_problem
from zhitong.work.reports import follow_report
from zhitong.work.rhythm import THINGS as MEETING_THINGS
from zhitong.work.rhythm import follow_cycle

FOLLOWER = TOLD_BY
LEADERS_WORDS = "领导批示"
"""What stands for a number where an instruction has none."""


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


_OF_PRESSING: dict[str, tuple[str, NoticeKind]] = {
    str(SupervisionFact.ISSUED): ("unit", NoticeKind.SUPERVISED),
    str(SupervisionFact.ANSWERED): ("by_unit", NoticeKind.PAPER_ANSWERED),
    str(SupervisionFact.RETURNED): ("unit", NoticeKind.PAPER_RETURNED),
    str(SupervisionFact.ACCEPTED): ("unit", NoticeKind.PAPER_ACCEPTED),
    str(SupervisionFact.ASSIGNED): ("unit", NoticeKind.INSTRUCTED),
}
"""Which side of a paper is told of it. What a leader still has to answer is the clerk's duty, nobody's notice."""

OF_VISITS: dict[str, tuple[str, NoticeKind]] = {
    str(VisitFact.RECORDED): ("firm", NoticeKind.VISITED),
    str(VisitFact.DENIED): ("unit", NoticeKind.VISIT_DENIED),
    str(VisitFact.JOINED): ("units", NoticeKind.JOINT_VISIT),
}
"""Whom a fact of a visit names under which word, and what they are told: the firm, the visitors, all who go together."""

OF_PLACES: dict[str, tuple[tuple[str, NoticeKind], ...]] = {
    str(TimetableFact.FALLS_DUE): (("units", NoticeKind.MILESTONE_DUE),),
    str(ExtraFact.PROPOSED): (("office", NoticeKind.EXTRA_PROPOSED),),
    str(ExtraFact.SENT_UP): (("office", NoticeKind.EXTRA_PROPOSED),),
    str(ExtraFact.LISTED): (("by_unit", NoticeKind.EXTRA_LISTED), ("lead", NoticeKind.EXTRA_LEAD)),
    str(ExtraFact.TURNED_DOWN): (("by_unit", NoticeKind.EXTRA_TURNED_DOWN),),
    str(SystemFact.PAUSED): (("unit", NoticeKind.CALLS_PAUSED),),
}
"""Whom a fact of a timetable or of what a place does beside the plan, or of its systems,
names under which words, and what they are told."""

OF_INSPECTIONS: dict[str, tuple[tuple[str, NoticeKind], ...]] = {
    str(InspectionFact.SUBMITTED): (("approver", NoticeKind.PLAN_TO_APPROVE),),
    str(InspectionFact.APPROVED): (("by_unit", NoticeKind.PLAN_APPROVED), ("objects", NoticeKind.INSPECTED)),
    str(InspectionFact.REFUSED): (("by_unit", NoticeKind.PLAN_REFUSED),),
    str(InspectionFact.FOUND): (("unit", NoticeKind.TO_RECTIFY),),
    str(InspectionFact.ANSWERED): (("by_unit", NoticeKind.RECTIFIED),),
    str(InspectionFact.RETURNED): (("unit", NoticeKind.TO_RECTIFY_AGAIN),),
    str(InspectionFact.CLOSED): (("unit", NoticeKind.RECTIFICATION_CHECKED),),
}
"""Whom a fact of an inspection names under which words, and what they are told; the objects of an unannounced one: nothing."""

ENDS = frozenset(
    str(kind.value) for kind in (
        ProblemFact.CLOSED_OFF, ProblemFact.CLOSED_UNRATED, ProblemFact.ENDED, ProblemFact.DECLINED,
        ProblemFact.WITHDRAWN, ProblemFact.MERGED,
    )
)
"""After these a problem is over: the common problem it belonged to may be, too."""

CONSIDERED = frozenset(
    str(word.value) for word in SubjectFact
    if word not in (SubjectFact.ENLISTED, SubjectFact.CARED_FOR, SubjectFact.CARE_HANDED_OVER, SubjectFact.TIERED)
)
"""After these an enterprise may be otherwise than diagnosed, or ready for another rung."""
_CLOCK = Actor(None, None, None, "work")

COMMONS: dict[str, NoticeKind] = {
    str(kind.value): told
    for kind, told in {
        CommonFact.JOINED: NoticeKind.COMMON_JOINED,
        CommonFact.TAKEN_OUT: NoticeKind.COMMON_TAKEN_OUT,
        CommonFact.ANSWERED: NoticeKind.COMMON_ANSWERED,
    }.items()
}
"""Of a common problem its members' units are told, each about its own problem and of no other."""


def react(fact: ReadFact) -> None:
    """Do what follows from one fact; doing it again changes nothing."""
    if fact.thing_kind in CARD_THINGS:
        follow_card(fact)
    elif fact.kind in SIDES:
        follow_change(fact)
    elif fact.thing_kind in DIVISION_THINGS:
        follow_division(fact)
    elif fact.kind in OF_PLACES:
        _tell_of_a_place(fact, OF_PLACES, fact.body.get("name") or f"{clock.day_of(fact.at)}申报")
    elif fact.kind in OF_INSPECTIONS:
        _tell_of_a_place(fact, OF_INSPECTIONS, f"{clock.day_of(fact.at)}督查")
    elif fact.thing_kind == "report":
        follow_report(fact)
    elif fact.thing_kind == EDITION:
        follow_edition(fact)
    elif fact.thing_kind == PIECE:
        follow_piece(fact)
    elif fact.thing_kind in MEETING_THINGS:
        follow_cycle(fact)
    else:
        _follow_other(fact)


def _follow_other(fact: ReadFact) -> None:
    if fact.kind in SEALED:
        _react_to_sealed(fact)
    elif fact.kind == str(SupervisionFact.REMINDED):
        _tell_who_is_reminded(fact)
    elif fact.kind in _OF_PRESSING:
        _tell_of_a_paper(fact)
    elif fact.kind in OF_VISITS:
        _tell_of_a_visit(fact)
    elif fact.thing_kind == "common":
        _tell_of_a_common(fact)
    elif fact.kind in CONSIDERED:
        _consider_anew(fact)
    elif fact.kind == str(FileFact.INFECTED):
        _tell_of_a_virus(fact)
    elif fact.kind in OF_PEOPLE:
        follow_people(fact)
    elif fact.thing_kind == "problem":
        _follow_problem(fact)


def _follow_problem(fact: ReadFact) -> None:
    tell_of_a_problem(fact)
    if fact.kind in ENDS:
        settle(fact.thing_id, now=fact.at)
    if fact.unit_id is not None:
        note_effect(problem_id=fact.thing_id, unit_id=fact.unit_id, fact_kind=fact.kind, at=fact.at)


def _consider_anew(fact: ReadFact) -> None:
    """Diagnose an enterprise and see it to its ladders, as its figures and qualifications are now."""
    is_invented = fact.kind == str(SubjectFact.REGISTERED.value) and fact.person_id is None
    campaign = campaign_in_force()
    if campaign is not None and not is_invented:  # a rehearsal considers all whom it has invented at once
        consider([fact.thing_id], campaign=campaign.code, actor=_CLOCK, now=fact.at)


def _tell_of_a_virus(fact: ReadFact) -> None:
    """The unit that sent the file is told; of a file from a command line nobody is."""
    if fact.body.get("unit"):
        unit = UUID(fact.body["unit"])
        tell([Telling(unit, NoticeKind.VIRUS_FOUND, "file", fact.thing_id, "一个附件", fact.id, fact.at)])


def _tell_who_is_reminded(fact: ReadFact) -> None:
    """The notice leads to the problem: opening it is what reads the reminder."""
    body = fact.body
    kind = NoticeKind.REMINDED_BY_REPORTER if body["by_reporter"] else NoticeKind.REMINDED
    tell([Telling(UUID(body["unit"]), kind, "problem", UUID(body["problem"]), body["number"], fact.id, fact.at)])


def _tell_of_a_paper(fact: ReadFact) -> None:
    side, kind = _OF_PRESSING[fact.kind]
    number = fact.body.get("number") or LEADERS_WORDS
    tell([Telling(UUID(fact.body[side]), kind, fact.thing_kind, fact.thing_id, number, fact.id, fact.at)])


def _tell_of_a_visit(fact: ReadFact) -> None:
    """A visit has no number: its day stands for it."""
    word, kind = OF_VISITS[fact.kind]
    named = fact.body.get(word) or []
    tell([
        Telling(UUID(one), kind, fact.thing_kind, fact.thing_id, f"{fact.body['on']}走访", fact.id, fact.at)
        for one in ([named] if isinstance(named, str) else named)
    ])


def _tell_of_a_place(fact: ReadFact, table: Mapping[str, tuple[tuple[str, NoticeKind], ...]], words: str) -> None:
    """Milestones, proposals and inspections have no number: words stand for it; the notice leads to the thing."""
    told: dict[UUID, NoticeKind] = {}
    for word, kind in table[fact.kind]:
        named = fact.body.get(word) or []
        told |= {UUID(unit_id): kind for unit_id in ([named] if isinstance(named, str) else named)}
    tell([Telling(unit_id, kind, fact.thing_kind, fact.thing_id, words, fact.id, fact.at) for unit_id, kind in told.items()])


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


def _tell_of_a_common(fact: ReadFact) -> None:
    """Tell who leads it that it does; tell a member's reporter and handler; offer an answer to the handlers elsewhere."""
    common = commons.audience_of(fact.thing_id)
    if common is None:
        return
    told: list[Telling] = []
    if fact.kind == CommonFact.ESTABLISHED.value:
        told.append(Telling(
            common.lead_id, NoticeKind.COMMON_LEAD, fact.thing_kind, fact.thing_id, common.number, fact.id, fact.at
        ))
    elif fact.kind in COMMONS:
        concerned = [UUID(fact.body["problem"])] if "problem" in fact.body else list(common.problem_ids)
        told += [one for problem_id in concerned for one in _about_member(fact, problem_id, common.lead_id)]
    tell(told)


def _about_member(fact: ReadFact, problem_id: UUID, lead_id: UUID) -> Iterator[Telling]:
    audience = audience_of(problem_id)
    if audience is None:
        return
    units = {audience.accountable_unit_id, audience.reporter_unit_id}
    if fact.kind == CommonFact.ANSWERED.value:
        units = {audience.accountable_unit_id} - {lead_id}
    for unit_id in sorted(one for one in units if one is not None):
        yield Telling(unit_id, COMMONS[fact.kind], "problem", problem_id, audience.number, fact.id, fact.at)
