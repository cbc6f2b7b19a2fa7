"""Changing what the register says: one or many at once, held against the version one has read; and moving the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.actions.seating import move_served_unit, rename_served_units
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import present
from zhitong.domain.subjects.actions.counting import counted
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.alike import AlikeSubject, Asked, alike_to, key_at
from zhitong.domain.subjects.rules.describing import (
    PERSONAL,
    PLACES,
    SUB_KINDS,
    Field,
    as_kept,
    fields_of,
    is_only_masked,
    troubles_of,
)
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.names import initials_of
from zhitong.kit.choices import Word
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sealing.columns import digest_for, sealed_value

_COLUMN_TYPES = {
    Field.INVESTMENT: "bigint", Field.PLANNED_START: "date", Field.STARTED: "date", Field.PLANNED_FINISH: "date",
    Field.FINISHED: "date", Field.REGISTERED_REGION: "uuid", Field.TAX_REGION: "uuid", Field.STATISTICS_REGION: "uuid",
}
_WORDS: Mapping[Field, Sequence[type[Word]]] = {
    Field.STAGE: (ProjectStage,), Field.IMPORTANCE: (Rank,), Field.SUB_KIND: tuple(SUB_KINDS.values()),
}
PHONE = Field.CONTACT_PHONE.value
_NAMING = frozenset({Field.NAME, Field.CODE, Field.CONTACT_PHONE})
"""What makes two of the served look alike when it is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What shall be said of one of the served; fields left out stay. `version` is the one that was read; None asks nothing.

    `alike_reason` says why one that looks like another now is yet another one.
    """

    subject_id: UUID
    values: Mapping[Field, Any] = field(default_factory=dict)
    version: int | None = None
    alike_reason: str = ""


class NotChanged(BadInput):
    """Some changes cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored.

    `by_field` says the same for each field of the first wrong one; `alike` has who may be the same, by place.
    """

    def __init__(
        self, sentence: str, fields: dict[str, str] | None = None, by_field: Mapping[Field, str] | None = None,
        alike: Mapping[int, list[AlikeSubject]] | None = None,
    ) -> None:
        super().__init__(sentence, fields)
        self.by_field, self.alike = by_field or {}, alike or {}


class ChangedMeanwhile(Refused):
    """Somebody else has changed what was read."""


@transaction.atomic
def change(changes: Sequence[Change], *, actor: Actor, now: datetime) -> list[UUID]:
    """Say anew what the register says; returns the ids of those of whom something really became another.

    The number of statements does not grow with the number of changes; the subjects are locked in the order of their ids.
    Raises NotFound: one is not there, or has ended. Raises ChangedMeanwhile: its version is not the one that was read.
    Raises NotChanged: a field is wrong, a code is another's, or a likeness has no reason.
    """
    rows = locked([one.subject_id for one in changes])
    _require_unchanged(changes, rows)
    wanted = [_wanted(one, rows[one.subject_id]) for one in changes]
    news = [_news(rows[one.subject_id], values) for one, values in zip(changes, wanted, strict=True)]
    _require_right(changes, rows, wanted, news)
    changed = {one.subject_id: values for one, values in zip(changes, news, strict=True) if values}
    _write(rows, changed, actor, now)
    return list(changed)


@transaction.atomic
def relocate(
    *, subject_id: UUID, region_id: UUID, reason: str, is_ruling: bool, version: int, actor: Actor, now: datetime
) -> None:
    """Give one of the served another place (属地): because it moved, or by a ruling while it operates where it did.

    Raises NotFound: it is not there or has ended. Raises ChangedMeanwhile. Raises NotChanged: no reason is given, it
    stands there already, or the new place lies outside the actor's territory.
    Source: R-D7 (属地 is 经营地 unless ruled otherwise).
    """
    row = locked([subject_id])[subject_id]
    _require_unchanged([Change(subject_id=subject_id, version=version)], {subject_id: row})
    here = directory()
    trouble = _trouble_of_place(row, region_id, reason, here)
    if trouble:
        raise NotChanged(trouble, {"0": trouble})
    operates = (row.operating_region_id or row.region_id) if is_ruling else None
    with counted([subject_id]):
        Subject.objects.filter(id=subject_id).update(
            region_id=region_id, operating_region_id=None if operates == region_id else operates,
            region_reason=reason.strip() if is_ruling else "", name_key=key_at(row.name, region_id, here),
            version=row.version + 1,
        )
    if row.unit_id is not None:
        move_served_unit(row.unit_id, region_id)
    body = {"from": row.region_id, "to": region_id, "is_ruling": is_ruling}
    record_many([
        Fact(SubjectFact.RELOCATED.value, "subject", subject_id, actor, now, body, {"reason": reason.strip()})
    ])


def locked(ids: Sequence[UUID]) -> dict[UUID, Subject]:
    """The rows of subjects still served, locked in the order of their ids.

    Raises NotFound: one is not there for the actor, or has ended.
    """
    rows = Subject.objects.filter(id__in=set(ids), ended_on__isnull=True).order_by("id").select_for_update()
    found = {row.id: row for row in rows}
    if len(found) != len(set(ids)):
        raise NotFound("其中的服务对象没有找到，或者已不再服务。请刷新后重选。")
    return found


def _require_unchanged(changes: Sequence[Change], rows: Mapping[UUID, Subject]) -> None:
    for one in changes:
        row = rows[one.subject_id]
        if one.version is not None and one.version != row.version:
            raise ChangedMeanwhile(
                f"“{row.name}”刚才已被{_who_changed(row)}改动，这次没有保存。请核对现在的内容后再改。"
            )


def _who_changed(row: Subject) -> str:
    """The unit of the newest fact that changed what the register says, in words."""
    telling = (SubjectFact.CHANGED.value, SubjectFact.RELOCATED.value)
    units = [told.unit_id for told in facts_about(row.id) if told.kind in telling and told.unit_id]
    return unit_names(units[-1:]).get(units[-1], "他人") if units else "他人"


def _wanted(one: Change, row: Subject) -> dict[Field, Any]:
    """What shall be said; a contact that comes back as its mask, as a form showed it, says nothing anew."""
    values = {field: as_kept(SubjectKind(row.kind), field, value) for field, value in one.values.items()}
    return {field: value for field, value in values.items() if not is_only_masked(field, value, getattr(row, field.value))}


def _news(row: Subject, values: Mapping[Field, Any]) -> dict[Field, Any]:
    """The fields that become another."""
    return {field: value for field, value in values.items() if getattr(row, field.value) != value}


def _require_right(
    changes: Sequence[Change], rows: Mapping[UUID, Subject], wanted: Sequence[Mapping[Field, Any]],
    news: Sequence[Mapping[Field, Any]],
) -> None:
    alike = _alike(changes, rows, news)
    wrong: dict[int, dict[Field, str]] = {}
    for place, (one, values) in enumerate(zip(changes, wanted, strict=True)):
        row = rows[one.subject_id]
        kind = SubjectKind(row.kind)
        whole = {field: getattr(row, field.value) for field in fields_of(kind)} | dict(values)
        troubles = {field: said for field, said in troubles_of(kind, whole).items() if field in news[place]}
        if place in alike and Field.NAME not in troubles:
            first = alike[place][0]
            troubles[Field.NAME] = f"与已登记的“{first.name}”（{first.code}）{first.why.label}。确实不是同一户的，请写明理由后仍然保存。"
        if troubles:
            wrong[place] = troubles
    if wrong:
        fields = {str(place): "".join(troubles.values()) for place, troubles in wrong.items()}
        raise NotChanged(
            f"有{len(wrong)}条不能保存，请按提示改正，其余的也没有保存。", fields, next(iter(wrong.values())), alike
        )


def _alike(
    changes: Sequence[Change], rows: Mapping[UUID, Subject], news: Sequence[Mapping[Field, Any]]
) -> Mapping[int, list[AlikeSubject]]:
    """Who looks like those whose name, code or telephone becomes another, where no reason answers it."""
    places = [
        place for place, one in enumerate(changes) if news[place].keys() & _NAMING and not one.alike_reason.strip()
    ]
    asked = []
    for place in places:
        row, values = rows[changes[place].subject_id], news[place]
        asked.append(Asked(
            id=row.id, region_id=row.region_id, name=values.get(Field.NAME, row.name),
            code=values.get(Field.CODE, ""), phone=values.get(Field.CONTACT_PHONE, ""),
        ))
    return {places[place]: found for place, found in alike_to(asked).items()}


def _write(rows: Mapping[UUID, Subject], changed: Mapping[UUID, Mapping[Field, Any]], actor: Actor, now: datetime) -> None:
    if not changed:
        return
    here = directory()
    told = [
        Fact(
            SubjectFact.CHANGED.value, "subject", one, actor, now, {"fields": sorted(field.value for field in values)},
            {field.value: _move(field, getattr(rows[one], field.value), value, here) for field, value in values.items()},
        )
        for one, values in changed.items()
    ]
    touched = [field for field in Field if any(field in values for values in changed.values())]
    try:
        with transaction.atomic(), counted(changed):
            _update(rows, changed, touched, here)
    except IntegrityError as error:
        raise NotChanged("代码已登记在另一个同类服务对象名下，没有保存。请核对代码；是同一户的，请合并登记。") from error
    rename_served_units({
        unit_id: values[Field.NAME] for one, values in changed.items()
        if Field.NAME in values and (unit_id := rows[one].unit_id)
    })
    record_many(told)


def _update(
    rows: Mapping[UUID, Subject], changed: Mapping[UUID, Mapping[Field, Any]], touched: Sequence[Field], here: Directory
) -> None:
    """Write every touched column of every changed row in one statement."""
    columns: list[list[Any]] = [list(changed)]
    columns += [
        [_as_column(rows[one], field, values[field] if field in values else getattr(rows[one], field.value))
         for one, values in changed.items()]
        for field in touched
    ]
    columns.append([
        key_at(values.get(Field.NAME, rows[one].name), rows[one].region_id, here) for one, values in changed.items()
    ])
    columns.append([initials_of(values.get(Field.NAME, rows[one].name)) for one, values in changed.items()])
    columns.append([
        digest_for(Subject, PHONE, values.get(Field.CONTACT_PHONE, rows[one].contact_phone)) for one, values in changed.items()
    ])
    names = [*(field.value for field in touched), "name_key", "initials", "contact_phone_digest"]
    types = ["uuid[]", *(f"{_COLUMN_TYPES.get(field, 'text')}[]" for field in touched), "text[]", "text[]", "text[]"]
    sets = ", ".join(f"{name} = told.{name}" for name in names)
    arrays = ", ".join(f"%s::{one}" for one in types)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE subjects_subject SET {sets}, version = version + 1"
            f" FROM unnest({arrays}) AS told (id, {', '.join(names)}) WHERE subjects_subject.id = told.id",
            columns,
        )


def _as_column(row: Subject, field: Field, value: Any) -> Any:
    return sealed_value(Subject, PHONE, row.id, value) if field is Field.CONTACT_PHONE else value


def _move(field: Field, before: Any, after: Any, here: Directory) -> str:
    """What a field said and says, as the history keeps it; of who is to be called only that it is another."""
    if field in PERSONAL:
        return "已更新"
    return f"{_in_words(field, before, here)} → {_in_words(field, after, here)}"


def _in_words(field: Field, value: Any, here: Directory) -> str:
    if value in (None, ""):
        return "（空）"
    if field in PLACES:
        return here.regions[value].name if value in here.regions else str(value)
    return next((word.label for words in _WORDS.get(field, ()) for word in words if word.value == value), str(value))


def _trouble_of_place(row: Subject, region_id: UUID, reason: str, here: Directory) -> str:
    if region_id == row.region_id:
        return "属地已经是这里，没有改动。"
    if region_id not in here.regions:
        return "没有找到这个区划，请重选。"
    viewer = present()
    if viewer is not None and viewer.region_id not in {region.id for region in here.path(region_id)}:
        return "这个区划不在您的辖区内，请由两地共同的上级办公室办理。"
    if not reason.strip():
        return "变更属地要写明理由，请补上。"
    return ""
