"""The register from Excel: who is new, whose figures differ, who stands as he stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zhitong.domain.cards.models import Obligation
from zhitong.domain.exchange.actions.kinds.places import Places, subjects_coded
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.rules.columns import ID, SUBJECTS, VERSION, Column
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.models import Problem
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.actions.revising import Revision, revise, withdraw
from zhitong.domain.subjects.models import Care, Membership, Subject
from zhitong.domain.subjects.rules.codes import doubt_about, written_right
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, ProjectStage, ServiceSubKind, SubjectKind

_KINDS = {kind.label: kind for kind in SubjectKind}
_SUB_KINDS = {kind.label: kind.value for kind in ServiceSubKind}
_STAGES = {stage.label: stage.value for stage in ProjectStage}
_COMPARED = ("name", "region_id", "sub_kind", "stage", "industry", "revenue_cny", "investment_cny")
_LABELS = {column.code: column.label for column in SUBJECTS} | {"region_id": "属地"}


class SubjectsHandler:
    """Rows of the register; an empty cell says nothing, it never erases what is kept."""

    columns: tuple[Column, ...] = SUBJECTS

    def __init__(self, around: Around) -> None:
        self._around = around
        self._places = Places(around.viewer)
        self._seen: dict[tuple[str, str], int] = {}

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """One query for a batch; the id that a round trip carries must be that of the code."""
        kept = subjects_coded(self._around.viewer, [row.text("code") for row in rows])
        taken = set(
            Subject.objects.filter(code__in=[written_right(row.text("code")) for row in rows], ended_on__isnull=True)
            .values_list("code", "kind")
        )
        return [self._judge(row, kept, taken) for row in rows]

    def _judge(self, row: RowRead, kept: dict[tuple[str, str], Subject], taken: set[tuple[str, str]]) -> Judged:
        kind = _KINDS.get(row.text("kind"))
        region_id = self._places.regions.get(row.text("region"))
        if row.text("region") and region_id is None:
            row.faults["region"] = f"“{row.text('region')}”不是本辖区内的地区。"
        code = written_right(row.text("code"))
        doubt = doubt_about(code) if kind in ENTERPRISES and code and not row.text("code_reason") else ""
        if doubt and (code, kind.value if kind else "") not in kept:
            row.faults["code"] = doubt
        if kind is None or region_id is None or row.faults:
            return Judged.of(row, Verdict.WRONG)
        earlier = self._seen.setdefault((code, kind.value), row.line)
        if earlier != row.line:
            row.faults["code"] = f"与第{earlier}行的代码相同。"
            return Judged.of(row, Verdict.WRONG)
        standing = kept.get((code, kind.value))
        if standing is None:
            return self._new(row, kind, code, region_id, is_taken=(code, kind.value) in taken)
        return self._standing(row, standing, region_id)

    def _new(self, row: RowRead, kind: SubjectKind, code: str, region_id: UUID, *, is_taken: bool) -> Judged:
        if is_taken or row.text(ID):
            row.faults["code"] = "这个代码不在本辖区的登记里，或者已在别处登记。请核对，不要改动系统编号。"
            return Judged.of(row, Verdict.WRONG)
        said = self._said(row, region_id)
        entry = NewSubject(kind=kind, code=code, code_reason=row.text("code_reason"), **said)
        return Judged.of(row, Verdict.NEW, entry=entry)

    def _standing(self, row: RowRead, standing: Subject, region_id: UUID) -> Judged:
        if row.text(ID) not in ("", str(standing.id)):
            row.faults["code"] = "代码与系统编号不是同一户，请核对后再传。"
        elif row.text(VERSION) not in ("", str(standing.version)):
            row.faults["name"] = "导出以后系统里已有改动，请重新导出后再改。"
        changes = {name: value for name, value in self._said(row, region_id).items() if value != getattr(standing, name)}
        entry = Revision(subject_id=standing.id, version=standing.version, changes=changes)
        note = "；".join(self._change_told(name, standing, value) for name, value in changes.items())
        was = {name: getattr(standing, name) for name in changes}
        return Judged.of(
            row, Verdict.CHANGED if changes else Verdict.UNCHANGED, thing_id=standing.id, entry=(entry, was), note=note
        )

    def _said(self, row: RowRead, region_id: UUID) -> dict[str, Any]:
        """The columns that say something, as the register keeps them."""
        said: dict[str, Any] = {"region_id": region_id, **{
            name: row.values[name] for name in ("name", "industry", "revenue_cny", "investment_cny") if name in row.values
        }}
        if row.text("sub_kind"):
            said["sub_kind"] = _SUB_KINDS[row.text("sub_kind")]
        if row.text("stage"):
            said["stage"] = _STAGES[row.text("stage")]
        return said

    def _change_told(self, name: str, standing: Subject, value: Any) -> str:
        was = getattr(standing, name)
        if name == "region_id":
            was, value = self._places.names.get(was, ""), self._places.names.get(value, "")
        elif name.endswith("_cny"):
            was, value = (f"{one / 10_000:g}" if one is not None else "空" for one in (was, value))
        return f"{_LABELS[name]}：{was or '空'}→{value}"

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Register the new, revise the changed; each is one act for the batch."""
        new = [one for one in judged if one.verdict is Verdict.NEW]
        changed = [one for one in judged if one.verdict is Verdict.CHANGED]
        ids = register([one.entry for one in new], rules=(), actor=actor, now=self._around.now) if new else []
        if changed:
            revise([one.entry[0] for one in changed], actor=actor, now=self._around.now)
        kept = [Kept(one.row.line, subject_id, None, 1) for one, subject_id in zip(new, ids, strict=True)]
        for one in changed:
            revision, was = one.entry
            before = {name: str(value) if isinstance(value, UUID) else value for name, value in was.items()}
            kept.append(Kept(one.row.line, revision.subject_id, before, revision.version + 1))
        return kept

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Changed since; of the newly registered also who has care, a list, a card to fill in, or a problem."""
        versions = {one.thing_id: one.version for one in kept}
        rows = Subject.objects.filter(id__in=versions).values_list("id", "name", "version", "ended_on")
        found = {row[0]: row[1] for row in rows if row[2] != versions[row[0]] or row[3] is not None}
        names = {row[0]: row[1] for row in rows}
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
        revisions = [
            Revision(subject_id=one.thing_id, version=one.version or 0, changes=one.before)
            for one in kept if one.before is not None
        ]
        if revisions:
            revise(revisions, actor=actor, now=self._around.now)
