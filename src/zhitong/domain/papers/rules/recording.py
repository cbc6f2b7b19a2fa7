"""A draft written as the plans room takes plans: what the paper says, beside what was said by hand of the same before. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhitong.domain.papers.rules.sorting import kind_of
from zhitong.domain.plans.package import Clause, IndicatorRecord, PlanRecord, TaskRecord, UnitRecord
from zhitong.domain.plans.rules import (
    Comparator,
    Frequency,
    IndicatorClass,
    IndicatorKind,
    Role,
    TargetForm,
    TaskKind,
    aggregation_of,
    direction_of,
)
from zhitong.kit.source import Row
from zhitong.policy.shapes import Indicator, Plan, Task

COUNTED = frozenset({IndicatorClass.TARGET, IndicatorClass.COVERAGE})
"""What becomes a target of the plan; money, days and thresholds stay in the words of their task."""
LONGEST_TITLE, LONGEST_NAME, LONGEST_PLACE, LONGEST_PART, LONGEST_SCOPE, LONGEST_CODE, LONGEST_MEASURE = (
    120, 200, 40, 200, 60, 40, 24,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a plan is published as: whose, which version, from which day its values hold."""

    campaign: str
    region: str
    version: int
    document: str
    title: str
    number: str
    issued_on: date
    begins_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the paper: kinds people have said, units by printed name (the others are left as printed), the
    tasks one level up (`campaign#number`), and the plan in force, whose codes and settings the same things keep."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, UUID] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    before: PlanRecord | None = None


def record_of(draft: Plan, head: Head, beside: Beside) -> PlanRecord:
    """The draft as a plan to be loaded; see `troubles_of` for what cannot be."""
    before = beside.before
    was = {task.number: task for task in before.tasks} if before else {}
    tasks = tuple(_task(one, draft, head, beside, was.get(one.id)) for one in draft.tasks)
    counted = [one for one in draft.indicators if is_counted(one)]
    codes = codes_for(counted, before.indicators if before else ())
    kept = {one.code: one for one in before.indicators} if before else {}
    return PlanRecord(
        campaign=head.campaign, region=head.region, version=head.version, document=head.document, title=head.title[:200],
        number=head.number[:60], issuers=draft.document.issuer, issued_on=head.issued_on, begins_on=head.begins_on,
        ends_on=head.ends_on, tasks=tasks,
        indicators=tuple(_indicator(one, codes, draft, head, kept.get(codes[one.id])) for one in counted), gates=(),
        numbers=frozenset(one.id for one in draft.tasks), row=_ROW,
    )


def is_counted(one: Indicator) -> bool:
    """Whether an indicator becomes a target: it is reached, it is not optional, and its number is known."""
    return IndicatorClass(one.class_) in COUNTED and not one.optional and (one.value is not None or bool(one.values))


def troubles_of(draft: Plan, unlinked: Sequence[str]) -> list[str]:
    """Why a draft cannot be published, each with the way on; empty when it can."""
    troubles = [] if draft.tasks else ["草案里没有任务。请先在原文上选中文字补上任务。"]
    broken = [one for one in draft.indicators if _is_broken(one)]
    if broken:
        named = "、".join(f"“{one.name or one.text[:20]}”" for one in broken[:5])
        troubles.append(f"{len(broken)}个指标的数值在原文里残缺（{named}）。请对照原件改好，或者去掉这些指标。")
    long = [one for one in draft.tasks if len(one.id) > LONGEST_PLACE]
    troubles += [f"任务“{one.title[:20]}”的编号超过{LONGEST_PLACE}字，请改短。" for one in long]
    if unlinked:
        names = "、".join(f"“{name}”" for name in unlinked[:8])
        troubles.append(f"{len(unlinked)}个单位名称没有对上（{names}）。请选定单位，或者标明按原文保留。")
    return troubles


def _is_broken(one: Indicator) -> bool:
    return IndicatorClass(one.class_) in COUNTED and not one.optional and one.damaged and one.value is None and not one.values


def codes_for(counted: Sequence[Indicator], before: Sequence[IndicatorRecord]) -> dict[str, str]:
    """The code of each indicator by its id: that of the same indicator in the plan in force, else its own.

    The same is: the same task, name and unit; else the same task, unit and kind where only one is so on either side.
    """
    codes: dict[str, str] = {}
    left = list(before)
    for key_of, key_was in _SAME:
        for one in counted:
            alike = [was for was in left if key_was(was) == key_of(one)]
            rivals = [other for other in counted if other.id not in codes and key_of(other) == key_of(one)]
            if one.id not in codes and len(alike) == len(rivals) == 1:
                codes[one.id] = alike[0].code
                left.remove(alike[0])
    taken = {one.code for one in before} | set(codes.values())
    for one in counted:
        if one.id not in codes:
            codes[one.id] = next(code for code in _spellings(one.id) if code not in taken)
            taken.add(codes[one.id])
    return codes


