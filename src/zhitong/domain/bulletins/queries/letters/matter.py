"""A matter as it stood at a cut-off time, for one reader: what was decided, said and asked up to then and nothing later.

What may change afterwards is read from what keeps its past: stays, spells, rows with their times, and facts where a word
was replaced. Units are called as they are called today; a text erased since is gone from every paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions.sealing import LEFT_BEHIND
from zhitong.domain.problems.models import Answer, Check, Escalation, Part, Party, Request, Spell, Stay, Verdict
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import (
    Nature,
    PartyRole,
    RequestKind,
    RequestState,
    Source,
    SpellKind,
    State,
    Urgency,
)
from zhitong.domain.problems.rules.open_reach import is_open_to
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.official.wording import moment_on_paper
from zhitong.kit.refusals import NotFound, Refused

_HANDED_OUT = {
    ProblemFact.DISPATCHED.value, ProblemFact.DESIGNATED.value, ProblemFact.REASSIGNED.value, ProblemFact.TAKEN.value,
    ProblemFact.HANDLED_ANEW.value, ProblemFact.ESCALATED.value, ProblemFact.TAKEN_OVER.value, ProblemFact.FOUND_WANTING.value,
}
"""The facts with which a unit came to have a matter."""


@dataclass(frozen=True, slots=True)
class AnswerThen:
    """An answer with what the reporter and his head had said of it by then."""

    row: Answer
    verdict: Verdict | None
    head: Verdict | None


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as it stood; the rows of its way are those of that time, oldest first. `stay` is how it was counted then."""

    at: datetime
    here: Directory
    head: ProblemHead
    text: str
    nature: Nature
    urgency: Urgency
    category: str
    stay: Stay
    stays: tuple[Stay, ...]
    spells: tuple[Spell, ...]
    answers: tuple[AnswerThen, ...]
    requests: tuple[Request, ...]
    escalations: tuple[Escalation, ...]
    parts: tuple[Part, ...]
    checks: tuple[Check, ...]
    facts: tuple[ToldFact, ...]

    @property
    def standing(self) -> Standing:
        """What never changes of a problem; how it stands now is not to be read from here."""
        return self.head.standing

    @property
    def number(self) -> str:
        """The number people say."""
        return self.standing.number

    @property
    def state(self) -> State:
        """How it stood."""
        return State(self.stay.state)

    @property
    def source(self) -> Source:
        """The door through which it came."""
        return self.standing.source

    @property
    def outward_name(self) -> str:
        """Whose it is on papers that leave the office: of an unnamed one nobody is told."""
        return UNNAMED if self.standing.unnamed else self.head.subject_name

    @property
    def place(self) -> str:
        """Its region with those above, the nearest last, without the root."""
        path = self.here.path(self.standing.region_id)
        return "".join(region.name for region in (path[1:] or path))

    @property
    def handling(self) -> tuple[Spell, ...]:
        """The spells in which a unit had it to handle."""
        return tuple(one for one in self.spells if one.kind == SpellKind.HANDLING.value)

    def unit(self, unit_id: UUID | None) -> str:
        """The name of a unit."""
        return self.here.name_of(unit_id) if unit_id else ""

    def office(self, region_id: UUID) -> str:
        """The name of the campaign office of a region."""
        office = self.here.office(region_id)
        return office.name if office else ""

    def handed_out(self, spell: Spell) -> ToldFact | None:
        """The fact with which a spell began; None where words and time do not meet."""
        return next((one for one in self.facts if one.at == spell.started_at and one.kind in _HANDED_OUT), None)

    def last(self, *kinds: ProblemFact) -> ToldFact | None:
        """The newest fact of some kinds."""
        wanted = {kind.value for kind in kinds}
        return next((one for one in reversed(self.facts) if one.kind in wanted), None)

    def due_of(self, spell: Spell, at: datetime) -> datetime | None:
        """When a spell fell due as its time stood at a moment: the first limit, or what granted requests had made of it."""
        since = spell.clock_from or spell.started_at
        moved = [
            (when, one.due_after) for one in self.requests
            if one.due_after is not None and (when := moved_at(one)) is not None and since <= when <= at
        ]
        return max(moved)[1] if moved else spell.first_due_at


def moved_at(request: Request) -> datetime | None:
    """When a request moved a due time: an extension when it was granted, a stop when it was over."""
    return request.decided_at if request.kind == RequestKind.EXTENSION.value else request.resumed_at


def state_then(request: Request, at: datetime) -> RequestState:
    """How a request stood."""
    return RequestState(request.state) if request.decided_at and request.decided_at <= at else RequestState.ASKED


