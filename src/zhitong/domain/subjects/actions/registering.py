"""Registering the served: one act for one firm or for a whole list, each with its tier explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import DatedFact, Mark, Subject
from zhitong.domain.subjects.queries.alike import AlikeSubject, Asked, alike_to, key_at
from zhitong.domain.subjects.rules.caring import Coverage
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.domain.subjects.rules.cuts import care_cell, cell_of
from zhitong.domain.subjects.rules.describing import Field, as_kept, troubles_of
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.names import initials_of
from zhitong.domain.subjects.rules.noting import period_trouble, value_trouble
from zhitong.domain.subjects.rules.tiers import Facts, Tiering, TierRule, tier_of
from zhitong.domain.tallies.actions import post
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput
from zhitong.kit.rows import insert_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubject:
    """One to be registered. `region_id` is where it operates; money in yuan; marks are those the tier rules ask for.

    `tier` overrules the rules and then needs `tier_reason`; `code_reason` says why an odd credit code is right,
    `alike_reason` why one whose name, telephone or code another bears is yet another one. `revenue_cny` is of the year
    `revenue_period`, the last whole one where nothing is said. Regions left empty are where it operates.
    """

    kind: SubjectKind
    name: str
    code: str
    region_id: UUID
    sub_kind: str = ""
    industry: str = ""
    stage: str = ""
    importance: str = ""
    revenue_cny: int | None = None
    revenue_period: str = ""
    investment_cny: int | None = None
    invested_cny: int | None = None
    progress_words: str = ""
    planned_start_on: date | None = None
    started_on: date | None = None
    planned_finish_on: date | None = None
    finished_on: date | None = None
    address: str = ""
    registered_region_id: UUID | None = None
    registered_address: str = ""
    tax_region_id: UUID | None = None
    statistics_region_id: UUID | None = None
    contact: str = ""
    contact_phone: str = ""
    marks: frozenset[str] = frozenset()
    code_reason: str = ""
    alike_reason: str = ""
    tier: Rank | None = None
    tier_reason: str = ""

    @property
    def described(self) -> dict[Field, Any]:
        """What the register says of it, as it will be kept."""
        return {field: as_kept(self.kind, field, getattr(self, field.value)) for field in Field}


class NotRegistered(BadInput):
    """Some entries cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored.

    `alike` has, by place, those who may be the same, where that is what must be answered first.
    """

    def __init__(
        self, sentence: str, fields: dict[str, str] | None = None, alike: Mapping[int, list[AlikeSubject]] | None = None
    ) -> None:
        super().__init__(sentence, fields)
        self.alike = alike or {}


def register(
    entries: Sequence[NewSubject], *, rules: Sequence[TierRule], actor: Actor, now: datetime, likeness_asked: bool = False
) -> list[UUID]:
    """Register the served in the order given, each with a unit of its own that people can sign in for.

    The number of statements does not grow with the number of entries. Returns the ids of the subjects. With
    `likeness_asked` the caller has asked `alike_to` of the same entries in this very transaction, and has his answers.
    Raises NotRegistered: a name or code is missing, a field is wrong, a code comes twice; an odd code, another tier or
    a likeness to one of those registered before has no reason. Those within the batch are not compared by name.
    """
    taken, alike = _taken(entries), {} if likeness_asked else _alike(entries)
    faults = _faults(entries, taken, alike, now)
    if faults:
        raise NotRegistered(f"有{len(faults)}条不能登记，请按提示改正后再登记，其余的也没有保存。", faults, alike)
    try:
        with transaction.atomic():
            return _write(entries, rules, actor, now)
    except IntegrityError as error:
        sentence = "其中的代码已被登记：可能刚刚有人登记，也可能在别的辖区。请刷新后核对；确在别的辖区的，请联系上级办公室。"
        raise NotRegistered(sentence) from error


def _write(entries: Sequence[NewSubject], rules: Sequence[TierRule], actor: Actor, now: datetime) -> list[UUID]:
    units = found_served_units(
        ServedUnit(code=f"served-{uuid7().hex}", name=entry.name.strip(), region_id=entry.region_id) for entry in entries
    )
    here = directory()
    subjects = [_subject(entry, unit_id, rules, here) for entry, (unit_id, _post_id) in zip(entries, units, strict=True)]
    insert_rows(subjects)
    ids = [subject.id for subject in subjects]
    _write_known(entries, ids, now)
    post(Counter(cell_of(one.region_id, one.kind, one.tier, one.stage) for one in subjects))
    post(Counter(care_cell(one.region_id, one.kind, one.tier, Coverage.NOBODY) for one in subjects))
    record_many([
        Fact(
            SubjectFact.REGISTERED.value, "subject", subject.id, actor, now,
            {"kind": subject.kind, "region": subject.region_id, "tier": subject.tier},
            {"name": subject.name, "tier_words": subject.tier_words}
            | ({"alike_reason": entry.alike_reason} if entry.alike_reason else {}),
        )
        for entry, subject in zip(entries, subjects, strict=True)
    ])
    return ids


def _write_known(entries: Sequence[NewSubject], ids: Sequence[UUID], now: datetime) -> None:
    """The figures and qualifications with which they are registered."""
    marks = [
        Mark(subject_id=subject_id, code=mark, since=day_of(now))
        for entry, subject_id in zip(entries, ids, strict=True) for mark in sorted(entry.marks)
    ]
    facts = [
        DatedFact(
            subject_id=subject_id, code=code.value, period=period, value=value, source=FactSource.REGISTRY.value,
            noted_at=now,
        )
        for entry, subject_id in zip(entries, ids, strict=True) for code, period, value in _figures(entry, now)
    ]
    insert_rows(marks)
    insert_rows(facts)


def _figures(entry: NewSubject, now: datetime) -> Iterator[tuple[Known, str, int]]:
    today = day_of(now)
    if entry.revenue_cny is not None:
        yield Known.REVENUE, entry.revenue_period or str(today.year - 1), entry.revenue_cny
    if entry.invested_cny is not None:
        yield Known.INVESTED, f"{today:%Y-%m}", entry.invested_cny


def _subject(entry: NewSubject, unit_id: UUID, rules: Sequence[TierRule], here: Directory) -> Subject:
    by_rule = tier_of(Facts(entry.kind, entry.sub_kind, entry.revenue_cny, entry.marks), rules)
    tiering = overruled(by_rule, entry.tier, entry.tier_reason) if entry.tier else by_rule
    described = {field.value: value for field, value in entry.described.items()}
    return Subject(
        **described, kind=entry.kind.value, region_id=entry.region_id, unit_id=unit_id,
        name_key=key_at(entry.name, entry.region_id, here), initials=initials_of(entry.name),
        tier=tiering.rank.value if tiering.rank else "", tier_words=tiering.words,
        tier_reason=entry.tier_reason if tiering is not by_rule else "",
        revenue_cny=entry.revenue_cny, invested_cny=entry.invested_cny,
    )


def overruled(by_rule: Tiering, rank: Rank, reason: str) -> Tiering:
    """A tier set by hand, with what the rules say kept beside it."""
    if rank is by_rule.rank:
        return by_rule
    return Tiering(rank, f"人工确定为{rank.label}重点帮扶：{reason}。按规则：{by_rule.words}")


def _faults(
    entries: Sequence[NewSubject], taken: set[tuple[SubjectKind, str]], alike: Mapping[int, list[AlikeSubject]],
    now: datetime,
) -> dict[str, str]:
    codes = Counter((entry.kind, written_right(entry.code)) for entry in entries)
    faults: dict[str, str] = {}
    for place, entry in enumerate(entries):
        at = (entry.kind, written_right(entry.code))
        said = "".join([
            *troubles_of(entry.kind, entry.described).values(), *_faults_of_figures(entry, now),
            *_faults_of(entry, codes[at] > 1, at in taken), *([] if at in taken else _doubts(entry, alike.get(place, ()))),
        ])
        if said:
            faults[str(place)] = said
    return faults


def _faults_of(entry: NewSubject, is_double: bool, is_taken: bool) -> Iterator[str]:
    code = written_right(entry.code)
    if entry.tier and not entry.tier_reason:
        yield "人工确定帮扶级别要写明理由，请补上。"
    if code and is_double:
        yield f"代码{code}在这一批里出现了两次，请删去重复的。"
    if code and is_taken:
        yield f"代码{code}已经登记过同类服务对象，请在名单里查找，不要重复登记。"


def _faults_of_figures(entry: NewSubject, now: datetime) -> Iterator[str]:
    for code, period, value in _figures(entry, now):
        yield period_trouble(period) + value_trouble(code, Decimal(value))


def _doubts(entry: NewSubject, alike: Sequence[AlikeSubject]) -> Iterator[str]:
    """The question that an alike one asks, until a reason answers it."""
    if alike and not entry.alike_reason.strip():
        one = alike[0]
        yield (
            f"与已登记的“{one.name}”（{one.kind.label}，{one.region}，{one.code}）{one.why.label}。"
            "是同一户的请直接使用，不要重复登记；确实不是的，请写明理由后仍然登记。"
        )


def _alike(entries: Sequence[NewSubject]) -> Mapping[int, list[AlikeSubject]]:
    """Those who may be the same, by place, for the entries that have not answered it."""
    return alike_to([
        Asked(name=entry.name, code=entry.code, region_id=entry.region_id, phone=entry.contact_phone.strip())
        for entry in entries
    ]) if any(not entry.alike_reason.strip() for entry in entries) else {}


def _taken(entries: Sequence[NewSubject]) -> set[tuple[SubjectKind, str]]:
    rows = Subject.objects.filter(code__in=[written_right(entry.code) for entry in entries], ended_on__isnull=True)
    return {(SubjectKind(kind), code) for kind, code in rows.values_list("kind", "code")}
