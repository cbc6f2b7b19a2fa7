"""Considering enterprises anew when their figures or qualifications change: how each is, and which rung it is ready for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.subjects.models import Subject
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell, postings
from zhitong.domain.tiering.models import DiagnosisSpell, Footing
from zhitong.domain.tiering.queries.known import Enterprise, enterprises
from zhitong.domain.tiering.queries.standards import Book, book_of
from zhitong.domain.tiering.rules.cuts import cell_of, rung_cell
from zhitong.domain.tiering.rules.diagnosing import Diagnosed, diagnose, of_one_length
from zhitong.domain.tiering.rules.kinds import TieringFact
from zhitong.domain.tiering.rules.ladders import Ladder, propose

CellMove = tuple[Sequence[Cell], Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Considered:
    """How many enterprises have another diagnosis now, and how many stand elsewhere than a ladder's rule sees them."""

    diagnosed: int = 0
    ready: int = 0


@transaction.atomic
def consider(subject_ids: Collection[UUID], *, campaign: str, actor: Actor, now: datetime) -> Considered:
    """Diagnose enterprises from their dated figures and see where each stands to the ladders; others are left out.

    A diagnosis that has been made stands until figures say otherwise; who is no longer served loses it. The number of
    statements does not grow with the number of enterprises; doing it again changes nothing. Locks the rows.
    """
    locked = list(
        Subject.objects.select_for_update().filter(id__in=subject_ids).order_by("id").values_list("id", flat=True)
    )
    found, book = enterprises(locked), book_of(campaign)
    return Considered(_diagnose(found, book, actor, now), sum(_foot(found, one, campaign) for one in book.ladders))


def _diagnose(found: Sequence[Enterprise], book: Book, actor: Actor, now: datetime) -> int:
    standing = {
        row.subject_id: row for row in DiagnosisSpell.objects.filter(subject_id__in=[one.id for one in found], until=None)
    }
    said = {one.id: diagnose(of_one_length(one.figures), book.diagnosis) for one in found if one.is_served}
    ended = [row for one in found if (row := standing.get(one.id)) and _is_over(one, row, said)]
    begun = [
        _spell(one, said[one.id], standing.get(one.id), now) for one in found
        if one.id in said and said[one.id].diagnosis and _is_new(said[one.id], standing.get(one.id))
    ]
    changed = {row.subject_id for row in (*ended, *begun)}
    kept = [row for one in found if (row := standing.get(one.id)) and one.id not in changed]
    moves = [*(([_cell(row)], []) for row in ended), *(([], [_cell(row)]) for row in begun), *_renewed(found, kept, said)]
    DiagnosisSpell.objects.filter(id__in=[row.id for row in ended]).update(until=now)
    DiagnosisSpell.objects.bulk_create(begun, batch_size=2000)
    DiagnosisSpell.objects.bulk_update(kept, ["region", "words", "period"], batch_size=1000)
    post(postings(moves))
    _write_on_register(found, [*begun, *kept])
    record_many([
        Fact(
            TieringFact.DIAGNOSED.value, "subject", row.subject_id, actor, now,
            {"from": row.before, "to": row.diagnosis, "period": row.period}, {"words": row.words},
        )
        for row in begun
    ])
    return len(begun)


def _is_over(one: Enterprise, row: DiagnosisSpell, said: Mapping[UUID, Diagnosed]) -> bool:
    return one.id not in said or (said[one.id].diagnosis is not None and str(said[one.id].diagnosis) != row.diagnosis)


def _is_new(said: Diagnosed, row: DiagnosisSpell | None) -> bool:
    return row is None or row.diagnosis != str(said.diagnosis)


def _spell(one: Enterprise, said: Diagnosed, before: DiagnosisSpell | None, now: datetime) -> DiagnosisSpell:
    return DiagnosisSpell(
        subject_id=one.id, region_id=one.region_id, kind=one.kind.value, before=before.diagnosis if before else "",
        diagnosis=str(said.diagnosis), words=said.words, period=said.period, since=now,
    )


def _renewed(
    found: Sequence[Enterprise], kept: Sequence[DiagnosisSpell], said: Mapping[UUID, Diagnosed]
) -> list[CellMove]:
    """Give standing diagnoses their newest words and the region where the enterprise is now."""
    regions = {one.id: one.region_id for one in found}
    moves: list[CellMove] = []
    for row in kept:
        left = _cell(row)
        row.region_id = regions[row.subject_id]
        if said[row.subject_id].diagnosis:
            row.words, row.period = said[row.subject_id].words, said[row.subject_id].period
        moves.append(([left], [_cell(row)]))
    return moves


def _cell(row: DiagnosisSpell) -> Cell:
    return cell_of(row.region_id, row.kind, row.diagnosis)


def _write_on_register(found: Sequence[Enterprise], standing: Sequence[DiagnosisSpell]) -> None:
    spells = {row.subject_id: row for row in standing}
    rows = list(Subject.objects.filter(id__in=[one.id for one in found]).only("id", "diagnosis", "diagnosis_words"))
    changed = []
    for row in rows:
        spell = spells.get(row.id)
        wanted = (spell.diagnosis, spell.words) if spell else ("", "")
        if (row.diagnosis, row.diagnosis_words) != wanted:
            row.diagnosis, row.diagnosis_words = wanted
            changed.append(row)
    Subject.objects.bulk_update(changed, ["diagnosis", "diagnosis_words"], batch_size=1000)


def _foot(found: Sequence[Enterprise], ladder: Ladder, campaign: str) -> int:
    """Write what the rule of one ladder sees beside where each stands; returns how many are ready to move."""
    here = [one for one in found if one.kind in ladder.kinds and one.is_served]
    rows = Footing.objects.filter(campaign=campaign, ladder=ladder.code, subject_id__in=[one.id for one in found])
    standing = {row.subject_id: row for row in rows}
    left = [_rung_cell(row) for row in standing.values()]
    footings = [row for one in here if (row := _footing(one, ladder, campaign, standing.get(one.id)))]
    kept = {row.subject_id for row in footings}
    Footing.objects.filter(id__in=[row.id for row in standing.values() if row.subject_id not in kept]).delete()
    Footing.objects.bulk_create([row for row in footings if row.subject_id not in standing], batch_size=2000)
    Footing.objects.bulk_update(
        [row for row in footings if row.subject_id in standing], ["region", "proposed", "words", "lacking", "is_ready"],
        batch_size=1000,
    )
    post(postings([(left, [_rung_cell(row) for row in footings])]))
    return sum(row.is_ready for row in footings)


def _footing(one: Enterprise, ladder: Ladder, campaign: str, row: Footing | None) -> Footing | None:
    """Where a firm stands and is seen; None for who neither stands on a rung nor is ready for one."""
    said = propose(one.climber(), ladder)
    rung = row.rung if row else ""
    if not rung and not said.rung:
        return None
    footing = row or Footing(subject_id=one.id, campaign=campaign, ladder=ladder.code)
    footing.region_id, footing.proposed, footing.is_ready = one.region_id, said.rung, said.rung != rung
    footing.words, footing.lacking = said.words, said.lacking
    return footing


def _rung_cell(row: Footing) -> Cell:
    return rung_cell(row.region_id, row.campaign, row.ladder, row.rung, is_ready=row.is_ready)
