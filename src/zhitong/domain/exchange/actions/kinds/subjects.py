"""The register from Excel: who is new, whose entry differs, who stands as he stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhitong.domain.cards.models import Obligation
from zhitong.domain.exchange.actions.kinds.places import Places, subjects_coded
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.rules.columns import ID, SUBJECTS, VERSION, Column
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.models import Problem
from zhitong.domain.subjects.actions.changing import Change, change
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.actions.withdrawing import withdraw
from zhitong.domain.subjects.models import Care, Membership, Subject
from zhitong.domain.subjects.queries.alike import Asked, alike_to
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.domain.subjects.rules.describing import SUB_KINDS, Field, as_kept, fields_of, is_only_masked, troubles_of
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.tiering.queries.standards import tier_rules
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7

REVENUE = "revenue_cny"
_KINDS = {kind.label: kind for kind in SubjectKind}
_CODED: Mapping[str, Mapping[str, str]] = {
    "sub_kind": {word.label: str(word.value) for words in SUB_KINDS.values() for word in words},
    "stage": {stage.label: stage.value for stage in ProjectStage},
    "importance": {rank.label: rank.value for rank in Rank},
}
_FIELDS = tuple(field for field in Field if field is not Field.CODE and field.value in {column.code for column in SUBJECTS})
_LABELS = {column.code: column.label for column in SUBJECTS}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a row changes of one that stands: fields of the register, and its revenue; and what stood there before."""

    subject_id: UUID
    version: int
    values: Mapping[Field, Any]
    revenue_cny: int | None
    was: Mapping[str, Any]


