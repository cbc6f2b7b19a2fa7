"""One edition as its page, its print and the copy of a unit show it, each cut to what the viewer may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.bulletins.models import Edition, FigureCheck, Wording
from zhitong.domain.bulletins.queries.editions.counting import CountedRow, rows_counted
from zhitong.domain.bulletins.queries.editions.frozen import annexes_of, figures_of, sections_of
from zhitong.domain.bulletins.queries.editions.listing import EditionRow, edition_row
from zhitong.domain.bulletins.queries.editions.sight import checks_seen, editions_seen, figures_seen
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.drawn import Annex, Bound, Section
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import CheckState, EditionState
from zhitong.domain.bulletins.rules.printing import Printed, document_of
from zhitong.domain.bulletins.rules.way import TABLE, Asked, EditionAct, EditionStanding, why_not, why_not_answer
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import person_names, post_titles, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.official.shapes import Document
from zhitong.kit.refusals import NotFound, Refused


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """An act on the edition that belongs to the viewer's post: allowed now, or the reason why not."""

    act: EditionAct
    allowed: bool
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """What a unit said of its figures, and what the office answered; `may_answer` is for the unit's own."""

    id: UUID
    unit_id: UUID
    unit: str
    state: CheckState
    asked_at: datetime
    due_at: datetime
    words: str
    answered_at: datetime | None
    answer: str
    settled_at: datetime | None
    objected_late: bool


@dataclass(frozen=True, slots=True)
class EditionTold:
    """One line of what happened to an edition."""

    at: datetime
    kind: EditionFact
    unit: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One wording of an edition: when it was saved and by whom."""

    version: int
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One edition in full for its office and, once issued, for whom it reaches; before that a unit reads its own part.

    `wording` parts are None where the text is not the viewer's to read yet; `own` are the figures of the viewer's unit,
    `why_not_object` why it cannot object or confirm (None: it can; empty where nothing of it stands in the paper).
    """

    row: EditionRow
    version: int
    recipients: str
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    figures: tuple[Bound, ...]
    is_readable: bool
    is_own: bool
    own: tuple[Bound, ...]
    why_not_object: str | None
    checks: tuple[CheckView, ...]
    signed_by: str
    signed_on: date | None
    signed_on_paper: bool
    content_digest: str
    figures_digest: str
    drop_reason: str
    corrects: tuple[UUID, str] | None
    corrections: tuple[tuple[UUID, str], ...]
    acts: tuple[EditionChoice, ...]
    versions: tuple[VersionView, ...]
    timeline: tuple[EditionTold, ...]


def edition_page(viewer: Viewer, edition_id: UUID, *, now: datetime) -> EditionPage:
    """One edition in a fixed number of queries. Raises NotFound: there is none, or none for this viewer."""
    edition = _seen(viewer, edition_id)
    is_own = edition.unit_id == viewer.unit_id
    wordings = list(Wording.objects.filter(edition_id=edition.id).order_by("-version"))
    wording = next((one for one in wordings if one.version == edition.version), None)
    readable = wording is not None and (is_own or edition.state == EditionState.ISSUED.value)
    figures = figures_of(figures_seen(viewer, edition))
    checks, facts = list(checks_seen(viewer, edition)), facts_about(edition.id) if is_own else []
    names = unit_names({edition.unit_id, *(one.unit_id for one in checks), *(one.unit_id for one in facts if one.unit_id)})
    people = person_names({*(one.person_id for one in wordings), *(one.person_id for one in facts)} - {None})
    own = tuple(one for one in figures if one.unit_id == viewer.unit_id)
    check = next((one for one in checks if one.unit_id == viewer.unit_id), None)
    return EditionPage(
        edition_row(edition, names[edition.unit_id]), edition.version,
        wording.recipients if wording and readable else "", sections_of(wording) if wording and readable else (),
        annexes_of(wording) if wording and readable else (), figures, readable, is_own, own,
        _why_not_object(edition, own, check), tuple(_check(one, names) for one in _in_order(checks, names)),
        edition.signed_by, edition.signed_on, edition.signed_on_paper, edition.content_digest, edition.figures_digest,
        edition.drop_reason, _corrected(viewer, edition), _corrections(viewer, edition),
        _acts(viewer, edition, checks, figures, now) if is_own else (),
        tuple(VersionView(one.version, one.at, people.get(one.person_id, "") if one.person_id else "") for one in wordings)
        if is_own else (),
        _timeline(facts, names, people),
    )


def paper_of(viewer: Viewer, edition_id: UUID) -> Document:
    """An edition as a paper: the same for the same edition, a draft for its office alone.

    Raises NotFound: there is none for this viewer. Raises Refused: its text is not the viewer's to read before the issue.
    """
    edition = _seen(viewer, edition_id)
    if edition.unit_id != viewer.unit_id and edition.state != EditionState.ISSUED.value:
        raise Refused("文稿还没有签发。核对期内只能看到本单位的数和平均数，签发后可以看到全文。")
    wording = Wording.objects.filter(edition_id=edition.id, version=edition.version).first()
    if wording is None:
        raise NotFound
    return document_of(Printed(
        kind=PaperKind(edition.kind), office=unit_names([edition.unit_id])[edition.unit_id], title=wording.title,
        recipients=wording.recipients, sections=sections_of(wording), figures=figures_of(edition.figures.all()),
        annexes=annexes_of(wording), cut_off=edition.cut_off, number=edition.number, signed_on=edition.signed_on,
        is_draft=edition.state != EditionState.ISSUED.value,
    ))


