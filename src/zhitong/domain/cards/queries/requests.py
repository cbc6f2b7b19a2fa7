"""Excuses and corrections as offices see them: what waits for their decision, and what was asked in a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zhitong.domain.cards.models import Correction
from zhitong.domain.cards.queries.files import PROOF_OF
from zhitong.domain.cards.queries.reviewing import ask_regions, turned
from zhitong.domain.cards.rules.rounds import ExcuseReason, RequestState
from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

_NAMES = (
    "id", "round_id", "round_name", "subject_id", "subject_name", "region_name", "reason", "proof", "state", "asked_in",
    "asked_at", "decider", "decided_at", "decision",
)
_CORRECTION = {
    "id": "id", "card_id": "card_id", "subject_name": "card__subject__name", "round_name": "card__round__name",
    "reason": "reason", "state": "state", "asked_at": "asked_at", "decider": "decider_id", "decision": "decision",
    "open_until": "open_until",
}
_EXCUSES = """
SELECT excuse.id, obligation.round_id, round.name, obligation.subject_id, subject.name, region.name, excuse.reason,
       excuse.proof, excuse.state, excuse.asked_in_id, excuse.asked_at, excuse.decider_id, excuse.decided_at,
       excuse.decision
FROM cards_excuse excuse
JOIN cards_obligation obligation ON obligation.id = excuse.obligation_id
JOIN cards_round round ON round.id = obligation.round_id
JOIN subjects_subject subject ON subject.id = obligation.subject_id
JOIN organisations_region region ON region.id = obligation.region_id
WHERE {where} AND (%(after)s::uuid IS NULL OR excuse.id < %(after)s) ORDER BY excuse.id DESC LIMIT %(limit)s
"""
_OF_REGION = _EXCUSES.format(where="""
    obligation.region_id = ANY(%(regions)s) AND (%(round)s::uuid IS NULL OR obligation.round_id = %(round)s)
    AND (%(states)s::text[] IS NULL OR excuse.state = ANY(%(states)s))
    AND (%(reasons)s::text[] IS NULL OR excuse.reason = ANY(%(reasons)s))
""")
_TO_DECIDE = _EXCUSES.format(where="excuse.state = 'asked' AND excuse.decider_id = %(unit)s").replace("id DESC", "id")
_ONE = _EXCUSES.format(where="excuse.id = %(one)s")
_OF_OBLIGATION = _EXCUSES.format(where="obligation.round_id = %(round)s AND obligation.subject_id = %(subject)s")


@dataclass(frozen=True, slots=True)
class ExcuseRow:
    """Why a subject did not report, with proof in words and files, and what was decided by whom."""

    id: UUID
    round_id: UUID
    round_name: str
    subject_id: UUID
    subject_name: str
    region_name: str
    reason: ExcuseReason
    proof: str
    state: RequestState
    asked_in: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    decision: str
    may_decide: bool
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction asked for after acceptance or lock."""

    id: UUID
    card_id: UUID
    subject_name: str
    round_name: str
    reason: str
    state: RequestState
    asked_at: datetime
    decider: str
    decision: str
    open_until: date | None
    may_decide: bool


def excuses_of_region(
    viewer: Viewer, region_id: UUID, *, round_id: UUID | None = None, states: Sequence[RequestState] = (),
    reasons: Sequence[ExcuseReason] = (), after: UUID | None = None, backwards: bool = False, limit: int = 50,
) -> list[ExcuseRow]:
    """What was said in a region and everything below it of why subjects do not report, newest first; three queries.

    `backwards` reads the same order from its other end.
    Raises NotFound: the region is not wholly within what the viewer sees.
    """
    here = ask_regions(viewer, [region_id])
    return _excuses(viewer, turned(_OF_REGION) if backwards else _OF_REGION, {
        "regions": list(here.within(region_id)), "round": round_id, "after": after, "limit": limit,
        "states": [str(one) for one in states] or None, "reasons": [str(one) for one in reasons] or None,
    })


def excuses_to_decide(viewer: Viewer, *, limit: int = 50) -> list[ExcuseRow]:
    """What waits for the viewer's own office, the longest waiting first; two queries, one more where there is any."""
    return _excuses(viewer, _TO_DECIDE, {"unit": viewer.unit_id, "after": None, "limit": limit})


def excuses_of(viewer: Viewer, round_id: UUID, subject_id: UUID) -> list[ExcuseRow]:
    """What was said of one subject in a round, as far as the viewer sees that it owes; newest first."""
    if first_wall_stands() and viewer.reach is not Reach.SUBTREE and not _cares(viewer, subject_id):
        return []
    return _excuses(viewer, _OF_OBLIGATION, {"round": round_id, "subject": subject_id, "after": None, "limit": 20})


def excuse(viewer: Viewer, excuse_id: UUID) -> ExcuseRow:
    """One excuse.

    Raises NotFound: there is none for this viewer.
    """
    found = _excuses(viewer, _ONE, {"one": excuse_id, "after": None, "limit": 1})
    if not found or (first_wall_stands() and viewer.reach is not Reach.SUBTREE and not _cares(viewer, found[0].subject_id)):
        raise NotFound
    return found[0]


def corrections_to_decide(viewer: Viewer, *, limit: int = 50) -> list[CorrectionRow]:
    """Corrections that wait for the viewer's own office, the longest waiting first; two queries."""
    rows = Correction.objects.filter(state=RequestState.ASKED.value).order_by("asked_at", "id")
    if first_wall_stands():
        rows = rows.filter(decider_id=viewer.unit_id)
    return _corrections(viewer, rows[:limit])


def corrections_of(viewer: Viewer, card_id: UUID) -> list[CorrectionRow]:
    """The corrections of a card that the viewer has opened, newest first; two queries."""
    return _corrections(viewer, Correction.objects.filter(card_id=card_id).order_by("-asked_at", "-id")[:20])


def _cares(viewer: Viewer, subject_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM subjects_care WHERE subject_id = %s AND unit_id = %s AND until IS NULL)",
            [subject_id, viewer.unit_id],
        )
        return bool(cursor.fetchone()[0])


def _excuses(viewer: Viewer, statement: str, parameters: dict[str, Any]) -> list[ExcuseRow]:
    here = directory()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    files = files_of(PROOF_OF, [row[0] for row in rows]) if rows else {}
    return [_excuse(viewer, here, dict(zip(_NAMES, row, strict=True)), tuple(files[row[0]])) for row in rows]


def _excuse(viewer: Viewer, here: Directory, known: dict[str, Any], files: tuple[FileView, ...]) -> ExcuseRow:
    may_decide = known["state"] == RequestState.ASKED.value and known["decider"] == viewer.unit_id
    return ExcuseRow(**{
        **known, "reason": ExcuseReason(known["reason"]), "state": RequestState(known["state"]),
        "asked_in": here.name_of(known["asked_in"]) if known["asked_in"] else "", "decider": here.name_of(known["decider"]),
        "may_decide": may_decide, "files": files,
    })


def _corrections(viewer: Viewer, rows: QuerySet[Correction]) -> list[CorrectionRow]:
    here = directory()
    return [_correction(viewer, here, row) for row in rows.values(*_CORRECTION.values())]


def _correction(viewer: Viewer, here: Directory, row: dict[str, Any]) -> CorrectionRow:
    known = {name: row[column] for name, column in _CORRECTION.items()}
    may_decide = known["state"] == RequestState.ASKED.value and known["decider"] == viewer.unit_id
    return CorrectionRow(**{
        **known, "state": RequestState(known["state"]), "decider": here.name_of(known["decider"]), "may_decide": may_decide,
    })