_Alike = tuple[Callable[[Indicator], tuple[str, ...]], Callable[[IndicatorRecord], tuple[str, ...]]]
_SAME: tuple[_Alike, ...] = (
    (lambda one: (one.task_id or "", one.name, one.unit or ""), lambda was: (was.task, was.name, was.unit)),
    (
        lambda one: (one.task_id or "", one.kind, one.unit or "", one.scope or ""),
        lambda was: (was.task, was.kind.value, was.unit, was.scope),
    ),
)


def _spellings(wanted: str) -> Iterator[str]:
    yield wanted[:LONGEST_CODE]
    for number in range(2, 10_000):
        yield f"{wanted[:LONGEST_CODE - 6]}-{number}"


def _task(one: Task, draft: Plan, head: Head, beside: Beside, was: TaskRecord | None) -> TaskRecord:
    said = beside.kinds.get(one.id)
    kind = TaskKind(said) if said else was.kind if was else kind_of(one, draft.sections)
    start = one.start if one.body_start is None else one.body_start
    return TaskRecord(
        number=one.id, title=_fitting(one.title, LONGEST_TITLE), kind=kind, section=_fitting(one.section_path, LONGEST_PLACE),
        content=draft.text[start:one.end].strip(), parent=beside.parents.get(one.id) or (was.parent if was else ""),
        is_damaged=one.damaged, clause=Clause(head.document, one.start, one.end), units=_units(one, beside.units), row=_ROW,
    )


def _units(one: Task, units: Mapping[str, UUID]) -> tuple[UnitRecord, ...]:
    """The units of a task, each once in a role and part; a name that no unit bears is a collective."""
    found: dict[tuple[UUID | str, str, str], UnitRecord] = {}
    for said in one.responsible:
        part, printed = _fitting(said.part or "", LONGEST_PART), _fitting(said.printed or said.name, LONGEST_TITLE)
        key = (units.get(said.name, printed), said.role, part)
        record = UnitRecord(said.name, Role(said.role), part, (), printed, said.name not in units, False, _ROW)
        found.setdefault(key, record)
    return tuple(found.values())


def _indicator(
    one: Indicator, codes: Mapping[str, str], draft: Plan, head: Head, was: IndicatorRecord | None
) -> IndicatorRecord:
    kind, comparator = IndicatorKind(one.kind), Comparator(one.comparator or Comparator.EQUAL.value)
    value, upper = goal_of(one)
    if (comparator is Comparator.RANGE) is (upper is None):
        comparator = Comparator.EQUAL if upper is None else Comparator.RANGE
    place = next((task.section_path for task in draft.tasks if task.id == one.task_id), "")
    new = IndicatorRecord(
        code=codes[one.id], task=one.task_id or "", section=_fitting(place, LONGEST_PLACE), name=_fitting(one.name, LONGEST_NAME),
        klass=IndicatorClass(one.class_), kind=kind, unit=(one.unit or "")[:LONGEST_MEASURE],
        scope=_fitting(one.scope or "", LONGEST_SCOPE), direction=direction_of(comparator), aggregation=aggregation_of(kind),
        weight="", frequency=Frequency.MONTH, comparator=comparator, value=value, upper=upper, deadline=day_of(one.deadline),
        per="", modality="", is_approximate=False, is_implied=False, is_damaged=one.damaged, text=one.text,
        clause=Clause(head.document, one.start, one.end), aspiration=None, restated_by=_codes(one.restated_by, codes),
        part_of=_codes(one.part_of, codes), form=TargetForm.NUMBER, formula=None, base=None, base_words="", curve=None,
        upper_reading="", row=_ROW,
    )
    if was is None:
        return new
    kept = replace(new, **{name: getattr(was, name) for name in _BY_HAND})
    is_loose = kept.formula is not None and kept.formula.of not in codes.values()
    return replace(kept, form=TargetForm.NUMBER, formula=None) if is_loose else kept


_BY_HAND = (
    "direction", "aggregation", "weight", "frequency", "per", "modality", "is_approximate", "aspiration", "form", "formula",
    "base", "base_words", "upper_reading",
)
"""What a paper does not say of an indicator and a person has said of it."""
_ROW = Row("", 0)


def goal_of(one: Indicator) -> tuple[Decimal, Decimal | None]:
    """The value, and the upper end of a range."""
    if one.values:
        return one.values[0], one.values[-1]
    assert one.value is not None, "a number that is not known is not counted"
    return one.value, None


def day_of(written: str | None) -> date | None:
    """The day that a reading prints."""
    return date.fromisoformat(written) if written else None


def _codes(others: str | tuple[str, ...] | None, codes: Mapping[str, str]) -> tuple[str, ...]:
    told = (others,) if isinstance(others, str) else others or ()
    return tuple(codes[other] for other in told if other in codes)


def _fitting(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"
