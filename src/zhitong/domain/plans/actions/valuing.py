"""The values that a plan sets for its own region, when it is loaded: the first term of each target."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Curve, Target, TargetTerm
from zhitong.domain.plans.package import IndicatorRecord, PlanRecord
from zhitong.domain.plans.queries.amended import aspirations_amended
from zhitong.domain.plans.rules import CurveState, TermSource
from zhitong.domain.plans.rules.curves import points_for, written
from zhitong.kit.clock import day_of
from zhitong.kit.keeping import Key, Loaded, keep


def load_values(
    record: PlanRecord, plan_id: UUID, region_id: UUID, ids: Mapping[str, UUID], now: datetime
) -> Loaded:
    """Let the plan's values hold in its region; `ids` are its indicators by code. Returns what has changed.

    What a division or an amendment has set since is left alone. The targets of lower regions are not touched.
    """
    own = {row.indicator_id: row for row in Target.objects.filter(indicator__in=ids.values(), region_id=region_id)}
    running = {
        row.target.indicator_id: row
        for row in TargetTerm.objects.filter(target__in=own.values(), until__isnull=True).select_related("target")
    }
    settled = {at for at, row in running.items() if row.source != TermSource.PLAN.value}
    terms = [_term(one, plan_id, region_id, ids[one.code], _since(record, running.get(ids[one.code]), now))
             for one in record.indicators if ids[one.code] not in settled]
    differing = [term for term in terms if _differs(term, running.get(term.indicator_id))]
    set_terms(differing, now=now)
    amended = aspirations_amended(ids.values(), region_id)
    _, counted = keep(
        Target.objects.filter(indicator__in=ids.values(), region_id=region_id), ("indicator_id", "region_id"),
        {
            (ids[one.code], region_id): {**_described(one, ids), **amended.get(ids[one.code], {})}
            for one in record.indicators
        },
    )
    counted += _load_curves(record, region_id, ids, now)
    new = sum(term.indicator_id not in own for term in differing)
    return counted + Loaded(created=new, changed=len(differing) - new)


def _since(record: PlanRecord, running: TargetTerm | None, now: datetime) -> date:
    """The day the plan was issued, else the campaign's first; a value that is corrected keeps its day."""
    since = record.issued_on or record.begins_on or day_of(now)
    return max(since, running.since) if running else since


def _differs(term: NewTerm, running: TargetTerm | None) -> bool:
    return running is None or any(getattr(running, name) != value for name, value in term.values().items())


def _term(one: IndicatorRecord, plan_id: UUID, region_id: UUID, indicator_id: UUID, since: date) -> NewTerm:
    return NewTerm(
        indicator_id, region_id, one.comparator, one.value, one.upper, one.deadline, since, TermSource.PLAN, plan_id, "",
    )


def _described(one: IndicatorRecord, ids: Mapping[str, UUID]) -> dict[str, Any]:
    """What a target says beside its value."""
    more, formula = one.aspiration, one.formula
    return {
        "form": one.form.value, "base": one.base, "base_words": one.base_words,
        "factor": formula.factor if formula else None, "of_indicator_id": ids[formula.of] if formula else None,
        "aspiration_code": more.code if more else "", "aspiration_value": more.value if more else None,
        "aspiration_text": more.text if more else "", "aspiration_start": more.clause.start if more else None,
        "aspiration_end": more.clause.end if more else None, "document": one.clause.document,
        "clause_start": one.clause.start, "clause_end": one.clause.end,
    }


def _load_curves(record: PlanRecord, region_id: UUID, ids: Mapping[str, UUID], now: datetime) -> Loaded:
    """Let the curves that the plan itself lays down be the first ones; those proposed by people stay."""
    begin = record.begins_on or day_of(now)
    drawn = {ids[one.code]: one for one in record.indicators if one.curve}
    targets = Target.objects.filter(indicator__in=drawn, region_id=region_id)
    wanted: dict[Key, dict[str, Any]] = {}
    for target_id, indicator_id, deadline in targets.values_list("id", "indicator_id", "deadline"):
        curve = drawn[indicator_id].curve
        assert curve is not None
        ends = deadline or record.ends_on or date(begin.year, 12, 31)
        points = points_for(curve.shape, begin, ends, calendar(), curve.months)
        wanted[target_id, 1] = {
            "shape": curve.shape.value, "points": written(points), "since": begin, "state": CurveState.ACCEPTED.value,
        }
    return _keep_curves(wanted, now)


def _keep_curves(wanted: Mapping[Key, Mapping[str, Any]], now: datetime) -> Loaded:
    """Curves of the plan are nobody's: `by_unit` is empty."""
    kept = {row.target_id: row for row in Curve.objects.filter(target__in=[at for at, _ in wanted], number=1)}
    new = [
        Curve(target_id=target, number=number, proposed_at=now, decided_at=now, **values)
        for (target, number), values in wanted.items() if target not in kept
    ]
    changed = [
        row for (target, _), values in wanted.items()
        if (row := kept.get(target)) and row.by_unit_id is None and any(getattr(row, name) != value for name, value in values.items())
    ]
    for row in changed:
        for name, value in wanted[row.target_id, 1].items():
            setattr(row, name, value)
        row.save()
    Curve.objects.bulk_create(new)
    return Loaded(created=len(new), changed=len(changed))
