"""Registering the served: one act for one firm or for a whole list, each with its tier explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.codes import doubt_about, written_right
from zhitong.domain.subjects.rules.cuts import cell_of
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, SubjectKind
from zhitong.domain.subjects.rules.tiers import Facts, Tiering, TierRule, tier_of
from zhitong.domain.tallies.actions import post
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubject:
    """One to be registered. `region_id` is where it operates; money in yuan; marks are those the tier rules ask for.

    `tier` overrules the rules and then needs `tier_reason`; `code_reason` says why an odd credit code is right.
    """

    kind: SubjectKind
    name: str
    code: str
    region_id: UUID
    sub_kind: str = ""
    industry: str = ""
    stage: str = ""
    revenue_cny: int | None = None
    investment_cny: int | None = None
    marks: frozenset[str] = frozenset()
    code_reason: str = ""
    tier: Rank | None = None
    tier_reason: str = ""


class NotRegistered(BadInput):
    """Some entries cannot be taken; `fields` says for each, by its place from 0, what is wrong. Nothing is stored."""


def register(
    entries: Sequence[NewSubject], *, rules: Sequence[TierRule], actor: Actor, now: datetime
) -> list[UUID]:
    """Register the served in the order given, each with a unit of its own that people can sign in for.

    The number of statements does not grow with the number of entries. Returns the ids of the subjects.
    Raises NotRegistered: a name or code is missing, an odd code or another tier has no reason, a code comes twice.
    """
    faults = _faults(entries)
    if faults:
        raise NotRegistered(f"有{len(faults)}条不能登记，请按提示改正后再登记，其余的也没有保存。", faults)
    try:
        with transaction.atomic():
            return _write(entries, rules, actor, now)
    except IntegrityError as error:
        raise NotRegistered("其中的代码刚刚被别人登记，请刷新后核对。") from error


def _write(entries: Sequence[NewSubject], rules: Sequence[TierRule], actor: Actor, now: datetime) -> list[UUID]:
    units = found_served_units(
        ServedUnit(code=f"served-{uuid7().hex}", name=entry.name, region_id=entry.region_id) for entry in entries
    )
    subjects = [_subject(entry, unit_id, rules) for entry, (unit_id, _post_id) in zip(entries, units, strict=True)]
    Subject.objects.bulk_create(subjects, batch_size=2000)
    post(Counter(cell_of(one.region_id, one.kind, one.tier, one.stage) for one in subjects))
    record_many([
        Fact(
            SubjectFact.REGISTERED.value, "subject", subject.id, actor, now,
            {"kind": subject.kind, "region": subject.region_id, "tier": subject.tier},
            {"name": subject.name, "tier_words": subject.tier_words},
        )
        for subject in subjects
    ])
    return [subject.id for subject in subjects]


def _subject(entry: NewSubject, unit_id: UUID, rules: Sequence[TierRule]) -> Subject:
    tiering = _tiering(entry, rules)
    return Subject(
        kind=entry.kind.value, sub_kind=entry.sub_kind, name=entry.name, code=written_right(entry.code),
        code_reason=entry.code_reason, region_id=entry.region_id, unit_id=unit_id, industry=entry.industry,
        stage=entry.stage, tier=tiering.rank.value if tiering.rank else "", tier_words=tiering.words,
        revenue_cny=entry.revenue_cny, investment_cny=entry.investment_cny,
    )


def _tiering(entry: NewSubject, rules: Sequence[TierRule]) -> Tiering:
    by_rule = tier_of(Facts(entry.kind, entry.sub_kind, entry.revenue_cny, entry.marks), rules)
    return overruled(by_rule, entry.tier, entry.tier_reason) if entry.tier else by_rule


def overruled(by_rule: Tiering, rank: Rank, reason: str) -> Tiering:
    """A tier set by hand, with what the rules say kept beside it."""
    if rank is by_rule.rank:
        return by_rule
    return Tiering(rank, f"人工确定为{rank.label}重点帮扶：{reason}。按规则：{by_rule.words}")


def _faults(entries: Sequence[NewSubject]) -> dict[str, str]:
    codes = Counter((entry.kind, written_right(entry.code)) for entry in entries)
    taken = _taken(entries)
    faults: dict[str, str] = {}
    for place, entry in enumerate(entries):
        at = (entry.kind, written_right(entry.code))
        said = "".join(_faults_of(entry, codes[at] > 1, at in taken))
        if said:
            faults[str(place)] = said
    return faults


def _faults_of(entry: NewSubject, is_double: bool, is_taken: bool) -> Iterator[str]:
    code = written_right(entry.code)
    if not entry.name.strip():
        yield "缺少名称，请补上。"
    if not code:
        yield "缺少代码，请补上统一社会信用代码或项目代码。"
    elif entry.kind in ENTERPRISES and not entry.code_reason:
        yield doubt_about(code)
    if entry.tier and not entry.tier_reason:
        yield "人工确定帮扶级别要写明理由，请补上。"
    if code and is_double:
        yield f"代码{code}在这一批里出现了两次，请删去重复的。"
    if code and is_taken:
        yield f"代码{code}已经登记过同类服务对象，请在名单里查找，不要重复登记。"


def _taken(entries: Sequence[NewSubject]) -> set[tuple[SubjectKind, str]]:
    rows = Subject.objects.filter(code__in=[written_right(entry.code) for entry in entries], ended_on__isnull=True)
    return {(SubjectKind(kind), code) for kind, code in rows.values_list("kind", "code")}