def matter(viewer: Viewer, number: str, at: datetime) -> Matter:
    """A matter by its number as it stood at a moment; a dozen queries.

    Raises NotFound: there is no such matter for this official; it was sealed, is open to him only because it is not
    confidential, or he only calls its reporter back. Raises Refused: it had not been reported yet.
    """
    officials_only(viewer)
    [head, *_none] = [*heads_for(viewer, numbers=[number]).values(), None]
    if head is None or not _may_read_whole(viewer, head):
        raise NotFound
    standing = head.standing
    stays = tuple(Stay.objects.filter(problem_id=standing.id, since__lte=at).order_by("since", "id"))
    stay = next((one for one in reversed(stays) if one.until is None or one.until > at), None)
    if standing.submitted_at > at or stay is None:
        raise Refused(
            f"问题{number}在{moment_on_paper(at)}还没有提交（{moment_on_paper(standing.submitted_at)}提交），请选择这之后的统计截止时间。"
        )
    told = facts_about(standing.id)
    facts = tuple(one for one in told if one.at <= at)
    nature, urgency = _register_then(standing, told, at)
    return Matter(
        at, directory(), head, _text_then(head.text, told, at), nature, urgency,
        rulebook(standing.campaign).label(standing.subject_kind, stay.category), stay, stays,
        spells=_until(Spell, standing.id, "started_at", at), answers=_answers(standing, at),
        requests=_until(Request, standing.id, "asked_at", at), escalations=_until(Escalation, standing.id, "proposed_at", at),
        parts=_until(Part, standing.id, "asked_at", at), checks=_until(Check, standing.id, "asked_at", at), facts=facts,
    )


def split_about(about: str) -> tuple[str, int]:
    """What a paper is about, and which of several: 「编号@2」 is the second; without it the newest (0).

    Raises NotFound: the place is no number.
    """
    number, _at, place = about.partition("@")
    if place and not (place.isdecimal() and place.isascii() and 0 < int(place) < 1000):
        raise NotFound
    return number, int(place or 0)


def one_of(rows: Sequence[Any], place: int, nothing: str) -> Any:
    """The row at a place counted from 1, or the newest for 0.

    Raises Refused, with the sentence: there is none. Raises NotFound: there are not so many.
    """
    if not rows:
        raise Refused(nothing)
    if place > len(rows):
        raise NotFound
    return rows[place - 1]


def _may_read_whole(viewer: Viewer, head: ProblemHead) -> bool:
    if head.text == LEFT_BEHIND or is_open_to(viewer, head.standing.reporter_unit_id):
        return False
    role = Party.objects.filter(unit_id=viewer.unit_id, problem_id=head.standing.id).values_list("role", flat=True).first()
    return bool(role != PartyRole.CALLER.value)


def _until(model: Any, problem_id: UUID, moment: str, at: datetime) -> tuple[Any, ...]:
    return tuple(model.objects.filter(problem_id=problem_id, **{f"{moment}__lte": at}).order_by(moment, "id"))


def _answers(standing: Standing, at: datetime) -> tuple[AnswerThen, ...]:
    """The answers of a matter, or where it had been merged those of the one it joined."""
    is_merged = standing.merged_into_id is not None and standing.ended_at is not None and standing.ended_at <= at
    of = Q(problem_id=standing.merged_into_id if is_merged else standing.id)
    said = {(row.answer_id, row.by_head): row for row in Verdict.objects.filter(of, at__lte=at)}
    rows = Answer.objects.filter(of, answered_at__lte=at).order_by("answered_at", "id")
    return tuple(AnswerThen(row, said.get((row.id, False)), said.get((row.id, True))) for row in rows)


def _text_then(text: str, facts: Sequence[ToldFact], at: datetime) -> str:
    """The text without what the reporter supplied afterwards."""
    for fact in reversed(facts):
        if fact.kind == ProblemFact.SUPPLIED.value and fact.at > at:
            text = text.removesuffix(f"\n补正：{fact.words.get('text', '')}")
    return text


def _register_then(standing: Standing, facts: Sequence[ToldFact], at: datetime) -> tuple[Nature, Urgency]:
    """Nature and urgency as the register had them: what the first correction afterwards put something else in place of."""
    for fact in facts:
        if fact.kind == ProblemFact.CORRECTED.value and fact.at > at:
            return Nature(fact.body["nature_was"]), Urgency(fact.body["urgency_was"])
    return standing.nature, standing.urgency
