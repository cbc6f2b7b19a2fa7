"""One problem as its page and the API show it: what it is, how it stands, what may be done, what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Party, Problem, Spell
from zhitong.domain.problems.queries.acts import ActChoice as ActChoice
from zhitong.domain.problems.queries.acts import acts_for
from zhitong.domain.problems.queries.alike import AlikeCase, alike_to
from zhitong.domain.problems.queries.checks import CheckView, checks_of
from zhitong.domain.problems.queries.clocks import ClockFace as ClockFace
from zhitong.domain.problems.queries.clocks import clocks_of
from zhitong.domain.problems.queries.kin import KinView, kin_of, main_of
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.queries.seeing import UNNAMED, may_know_name, may_see
from zhitong.domain.problems.queries.sharing import Sharing, sharing_of
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from, with_parts
from zhitong.domain.problems.queries.story import (
    AnswerView,
    EscalationView,
    SpellView,
    Told,
    answers_of,
    escalations_of,
    spells_of,
    timeline_of,
)
from zhitong.domain.problems.queries.timing import RequestView, requests_of
from zhitong.domain.problems.rules.kinds import DeclineReason, Nature, PartyRole, Source, State
from zhitong.domain.problems.rules.open_reach import is_open_to, without_numbers
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.refusals import NotFound

_MORE = ("subject_id", "subject_name", "text", "known_to_head", "happened_at", "split_from_id")


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """Everything a viewer may know of one problem. What only offices read is empty for the reporter."""

    standing: Standing
    subject_id: UUID | None
    subject_name: str
    source: Source
    nature: Nature
    happened_at: datetime | None
    text: str
    known_to_head: bool
    category_label: str
    region_path: tuple[str, ...]
    unit: str
    level: str
    decline_reason: DeclineReason | None
    clocks: tuple[ClockFace, ...]
    acts: tuple[ActChoice, ...]
    timeline: tuple[Told, ...]
    answers: tuple[AnswerView, ...]
    escalations: tuple[EscalationView, ...]
    spells: tuple[SpellView, ...]
    parties: tuple[str, ...]
    sharing: Sharing
    alike: tuple[AlikeCase, ...]
    requests: tuple[RequestView, ...]
    kin: tuple[KinView, ...]
    checks: tuple[CheckView, ...] = ()
    is_callers: bool = False


def problem_id_of(viewer: Viewer, number: str) -> UUID:
    """The id behind a number.

    Raises NotFound: there is no such problem, or none for this viewer.
    """
    return _row(viewer, directory(), number=number)["id"]  # type: ignore[no-any-return]


def problem_page(viewer: Viewer, problem_id: UUID, *, now: datetime) -> ProblemPage:
    """One problem in full, in a fixed number of queries.

    Raises NotFound: there is no such problem, or none for this viewer.
    """
    here = directory()
    row = _row(viewer, here, id=problem_id)
    [standing] = with_parts([standing_from(row)])
    is_caller = row["role"] == PartyRole.CALLER.value
    book = rulebook(standing.campaign)
    is_reporter = viewer.unit_kind in (UnitKind.SERVED, UnitKind.DELEGATES)
    path = here.path(standing.region_id)
    answers = answers_of(main_of(standing), is_reporter)
    is_known = may_know_name(
        viewer, unnamed=standing.unnamed, reporter_unit_id=standing.reporter_unit_id, region_id=standing.region_id, here=here
    )
    requests = requests_of(
        standing.id, now, is_reporter=is_reporter, decides=viewer.may(Permission.DISPATCH)
    )
    unit = here.units.get(standing.accountable_unit_id) if standing.accountable_unit_id else None
    page = ProblemPage(
        standing=standing, subject_id=row["subject_id"] if is_known else None,
        subject_name=row["subject_name"] if is_known else UNNAMED, source=standing.source,
        nature=standing.nature, happened_at=row["happened_at"], text=row["text"], known_to_head=row["known_to_head"],
        category_label=book.label(standing.subject_kind, standing.category),
        region_path=tuple(region.name for region in path), unit=unit.name if unit else "",
        level=here.regions[standing.level_region_id].name,
        decline_reason=DeclineReason(standing.decline_reason) if standing.decline_reason else None,
        clocks=clocks_of(standing, requests, here, book, now), acts=acts_for(viewer, standing, here, book, now),
        timeline=timeline_of(
            facts_about(standing.id), is_reporter, bool(answers), None if is_known else standing.reporter_unit_id
        ),
        answers=answers, kin=kin_of(viewer, standing, row["split_from_id"], book, here),
        escalations=() if is_reporter else escalations_of(standing.id, here),
        spells=() if is_reporter else spells_of(standing.id, here),
        parties=() if is_reporter else _parties(standing.id), requests=requests,
        checks=() if is_reporter else checks_of(standing.id, viewer.unit_id if is_caller else None),
        alike=alike_to(standing, row["text"]) if _is_to_hand_out(viewer, standing) else (),
        sharing=Sharing() if is_reporter or is_caller else sharing_of(standing.id, here, now=now),
    )
    if is_open_to(viewer, standing.reporter_unit_id):
        return _for_open_reach(page)
    return _for_caller(page) if is_caller else page


def _is_to_hand_out(viewer: Viewer, standing: Standing) -> bool:
    return (
        viewer.may(Permission.DISPATCH) and standing.state in (State.SUBMITTED, State.ACCEPTED)
        and standing.accountable_unit_id == viewer.unit_id
    )


def _for_caller(page: ProblemPage) -> ProblemPage:
    """What an office needs to call a firm back: who it is, what it asked, what it was answered; not who handled it."""
    return replace(
        page, is_callers=True, standing=replace(page.standing, routing_words="", rule_code="", contact_voids=0, wantings=0), unit="",
        clocks=(), timeline=(), escalations=(), spells=(), parties=(), requests=(), kin=(),
        answers=tuple(replace(one, unit="") for one in page.answers),
    )


def _for_open_reach(page: ProblemPage) -> ProblemPage:
    """A page as delegates read it: no numbers to call, no firm to look up, nothing asked for on the way, no kin."""
    return replace(
        page, subject_id=None, text=without_numbers(page.text), requests=(), kin=(),
        answers=tuple(replace(one, text=without_numbers(one.text), rating_words=without_numbers(one.rating_words)) for one in page.answers),
        timeline=tuple(
            replace(told, words=tuple((label, without_numbers(text)) for label, text in told.words)) for told in page.timeline
        ),
    )


def _row(viewer: Viewer, here: Directory, **at: Any) -> dict[str, Any]:
    row: dict[str, Any] | None = Problem.objects.filter(**at).values(*COLUMNS, *_MORE).first()
    if row is None:
        raise NotFound
    role = Party.objects.filter(unit_id=viewer.unit_id, problem_id=row["id"]).values_list("role", flat=True).first()
    if not may_see(viewer, standing_from(row), role is not None, here):
        raise NotFound
    return {**row, "role": role or ""}


def _parties(problem_id: UUID) -> tuple[str, ...]:
    """Names of the units that handled it, from the spells: the party rows of others stay behind their wall."""
    rows = Spell.objects.filter(problem_id=problem_id).order_by("started_at").values_list("unit_id", flat=True)
    names = unit_names(rows)
    return tuple(dict.fromkeys(names[unit_id] for unit_id in rows))
