"""Who looks after whom, from Excel (分包帮扶花名册)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhitong.domain.exchange.actions.kinds.places import Places
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.rules.columns import CARE, Column
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.caring import NewCare, assign_care
from zhitong.domain.subjects.actions.withdrawing import end_care
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.domain.subjects.rules.lenses import Lens

UNDOING = "撤销导入"
_WHO = ("lead_official", "person_in_charge", "person_phone", "liaison", "liaison_phone")
_RANKS = {rank.label: rank for rank in Rank}


class CareHandler:
    """Rows of a roster; the level is that named, else the tier of the served, else the level of the office."""

    columns: tuple[Column, ...] = CARE

    def __init__(self, around: Around) -> None:
        self._around = around
        self._places = Places(around.viewer)
        self._rank = directory().regions[around.viewer.region_id].rank
        self._seen: dict[tuple[UUID, Rank], int] = {}

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """Two queries for a batch: the served by code, and who looks after them."""
        codes = {written_right(row.text("code")) for row in rows}
        found: dict[str, list[Subject]] = {}
        for subject in through(self._around.viewer, Lens.TERRITORY, None).filter(code__in=codes):
            found.setdefault(subject.code, []).append(subject)
        ids = [one.id for same in found.values() for one in same]
        standing = {(care.subject_id, Rank(care.tier)): care for care in Care.objects.filter(subject_id__in=ids, until__isnull=True)}
        return [self._judge(row, found, standing) for row in rows]

    def _judge(self, row: RowRead, found: dict[str, list[Subject]], standing: dict[tuple[UUID, Rank], Care]) -> Judged:
        same = found.get(written_right(row.text("code")), [])
        named = [one for one in same if not row.text("name") or one.name == row.text("name")] or same
        unit_id = self._places.units.get(row.text("unit"))
        if row.text("code") and len(named) != 1:
            row.faults["code"] = "本辖区有几户同一代码，请写明企业名称。" if named else "本辖区没有登记这个代码，请先登记服务对象。"
        if row.text("unit") and unit_id is None:
            row.faults["unit"] = f"没有名为“{row.text('unit')}”的单位，请写全称。"
        if row.faults or unit_id is None:
            return Judged.of(row, Verdict.WRONG)
        subject = named[0]
        tier = _RANKS.get(row.text("tier")) or (Rank(subject.tier) if subject.tier else self._rank)
        earlier = self._seen.setdefault((subject.id, tier), row.line)
        if earlier != row.line:
            row.faults["code"] = f"与第{earlier}行是同一户、同一层级。"
            return Judged.of(row, Verdict.WRONG)
        who: dict[str, Any] = {name: row.text(name) for name in _WHO}
        entry = NewCare(subject_id=subject.id, tier=tier, unit_id=unit_id, reason=row.text("reason"), **who)
        return self._held_against(row, entry, standing.get((subject.id, tier)))

    def _held_against(self, row: RowRead, entry: NewCare, care: Care | None) -> Judged:
        """What the row changes; who and what number an empty cell leaves unsaid stays as it is kept."""
        if care is None:
            return Judged.of(row, Verdict.NEW, entry=(entry, None))
        kept = {name: getattr(care, name) for name in _WHO}
        said: dict[str, Any] = {name: row.text(name) or kept[name] for name in _WHO}
        entry = replace(entry, task_force_id=care.task_force_id, **said)
        same = care.unit_id == entry.unit_id and said == kept
        was = {**kept, "unit_id": str(care.unit_id), "tier": care.tier, "subject_id": str(care.subject_id),
               "task_force_id": str(care.task_force_id or "")}  # fmt: skip
        unit = self._places.unit_names.get(care.unit_id, "")
        note = "" if same else f"原为{unit}、{'、'.join(who for who in kept.values() if who)}"
        return Judged.of(
            row, Verdict.UNCHANGED if same else Verdict.CHANGED, thing_id=care.id, entry=(entry, was), note=note
        )

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Assign them all; who looked after one before ends today."""
        doing = [one for one in judged if one.verdict in (Verdict.NEW, Verdict.CHANGED)]
        if not doing:
            return []
        ids = assign_care([one.entry[0] for one in doing], actor=actor, now=self._around.now)
        return [Kept(one.row.line, care_id, one.entry[1]) for one, care_id in zip(doing, ids, strict=True)]

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Those whose care has passed to somebody else since."""
        ended = Care.objects.filter(id__in=[one.thing_id for one in kept], until__isnull=False)
        return dict(ended.values_list("id", "subject__name"))

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """What was before is again; where nobody was, nobody is."""
        gone = [one.thing_id for one in kept if one.before is None]
        if gone:
            end_care(gone, actor=actor, now=self._around.now)
        back = [_as_it_was(one.before) for one in kept if one.before is not None]
        if back:
            assign_care(back, actor=actor, now=self._around.now)


def _as_it_was(before: Mapping[str, Any]) -> NewCare:
    """The care that a row took the place of."""
    return NewCare(
        subject_id=UUID(before["subject_id"]), tier=Rank(before["tier"]), unit_id=UUID(before["unit_id"]), reason=UNDOING,
        task_force_id=UUID(before["task_force_id"]) if before["task_force_id"] else None, **{name: before[name] for name in _WHO},
    )
