"""A whole campaign judged at once with the names that make the difference, for who acts for nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.caring import SUB_KINDS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.queries.judging import outcome_in
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.running import Judged, Line
from zhitong.domain.tiering.rules.standards import Standard


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line against its quota, with the names of who stands beyond it and of who comes next."""

    key: str
    label: str
    quota: int | None
    given: int
    standing: int
    difference: int | None
    over: tuple[str, ...]
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedOutcome:
    """A kind in a region: how many were judged, stand on a tier, would move; its lines and conflicts."""

    kind: SubjectKind
    judged: int
    total: int
    quota: int | None
    moves: int
    lines: tuple[NamedLine, ...]
    conflicts: Mapping[Conflict, int]


def outcome_by_name(region_id: UUID, standard: Standard, campaign: str) -> NamedOutcome:
    """Judge a region now and name who does not fit the quotas (four queries, nothing stored).

    The second wall bounds what is read: for the worker and the owner.
    """
    outcome = outcome_in(region_id, standard, campaign=campaign)
    placed = [one for one in outcome.judged if one.place]
    names = dict(Subject.objects.filter(id__in=[one.candidate.id for one in placed]).values_list("id", "name"))
    return NamedOutcome(
        standard.kind, len(outcome.judged), outcome.total, standard.total, sum(one.is_move for one in outcome.judged),
        tuple(_named(line, placed, names) for line in outcome.lines), outcome.conflicts,
    )


def _named(line: Line, placed: Sequence[Judged], names: Mapping[UUID, str]) -> NamedLine:
    def at(place: QuotaPlace) -> tuple[str, ...]:
        return tuple(names[one.candidate.id] for one in placed if (one.place, one.line) == (place, line.quota.key))

    quota = line.quota
    parts = (quota.rank.label if quota.rank else "", quota.stage.label if quota.stage else "", SUB_KINDS.get(quota.sub_kind, ""))
    return NamedLine(
        quota.key, " · ".join(part for part in parts if part), quota.number, line.given, line.standing, line.difference,
        at(QuotaPlace.OVER), at(QuotaPlace.NEXT),
    )