class SubjectsHandler:
    """Rows of the register; an empty cell says nothing, it never erases what is kept."""

    columns: tuple[Column, ...] = SUBJECTS

    def __init__(self, around: Around) -> None:
        self._around = around
        self._places = Places(around.viewer)
        self._year = str(day_of(around.now).year - 1)
        self._seen: dict[tuple[str, str], int] = {}
        self._began = uuid7()

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """Three queries for a batch: who stands under the codes, here and elsewhere, and who looks like the new."""
        codes = [row.text("code") for row in rows]
        kept = subjects_coded(self._around.viewer, codes)
        taken = set(
            Subject.objects.filter(code__in=[written_right(code) for code in codes], ended_on__isnull=True)
            .values_list("code", "kind")
        )
        found = [self._judge(row, kept, taken) for row in rows]
        self._ask_alike([one for one in found if one.verdict is Verdict.NEW])
        return found

    def _judge(self, row: RowRead, kept: Mapping[tuple[str, str], Subject], taken: set[tuple[str, str]]) -> Judged:
        kind, region_id = _KINDS.get(row.text("kind")), self._places.regions.get(row.text("region"))
        if row.text("region") and region_id is None:
            row.faults["region"] = f"“{row.text('region')}”不是本辖区内的地区。"
        code = written_right(row.text("code"))
        if kind is None or region_id is None or not code:
            return Judged.of(row, Verdict.WRONG)
        earlier = self._seen.setdefault((code, kind.value), row.line)
        standing = kept.get((code, kind.value))
        if earlier != row.line:
            row.faults["code"] = f"与第{earlier}行的代码相同。"
        elif standing is None:
            return self._new(row, kind, code, region_id, is_taken=(code, kind.value) in taken)
        else:
            return self._standing(row, standing, region_id)
        return Judged.of(row, Verdict.WRONG)

    def _new(self, row: RowRead, kind: SubjectKind, code: str, region_id: UUID, *, is_taken: bool) -> Judged:
        if is_taken or row.text(ID):
            row.faults["code"] = "这个代码不在本辖区的登记里，或者已在别处登记。请核对，不要改动系统编号。"
        said = {**_said(row), "name": row.text("name"), "alike_reason": row.text("alike_reason")}
        if REVENUE in row.values:
            said[REVENUE] = row.values[REVENUE]
        entry = NewSubject(kind=kind, code=code, region_id=region_id, **said)
        self._blame(row, troubles_of(kind, entry.described))
        return Judged.of(row, Verdict.NEW, entry=entry)

    def _ask_alike(self, new: Sequence[Judged]) -> None:
        """Whoever looks like one that is registered is asked about, unless the row says why it is another.

        Rows of the same table are not compared with one another, whether an earlier batch is committed already or not.
        """
        asked = [one for one in new if not one.entry.alike_reason]
        found = alike_to([
            Asked(id=None, region_id=one.entry.region_id, name=one.entry.name, code=one.entry.code, phone=one.entry.contact_phone)
            for one in asked
        ], before=self._began)
        for place, those in found.items():
            first = those[0]
            asked[place].row.faults["name"] = (
                f"与已登记的“{first.name}”（{first.code}）{first.why.label}。是同一户的请改用它的代码，不是的请在“相似说明”里写明理由。"
            )
            asked[place].verdict = Verdict.WRONG

    def _standing(self, row: RowRead, standing: Subject, region_id: UUID) -> Judged:
        kind = SubjectKind(standing.kind)
        if row.text(ID) not in ("", str(standing.id)):
            row.faults["code"] = "代码与系统编号不是同一户，请核对后再传。"
        elif row.text(VERSION) not in ("", str(standing.version)):
            row.faults["name"] = "导出以后系统里已有改动，请重新导出后再改。"
        if region_id != standing.region_id:
            was = self._places.names.get(standing.region_id, "")
            row.faults["region"] = f"登记的属地是{was}。变更属地要写明理由，请在服务对象页面办理。"
        said = {Field(name): as_kept(kind, Field(name), value) for name, value in _said(row).items()}
        said = {field: value for field, value in said.items() if not is_only_masked(field, value, getattr(standing, field.value))}
        values = {field: value for field, value in said.items() if value != getattr(standing, field.value)}
        whole = {field: getattr(standing, field.value) for field in fields_of(kind)} | said
        self._blame(row, {field: why for field, why in troubles_of(kind, whole).items() if field in values})
        revenue = row.values.get(REVENUE)
        revenue_cny = revenue if isinstance(revenue, int) and revenue != standing.revenue_cny else None
        was_all = {field.value: getattr(standing, field.value) for field in values}
        if revenue_cny is not None:
            was_all[REVENUE] = standing.revenue_cny
        now_all = {field.value: value for field, value in values.items()} | ({REVENUE: revenue_cny} if revenue_cny is not None else {})
        note = "；".join(f"{_LABELS[name]}：{_told(name, was_all[name])}→{_told(name, value)}" for name, value in now_all.items())
        entry = Amendment(standing.id, standing.version, values, revenue_cny, was_all)
        return Judged.of(row, Verdict.CHANGED if now_all else Verdict.UNCHANGED, thing_id=standing.id, entry=entry, note=note)

    def _blame(self, row: RowRead, troubles: Mapping[Field, str]) -> None:
        for field, why in troubles.items():
            row.faults.setdefault(field.value, why)

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Register the new, change those that differ, note their revenues: one act each for the batch."""
        new = [one for one in judged if one.verdict is Verdict.NEW]
        changed = [one for one in judged if one.verdict is Verdict.CHANGED]
        rules = tier_rules(self._around.campaign, self._around.viewer.region_id) if new else []
        entries = [one.entry for one in new]
        ids = register(entries, rules=rules, actor=actor, now=self._around.now, likeness_asked=True) if new else []
        self._amend([one.entry for one in changed], actor)
        kept = [Kept(one.row.line, subject_id, None, 1) for one, subject_id in zip(new, ids, strict=True)]
        return [
            *kept,
            *(Kept(one.row.line, one.entry.subject_id, one.entry.was, one.entry.version + bool(one.entry.values)) for one in changed),
        ]

    def _amend(self, amendments: Sequence[Amendment], actor: Actor) -> None:
        """Change fields and note revenues of last year; who was alike was asked when the row was judged."""
        changes = [
            Change(subject_id=one.subject_id, values=one.values, version=one.version) for one in amendments if one.values
        ]
        figures = [
            NewFact(subject_id=one.subject_id, code=Known.REVENUE, period=self._year, value=Decimal(one.revenue_cny),
                    source=FactSource.SHEET)
            for one in amendments if one.revenue_cny is not None
        ]  # fmt: skip
        if changes:
            change(changes, actor=actor, now=self._around.now)
        if figures:
            note_facts(figures, actor=actor, now=self._around.now)

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Changed since, or without an earlier revenue to go back to; of the new also who has care, a list, a card or a problem."""
        versions = {one.thing_id: one.version for one in kept}
        rows = list(Subject.objects.filter(id__in=versions).values_list("id", "name", "version", "ended_on"))
        names = {row[0]: row[1] for row in rows}
        found = {row[0]: row[1] for row in rows if row[2] != versions[row[0]] or row[3] is not None}
        found |= {
            one.thing_id: f"{names[one.thing_id]}，原来没有营业收入，收不回"
            for one in kept if one.before is not None and one.before.get(REVENUE, 0) is None
        }
        new = [one.thing_id for one in kept if one.before is None]
        for used in (Care, Membership, Obligation, Problem):
            for subject_id in used.objects.filter(subject_id__in=new).values_list("subject_id", flat=True).distinct():
                found[subject_id] = names[subject_id]
        return found

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """The newly registered end as mistaken; the changed become what they were."""
        new = [one.thing_id for one in kept if one.before is None]
        if new:
            withdraw(new, actor=actor, now=self._around.now)
        self._amend([
            Amendment(
                one.thing_id, one.version or 0,
                {Field(name): _back(name, value) for name, value in one.before.items() if name != REVENUE}, one.before.get(REVENUE), {},
            )
            for one in kept if one.before is not None
        ], actor)  # fmt: skip


def _said(row: RowRead) -> dict[str, Any]:
    """The fields of the register that a row says, words by their code."""
    said: dict[str, Any] = {}
    for field in _FIELDS:
        if field.value in row.values and field.value not in row.faults:
            value = row.values[field.value]
            said[field.value] = _CODED[field.value].get(str(value), value) if field.value in _CODED else value
    return said


def _back(name: str, value: Any) -> Any:
    """A value as it was kept, from the text in which the row remembers it."""
    return date.fromisoformat(value) if name.endswith("_on") and value else value


def _told(name: str, value: Any) -> str:
    """A value as the table writes it."""
    if value in (None, ""):
        return "空"
    if name.endswith("_cny"):
        return f"{value / 10_000:g}"
    labels = {code: label for label, code in _CODED.get(name, {}).items()}
    return labels.get(value, str(value))
