"""Setting the value of a target: every value it ever had stays as a term, the newest one stands in the target itself.

Whoever changes a value comes through here: the plan when it is loaded, a division when it is issued, an amendment when it
is approved. Each of them records what it did; this does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from zhitong.domain.plans.models import Indicator, Target, TargetTerm
from zhitong.domain.plans.rules import Comparator, TermSource
from zhitong.kit.figures import whole_day
from zhitong.kit.refusals import Refused
from zhitong.kit.rows import insert_rows, update_rows

Place = tuple[UUID, UUID]
"""(indicator, region): where a target is."""

_SAID = ("comparator", "value", "upper", "deadline", "is_cancelled")
"""What a term says and the target says after it."""


class TermTooEarly(Refused):
    """A value that begins later is already set."""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A value for an indicator in a region from a day on; `source_id` is the plan, division or amendment that set it."""

    indicator_id: UUID
    region_id: UUID
    comparator: Comparator
    value: Decimal
    upper: Decimal | None
    deadline: date | None
    since: date
    source: TermSource
    source_id: UUID | None
    reason: str
    is_cancelled: bool = False

    @property
    def place(self) -> Place:
        """Which target it is for."""
        return self.indicator_id, self.region_id

    def values(self) -> dict[str, object]:
        """What it says, by the names of the columns."""
        return {
            "comparator": self.comparator.value, "value": self.value, "upper": self.upper, "deadline": self.deadline,
            "is_cancelled": self.is_cancelled,
        }


@transaction.atomic
def set_terms(terms: Sequence[NewTerm], *, now: datetime) -> list[UUID]:
    """Let values hold from their days on; returns the target of each term, in order. At most one term per target.

    The running term ends where the new one begins; a new one of the same day takes its place and leaves it without a
    day. A term that says what already holds changes nothing. A target is made where there was none, in the form of the
    plan's own. Some eight statements, however many terms; the indicators are locked.
    Raises TermTooEarly: a value from a later day is set already; nothing is changed then.
    """
    places = [term.place for term in terms]
    assert max(Counter(places).values(), default=0) <= 1, "one term per target"
    list(Indicator.objects.select_for_update().filter(id__in={term.indicator_id for term in terms}).order_by("id"))
    kept = _kept(terms)
    targets = kept | _made([term for term in terms if term.place not in kept])
    running = {
        row.target_id: row
        for row in TargetTerm.objects.filter(target__in=[row.id for row in kept.values()], until__isnull=True)
    }
    changing = [term for term in terms if _differs(term, running.get(targets[term.place].id))]
    _stop_if_too_early(changing, targets, running)
    _end(changing, targets, running)
    _begin(changing, targets, now)
    _tell(changing, kept)
    return [targets[place].id for place in places]


def _kept(terms: Sequence[NewTerm]) -> dict[Place, Target]:
    asked = {term.place for term in terms}
    rows = Target.objects.filter(
        indicator__in={term.indicator_id for term in terms}, region__in={term.region_id for term in terms}
    )
    return {place: row for row in rows if (place := (row.indicator_id, row.region_id)) in asked}


def _made(terms: Sequence[NewTerm]) -> dict[Place, Target]:
    """New targets for these terms, citing their indicator's clause and taking the form of the plan's own target."""
    if not terms:
        return {}
    indicators = Indicator.objects.in_bulk({term.indicator_id for term in terms})
    own = {
        row.indicator_id: row
        for row in Target.objects.filter(indicator__in=indicators, region_id=F("indicator__plan__region_id"))
    }
    rows = [_target(term, indicators[term.indicator_id], own.get(term.indicator_id)) for term in terms]
    insert_rows(rows)
    return {(row.indicator_id, row.region_id): row for row in rows}


def _target(term: NewTerm, indicator: Indicator, own: Target | None) -> Target:
    row = Target(
        indicator_id=term.indicator_id, region_id=term.region_id, document=indicator.document,
        clause_start=indicator.clause_start, clause_end=indicator.clause_end, **term.values(),
    )
    if own is not None:
        row.form, row.factor, row.of_indicator_id = own.form, own.factor, own.of_indicator_id
    return row


def _differs(term: NewTerm, running: TargetTerm | None) -> bool:
    return running is None or any(getattr(running, name) != value for name, value in term.values().items())


def _stop_if_too_early(
    terms: Sequence[NewTerm], targets: Mapping[Place, Target], running: Mapping[UUID, TargetTerm]
) -> None:
    for term in terms:
        ending = running.get(targets[term.place].id)
        if ending is not None and ending.since > term.since:
            raise TermTooEarly(
                f"这个目标已定有自{whole_day(ending.since)}起的值，新值的生效日不能早于那一天，请改为那一天或以后。"
            )


def _end(terms: Sequence[NewTerm], targets: Mapping[Place, Target], running: Mapping[UUID, TargetTerm]) -> None:
    ending: dict[date, list[UUID]] = defaultdict(list)
    for term in terms:
        row = running.get(targets[term.place].id)
        if row is not None:
            ending[term.since].append(row.id)
    for since, ids in ending.items():
        TargetTerm.objects.filter(id__in=ids).update(until=since)


def _begin(terms: Sequence[NewTerm], targets: Mapping[Place, Target], now: datetime) -> None:
    numbers = _numbers([targets[term.place].id for term in terms])
    insert_rows([
        TargetTerm(
            target_id=(target_id := targets[term.place].id), number=numbers.get(target_id, 0) + 1, since=term.since,
            source=term.source.value, source_id=term.source_id, reason=term.reason, set_at=now, **term.values(),
        )
        for term in terms
    ])


def _numbers(target_ids: Collection[UUID]) -> dict[UUID, int]:
    """The number of the newest term of each target that has one."""
    rows = TargetTerm.objects.filter(target__in=target_ids).values_list("target_id")
    return dict(rows.annotate(Max("number")).order_by())


def _tell(terms: Sequence[NewTerm], kept: Mapping[Place, Target]) -> None:
    """Give targets that stood already what their newest term says."""
    changed = [term for term in terms if term.place in kept]
    for term in changed:
        for name, value in term.values().items():
            setattr(kept[term.place], name, value)
    if changed:
        update_rows([kept[term.place] for term in changed], _SAID)
