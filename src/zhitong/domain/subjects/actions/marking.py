"""Qualifications and the elements of a project: what stands after the act is what was said, the rest has ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.actions.changing import locked
from zhitong.domain.subjects.models import ElementRow, Mark
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import Element, ElementState, SubjectKind
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMark:
    """A qualification that one of the served bears: its code, since when, and the paper it rests on."""

    code: str
    since: date
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewElement:
    """A thing a project needs (要件): `unit_id` is who gives it, `done_on` when it was given."""

    element: Element
    name: str
    state: ElementState
    done_on: date | None = None
    unit_id: UUID | None = None
    note: str = ""


class NotMarked(BadInput):
    """Some qualifications cannot be taken; `fields` says for each code what is wrong. Nothing is stored."""


class ElementsNotSet(BadInput):
    """Some elements cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored."""


@transaction.atomic
def set_marks(
    marks: Mapping[UUID, Sequence[NewMark]], *, actor: Actor, now: datetime
) -> None:
    """Let subjects bear these qualifications and no others; one that stands already stays since when it was.

    The number of statements does not grow with the number of subjects.
    Raises NotFound: a subject is not there. Raises NotMarked: one has no code, comes twice, or begins in the future.
    """
    locked(list(marks))
    faults = {one.code: said for wanted in marks.values() for one in wanted if (said := _fault_of_mark(one, wanted, day_of(now)))}
    if faults:
        raise NotMarked("有的资质不能保存，请按提示改正。", faults)
    standing = list(Mark.objects.filter(subject_id__in=marks, until__isnull=True))
    borne = {(row.subject_id, row.code) for row in standing}
    wanted_codes = {(subject_id, one.code) for subject_id, wanted in marks.items() for one in wanted}
    gone = [row for row in standing if (row.subject_id, row.code) not in wanted_codes]
    new = [
        Mark(subject_id=subject_id, code=one.code, since=one.since, evidence=one.evidence.strip())
        for subject_id, wanted in marks.items() for one in wanted if (subject_id, one.code) not in borne
    ]
    Mark.objects.filter(id__in=[row.id for row in gone]).update(until=day_of(now))
    Mark.objects.bulk_create(new, batch_size=2000)
    _record_marks(new, gone, actor, now)


@transaction.atomic
def set_elements(
    elements: Mapping[UUID, Sequence[NewElement]], *, actor: Actor, now: datetime
) -> int:
    """Let these be the elements of projects, in no order; returns how many are new, changed or gone.

    The number of statements does not grow with the number of projects.
    Raises NotFound: a project is not there. Raises ElementsNotSet: it is no project, a name is missing or comes twice,
    what is done has no day, or the unit is not there; elements are numbered through in the order given.
    """
    rows = locked(list(elements))
    faults: dict[str, str] = {}
    first = 0
    for subject_id, wanted in elements.items():
        faults |= _faults_of_elements(SubjectKind(rows[subject_id].kind), wanted, day_of(now), first)
        first += len(wanted)
    if faults:
        raise ElementsNotSet(f"有{len(faults)}个要件不能保存，请按提示改正，其余的也没有保存。", faults)
    standing: dict[UUID, dict[str, ElementRow]] = {subject_id: {} for subject_id in elements}
    for row in ElementRow.objects.filter(subject_id__in=elements):
        standing[row.subject_id][row.name] = row
    moves = {one: _moved(standing[one], wanted) for one, wanted in elements.items()}
    old = [standing[one][name].id for one, (moved, gone) in moves.items() for name in (*moved, *gone) if name in standing[one]]
    ElementRow.objects.filter(id__in=old).delete()
    ElementRow.objects.bulk_create([
        ElementRow(subject_id=one, name=name, **values) for one, (moved, _gone) in moves.items() for name, values in moved.items()
    ], batch_size=2000)
    record_many([_told(one, moved, gone, actor, now) for one, (moved, gone) in moves.items() if moved or gone])
    return sum(len(moved) + len(gone) for moved, gone in moves.values())


def _moved(
    standing: Mapping[str, ElementRow], wanted: Sequence[NewElement]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The elements that become others, by name, and the names that go."""
    said = {one.name.strip(): _values(one) for one in wanted}
    return (
        {name: values for name, values in said.items() if _said(standing.get(name)) != values},
        [name for name in standing if name not in said],
    )


def _told(subject_id: UUID, moved: Mapping[str, Mapping[str, Any]], gone: Sequence[str], actor: Actor, now: datetime) -> Fact:
    told = [{"element": one["element"], "state": one["state"], "done_on": one["done_on"]} for one in moved.values()]
    names = "、".join([*moved, *(f"去掉{one}" for one in gone)])
    return Fact(
        SubjectFact.ELEMENTS.value, "subject", subject_id, actor, now, {"elements": told, "gone": len(gone)}, {"names": names}
    )


def _fault_of_mark(one: NewMark, wanted: Sequence[NewMark], today: date) -> str:
    if not one.code.strip() or len(one.code) > 40:
        return "资质的代码要填，最多40个字。"
    if Counter(other.code for other in wanted)[one.code] > 1:
        return "这项资质写了两次，请留一条。"
    if len(one.evidence.strip()) > 200:
        return "依据最多200个字，请缩短。"
    return "取得日期不能晚于今天。" if one.since > today else ""


def _record_marks(new: Sequence[Mark], gone: Sequence[Mark], actor: Actor, now: datetime) -> None:
    told: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: {"new": [], "gone": []})
    for said, rows in (("new", new), ("gone", gone)):
        for row in rows:
            told[row.subject_id][said].append(row.code)
    record_many([
        Fact(SubjectFact.MARKED.value, "subject", subject_id, actor, now, body) for subject_id, body in told.items()
    ])


def _faults_of_elements(
    kind: SubjectKind, elements: Sequence[NewElement], today: date, first: int
) -> dict[str, str]:
    times = Counter(one.name.strip() for one in elements)
    units = directory().units
    faults: dict[str, str] = {}
    for place, one in enumerate(elements, start=first):
        name, unknown = one.name.strip(), one.unit_id is not None and one.unit_id not in units
        said = next((said for is_wrong, said in (
            (kind is not SubjectKind.PROJECT, "只有项目有要件清单。"),
            (not name or len(name) > 60, "请写明要件名称，最多60个字。"),
            (times[name] > 1, "这个要件写了两次，请留一条。"),
            (one.state is ElementState.DONE and one.done_on is None, "已办结的要件须写明办结日期。"),
            (one.state is not ElementState.DONE and one.done_on is not None, "还没有办结的要件不填办结日期。"),
            (one.done_on is not None and one.done_on > today, "办结日期不能晚于今天。"),
            (unknown, "没有找到办理单位，请重选。"),
            (len(one.note.strip()) > 200, "说明最多200个字，请缩短。"),
        ) if is_wrong), "")
        if said:
            faults[str(place)] = said
    return faults


def _values(one: NewElement) -> dict[str, Any]:
    return {
        "element": one.element.value, "state": one.state.value, "done_on": one.done_on, "unit_id": one.unit_id,
        "note": one.note.strip(),
    }


def _said(row: ElementRow | None) -> dict[str, Any] | None:
    return None if row is None else {
        "element": row.element, "state": row.state, "done_on": row.done_on, "unit_id": row.unit_id, "note": row.note,
    }
