"""Proposals for those without an owner, and for all whom an official leaves behind: read, compared by rule, shown with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.caring import rank_of
from zhitong.domain.subjects.queries.coverage import GapFilters, gaps_for
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.caring import Coverage, home_tier
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.subjects.rules.suggesting import Carer, Key, Need, Proposal, share_out
from zhitong.kit.refusals import NotFound

MOST = 200
"""So many are proposed at a time: a person has to look at each."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One without an owner, with who might look after it and why; no unit where nobody fits."""

    subject_id: UUID
    subject: str
    kind: SubjectKind
    region: str
    tier: Rank
    unit_id: UUID | None
    unit: str
    lead_official: str
    person_in_charge: str
    task_force_id: UUID | None
    task_force: str
    reason: str
    person_phone: str = ""
    liaison: str = ""
    liaison_phone: str = ""


@dataclass(slots=True)
class _Level:
    """The care that a region's own units give now: by carer, with the usual person and the task force of each sort."""

    carers: dict[Key, Carer]
    people: dict[Key, Counter[str]]
    forces: dict[tuple[str, str], Counter[UUID]]
    units: dict[str, UUID]


def suggestions_for(viewer: Viewer, region_id: UUID) -> list[Suggested]:
    """Proposals for the gaps that a region's own level has to fill, up to MOST (six queries).

    Raises NotFound: the viewer oversees no territory, or the region lies outside it.
    """
    here = directory()
    region = here.regions.get(region_id)
    if region is None:
        raise NotFound
    gaps = gaps_for(viewer, GapFilters(region_id=region_id, tier=region.rank), limit=MOST * 5)
    own = {one.id: one.lacking for one in gaps if level_of(here, one.region_id, one.tier).id == region_id}
    wanted = list(own)[:MOST]
    rows = list(Subject.objects.filter(id__in=wanted).order_by("id"))
    level = _level(here, region, leaving=None)
    proposals = _share_out([row for row in rows if own[row.id] is Coverage.NOBODY], level, here)
    kept = {row.subject_id: row for row in Care.objects.filter(subject_id__in=wanted, until__isnull=True)}
    return [
        _suggested(row, proposals[row.id], level, here) if row.id in proposals else _force_for(row, kept[row.id], level, here)
        for row in rows
    ]


def suggestions_for_leaving(viewer: Viewer, unit_id: UUID, official: str) -> list[Suggested]:
    """Proposals for all whom an official of a unit looks after, shared among the others of his level, up to MOST.

    Raises NotFound: the viewer oversees no territory, or the official looks after nobody in it.
    """
    here = directory()
    unit = here.units.get(unit_id)
    cared = Care.objects.filter(unit_id=unit_id, lead_official=official, until__isnull=True).values("subject_id")
    rows = list(through(viewer, Lens.TERRITORY, None).filter(id__in=cared).order_by("id")[:MOST])
    if unit is None or not rows:
        raise NotFound
    level = _level(here, here.regions[unit.region_id], leaving=(unit.code, official))
    proposals = _share_out(rows, level, here)
    return [_suggested(row, proposals[row.id], level, here) for row in rows]


def level_of(here: Directory, region_id: UUID, rank: Rank) -> RegionEntry:
    """The region of a rank above a place, the nearest; the place itself where the path has none of that rank."""
    path = here.path(region_id)
    return next((one for one in reversed(path) if one.rank is rank), path[-1])


def _share_out(rows: Sequence[Subject], level: _Level, here: Directory) -> Mapping[UUID, Proposal]:
    last = _last_carers([row.id for row in rows], here)
    needs = [
        Need(str(row.id), row.kind, row.industry, str(row.region_id), last.get(row.id)) for row in rows
    ]
    carers = sorted(level.carers.values(), key=lambda one: one.key)
    return {UUID(one.need_id): one for one in share_out(needs, carers)}


def _last_carers(subject_ids: Sequence[UUID], here: Directory) -> dict[UUID, Key]:
    """Who looked after each last, at whatever level."""
    ended = Care.objects.filter(subject_id__in=subject_ids, until__isnull=False).order_by("until", "id")
    return {
        subject_id: (here.units[unit_id].code, official)
        for subject_id, unit_id, official in ended.values_list("subject_id", "unit_id", "lead_official")
        if unit_id in here.units
    }


def _level(here: Directory, region: RegionEntry, *, leaving: Key | None) -> _Level:
    units = {one.id: one.code for one in here.units.values() if one.region_id == region.id}
    found = _Level({}, {}, {}, {code: unit_id for unit_id, code in units.items()})
    for unit_id, official, person, kind, sub_kind, industry, place, force in _cares(units):
        if force:
            found.forces.setdefault((kind, sub_kind), Counter())[force] += 1
        key = (units[unit_id], official)
        if key == leaving:
            continue
        carer = found.carers.setdefault(key, Carer(key))
        carer.load += 1
        carer.kinds[kind] += 1
        carer.industries[industry] += 1
        carer.regions[str(place)] += 1
        found.people.setdefault(key, Counter())[person] += 1
    return found


def _cares(units: Iterable[UUID]) -> Iterable[tuple[UUID, str, str, str, str, str, UUID, UUID | None]]:
    rows = Care.objects.filter(unit_id__in=list(units), until__isnull=True, subject__ended_on__isnull=True)
    return rows.order_by("id").values_list(
        "unit_id", "lead_official", "person_in_charge", "subject__kind", "subject__sub_kind", "subject__industry",
        "subject__region_id", "task_force_id",
    )


def _suggested(row: Subject, proposal: Proposal, level: _Level, here: Directory) -> Suggested:
    key = proposal.key
    unit_id = level.units[key[0]] if key else None
    person = min(level.people[key].items(), key=lambda one: (-one[1], one[0]))[0] if key else ""
    return _row(row, unit_id, key[1] if key else "", person, proposal.reason, level, here)


def _force_for(row: Subject, care: Care, level: _Level, here: Directory) -> Suggested:
    """Who looks after it stays; only the task force is missing."""
    force = _usual_force(row, level)
    reason = "分包已落实，只缺专班；同类对象由这个专班推进。" if force else "分包已落实，只缺专班；本级还没有同类专班，请手工指定。"
    proposed = _row(row, care.unit_id if force else None, care.lead_official, care.person_in_charge, reason, level, here)
    return replace(
        proposed, person_phone=care.person_phone, liaison=care.liaison, liaison_phone=care.liaison_phone
    )


def _row(
    row: Subject, unit_id: UUID | None, official: str, person: str, reason: str, level: _Level, here: Directory
) -> Suggested:
    force = _usual_force(row, level)
    return Suggested(
        row.id, row.name, SubjectKind(row.kind), here.regions[row.region_id].name, home_tier(rank_of(row.tier)), unit_id,
        here.name_of(unit_id) if unit_id else "", official, person, force, here.name_of(force) if force else "", reason,
    )


def _usual_force(row: Subject, level: _Level) -> UUID | None:
    """The task force that most of the same sort have at this level."""
    usual = level.forces.get((row.kind, row.sub_kind))
    return min(usual.items(), key=lambda one: (-one[1], str(one[0])))[0] if usual else None
