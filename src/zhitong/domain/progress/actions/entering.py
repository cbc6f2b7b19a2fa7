"""Entering figures and words into reports that are owed; what is kept so is a draft until it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import present, require
from zhitong.domain.progress.actions.writing import Locked, NotNow, found_locked
from zhitong.domain.progress.models import Figure, Report
from zhitong.domain.progress.queries.attached import FILES_OF
from zhitong.domain.progress.rules import FigureOrigin, ReportFact, ReportState
from zhitong.domain.progress.rules.checks import LARGEST
from zhitong.domain.progress.rules.told import Told as Told
from zhitong.domain.progress.rules.way import is_locked, why_not_written
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.rows import update_rows
from zhitong.kit.texts import clean_text, text_trouble

LONGEST_WORDS, LONGEST_NOTE = 2000, 200
WORDS = ("progress_words", "trouble_words", "next_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A draft of one report: the figures that are said now, and the words that are given (None: as they are)."""

    report_id: UUID
    actor: Actor
    version: int | None = None
    figures: Sequence[Told] = ()
    progress_words: str | None = None
    trouble_words: str | None = None
    next_words: str | None = None
    origin: FigureOrigin = FigureOrigin.ENTERED


@dataclass(slots=True)
class _Writing:
    """What a batch of entries changes."""

    figures: list[Figure] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_reports(entries: Sequence[Entry], *, now: datetime) -> int:
    """Keep drafts of the actor's own reports, all of them or none; returns how many reports or figures changed.

    Raises NotFound, Changed, NotNow, Locked. Raises BadInput: a text is too long or marked as classified, an indicator
    is not asked of the report; `fields` says which, as `<report>.<indicator>` or `<report>.<words>`. Source: R-E3.
    """
    if not entries:
        return 0
    found = own(entries, now)
    kept = _figures(found.values())
    writing = _Writing()
    for entry in entries:
        _write_words(entry, found[entry.report_id], writing)
        for told in entry.figures:
            _write_figure(entry, told, kept.get((entry.report_id, told.indicator_id)), writing)
    if writing.troubles:
        raise BadInput(next(iter(writing.troubles.values())), writing.troubles)
    update_rows(writing.figures, ["value", "stage", "note", "quality", "origin", "source_figure", "as_of"])
    touched = {one.id for one in writing.reports} | {one.report_id for one in writing.figures}
    for row in (found[report_id] for report_id in touched):
        row.version += 1
    update_rows([found[one] for one in touched], [*WORDS, "version"])
    imported = [one for one in entries if one.origin is FigureOrigin.IMPORTED and one.report_id in touched]
    record_many([Fact(str(ReportFact.IMPORTED), "report", one.report_id, one.actor, now) for one in imported])
    return len(touched)


@transaction.atomic
def add_evidence(report_id: UUID, file_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """Put photos and papers (验收单) beside an own report that can still be written in. Source: R-E5.

    Raises NotFound, NotNow, Locked, and what `files.actions.attach` refuses.
    """
    own([Entry(report_id=report_id, actor=actor)], now)
    attach(file_ids, FILES_OF, report_id, actor=actor, now=now)


def own(entries: Sequence[Entry], now: datetime) -> dict[UUID, Report]:
    """The actor's own reports, locked, when they can be written in.

    Raises NotFound, Changed, NotNow, Locked.
    """
    viewer = present()
    if viewer is not None:
        require(viewer, Permission.HANDLE)
    found = found_locked(entries)
    for entry in entries:
        row = found[entry.report_id]
        if row.unit_id != entry.actor.unit_id:
            raise NotFound
        reason = why_not_written(ReportState(row.state), row.lock_at, now)
        if reason:
            refused = Locked if is_locked(row.lock_at, now) else NotNow
            raise refused(f"“{row.task.title}”：{reason}")
    return found


def _figures(reports: Iterable[Report]) -> dict[tuple[UUID, UUID], Figure]:
    rows = Figure.objects.select_for_update().filter(report__in=list(reports)).order_by("id")
    return {(row.report_id, row.indicator_id): row for row in rows}


def _write_words(entry: Entry, row: Report, writing: _Writing) -> None:
    changed = False
    for name in WORDS:
        said = getattr(entry, name)
        if said is None:
            continue
        said = clean_text(said)
        trouble = text_trouble(said, LONGEST_WORDS)
        if trouble:
            writing.troubles[f"{row.id}.{name}"] = trouble
        changed = changed or getattr(row, name) != said
        setattr(row, name, said)
    if changed:
        writing.reports.append(row)


def _write_figure(entry: Entry, told: Told, row: Figure | None, writing: _Writing) -> None:
    place = f"{entry.report_id}.{told.indicator_id}"
    if row is None:
        writing.troubles[place] = "这份报告不报这个指标，请核对。"
        return
    note = clean_text(told.note)
    trouble = text_trouble(note, LONGEST_NOTE) or _trouble_of(told.value)
    if trouble:
        writing.troubles[place] = trouble
        return
    stage = str(told.stage) if told.stage else ""
    same = row.value == told.value and row.stage == stage
    if same and row.note == note and row.quality == str(told.quality):
        return
    row.note, row.quality = note, str(told.quality)
    if not same:
        row.value, row.stage, row.origin = told.value, stage, str(entry.origin)
        row.source_figure_id, row.as_of = None, None
    writing.figures.append(row)


def _trouble_of(value: Decimal | None) -> str:
    if value is None:
        return ""
    if not value.is_finite() or abs(value) >= LARGEST:
        return "这个数太大，请核对单位。"
    exponent = value.as_tuple().exponent
    return "最多保留6位小数。" if isinstance(exponent, int) and exponent < -6 else ""