def wording_at(viewer: Viewer, edition_id: UUID, version: int) -> tuple[Section, ...]:
    """The sections of an earlier version, for the office that wrote it. Raises NotFound: there is none for this viewer."""
    edition = _seen(viewer, edition_id)
    wording = Wording.objects.filter(edition_id=edition.id, version=version).first()
    if wording is None or edition.unit_id != viewer.unit_id:
        raise NotFound
    return sections_of(wording)


def behind(viewer: Viewer, edition_id: UUID, key: str) -> tuple[Bound, list[CountedRow]]:
    """A figure with the problems that were counted, as far as the viewer may see them.

    Raises NotFound: there is no such figure for this viewer, or the problems stand in another list.
    """
    edition = _seen(viewer, edition_id)
    row = figures_seen(viewer, edition).filter(key=key).first()
    if row is None or row.behind.get("list") not in ("due", "asked"):
        raise NotFound
    [bound] = figures_of([row])
    return bound, rows_counted(viewer, bound.behind, edition.since, edition.cut_off)


def _seen(viewer: Viewer, edition_id: UUID) -> Edition:
    edition = editions_seen(viewer).filter(id=edition_id).first()
    if edition is None:
        raise NotFound
    return edition


def _in_order(checks: Sequence[FigureCheck], names: Mapping[UUID, str]) -> list[FigureCheck]:
    """Objections first, then who has not answered."""
    first = (CheckState.OBJECTED.value, CheckState.ASKED.value, CheckState.SILENT.value)
    return sorted(checks, key=lambda one: (first.index(one.state) if one.state in first else len(first), names[one.unit_id]))


def _check(one: FigureCheck, names: Mapping[UUID, str]) -> CheckView:
    return CheckView(
        one.id, one.unit_id, names[one.unit_id], CheckState(one.state), one.asked_at, one.due_at, one.words, one.answered_at,
        one.answer, one.settled_at, one.objected_late,
    )


def _why_not_object(edition: Edition, own: Sequence[Bound], check: FigureCheck | None) -> str | None:
    if not own or edition.state not in (EditionState.CHECKING.value, EditionState.ISSUED.value):
        return ""
    return why_not_answer(CheckState(check.state) if check else CheckState.ASKED, EditionState(edition.state))


def _corrected(viewer: Viewer, edition: Edition) -> tuple[UUID, str] | None:
    if edition.corrects_id is None:
        return None
    one = editions_seen(viewer).filter(id=edition.corrects_id).first()
    return (one.id, f"{one.title}（{one.number}）") if one else None


def _corrections(viewer: Viewer, edition: Edition) -> tuple[tuple[UUID, str], ...]:
    if edition.state != EditionState.ISSUED.value:
        return ()
    slips = editions_seen(viewer).filter(corrects_id=edition.id).exclude(state=EditionState.DROPPED.value)
    return tuple((one.id, one.number or EditionState(one.state).label) for one in slips.order_by("id"))


def _acts(
    viewer: Viewer, edition: Edition, checks: Sequence[FigureCheck], figures: Sequence[Bound], now: datetime
) -> tuple[EditionChoice, ...]:
    """The acts of this state that the viewer's post could do; those not possible now with the reason."""
    standing = EditionStanding(
        PaperKind(edition.kind), EditionState(edition.state), edition.unit_id,
        tuple(Asked(CheckState(one.state), one.due_at) for one in checks), any(one.unit_id for one in figures),
    )
    signing = viewer.may(Permission.SIGN) or viewer.may(Permission.DISPATCH)
    choices = []
    for move in TABLE:
        may = signing if move.act in (EditionAct.ISSUE, EditionAct.RETURN) else viewer.may(Permission.DISPATCH)
        if may and standing.state in move.since:
            reason = why_not(move.act, standing, viewer.unit_id, now)
            choices.append(EditionChoice(move.act, reason is None, reason or "", move.words))
    return tuple(choices)


def _timeline(
    facts: Sequence[ToldFact], names: Mapping[UUID, str], people: Mapping[UUID, str]
) -> tuple[EditionTold, ...]:
    posts = post_titles(one.post_id for one in facts)
    return tuple(
        EditionTold(
            one.at, EditionFact(one.kind), names.get(one.unit_id, "") if one.unit_id else "",
            " ".join(filter(None, (posts.get(one.post_id, "") if one.post_id else "",
                                   people.get(one.person_id, "") if one.person_id else ""))),
            one.words.get("words") or one.words.get("reason") or "",
        )
        for one in facts
    )
