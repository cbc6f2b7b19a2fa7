"""Whether the lines of an amendment can be so: of this plan and region, readable, and changing something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.models import Plan, Target, Task
from zhitong.domain.plans.queries.amended import Stand, plain, stands_of
from zhitong.domain.plans.rules import Changed, Comparator, Role
from zhitong.domain.plans.rules.amending import OF_TARGETS, ItemAsked
from zhitong.kit.figures import whole_day
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import clean_text, text_trouble


class AmendmentWrong(BadInput):
    """An amendment cannot be so; `fields` has a sentence for each field, lines by place: `items-0`."""


class _Wrong(Exception):
    """What is wrong with one line, in a sentence."""


def checked(items: Sequence[ItemAsked], plan: Plan, region_id: UUID, since: date) -> list[ItemAsked]:
    """The lines with what they change to as it is kept. Some five queries.

    Raises AmendmentWrong: a line is of another plan or region, of a cancelled target, cannot be read, or changes nothing.
    """
    targets = {
        row.id: row for row in Target.objects.select_related("indicator").filter(
            id__in=[item.thing_id for item in items], indicator__plan=plan, region_id=region_id
        )
    }
    tasks = set(Task.objects.filter(plan=plan, id__in=[item.thing_id for item in items]).values_list("id", flat=True))
    if plan.region_id != region_id:
        tasks = set()
    kept, faults = [], {}
    for place, (item, before) in enumerate(zip(items, stands_of(items), strict=True)):
        try:
            _stop_if_elsewhere(item, targets, tasks)
            after = _read(item, since)
            if after == before:
                raise _Wrong("与现在相同，没有可调整的，请删去这一项。")
            kept.append(ItemAsked(item.changed, item.thing_id, after))
        except _Wrong as wrong:
            faults[f"items-{place}"] = str(wrong)
    if faults:
        raise AmendmentWrong(next(iter(faults.values())), faults)
    return kept


def _stop_if_elsewhere(item: ItemAsked, targets: Mapping[UUID, Target], tasks: set[UUID]) -> None:
    if item.changed in OF_TARGETS:
        row = targets.get(item.thing_id)
        if row is None:
            raise _Wrong("这个目标不是本地在这份方案里的目标，请重新选择。")
        if row.is_cancelled:
            raise _Wrong(f"“{row.indicator.full_name}”已经取消，不能再调整。")
    elif item.thing_id not in tasks:
        raise _Wrong("任务内容和责任单位由印发方案的一级调整，请重新选择。")


def _read(item: ItemAsked, since: date) -> Stand:
    match item.changed:
        case Changed.VALUE:
            return _value(item.after)
        case Changed.DEADLINE:
            return {"deadline": _deadline(item.after.get("deadline"), since)}
        case Changed.ASPIRATION:
            said = str(item.after.get("value") or "").strip()
            return {"value": plain(_number(said)) if said else ""}
        case Changed.UNITS:
            return {"units": _units(item.after.get("units"))}
        case Changed.CONTENT:
            return {"content": _content(item.after.get("content"))}
    return {}


def _value(after: Mapping[str, Any]) -> Stand:
    try:
        comparator = Comparator(str(after.get("comparator")))
    except ValueError:
        raise _Wrong("请选择目标的比较方式。") from None
    value, said = _number(after.get("value")), str(after.get("upper") or "").strip()
    if comparator is not Comparator.RANGE:
        return {"comparator": str(comparator), "value": plain(value), "upper": ""}
    upper = _number(said)
    if upper < value:
        raise _Wrong("区间的上限不能小于下限，请改正。")
    return {"comparator": str(comparator), "value": plain(value), "upper": plain(upper)}


def _number(said: object) -> Decimal:
    try:
        number = Decimal(str(said).strip())
    except InvalidOperation:
        raise _Wrong("请填写调整后的数，例如 520。") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 18 or number != number.quantize(Decimal("0.000001")):
        raise _Wrong("这个数过大或小数过多，请核对后再填。")
    return number


def _deadline(said: object, since: date) -> str:
    if not said:
        raise _Wrong("请填写调整后的完成时限，例如2018年12月31日。")
    try:
        day = date.fromisoformat(str(said))
    except ValueError:
        raise _Wrong("完成时限应为日期，例如2018年12月31日。") from None
    if day < since:
        raise _Wrong(f"完成时限不能早于生效日（{whole_day(since)}）。")
    return day.isoformat()


def _content(said: object) -> str:
    words = clean_text(str(said or ""))
    if trouble := text_trouble(words, 5000):
        raise _Wrong(trouble)
    if not words:
        raise _Wrong("请填写调整后的任务内容。")
    return words


def _units(said: object) -> list[Stand]:
    units = [_unit(one) for one in (said if isinstance(said, list) else []) if isinstance(one, Mapping)]
    if not any(one["role"] in (Role.LEAD.value, Role.JOINT.value, Role.RESPONSIBLE.value) for one in units if one["unit"]):
        raise _Wrong("一项任务至少要有一个牵头或负责的单位。")
    if len({(one["unit"], one["name"], one["role"], one["part"]) for one in units}) < len(units):
        raise _Wrong("同一单位以同一身份只写一次，请改正。")
    return units


def _unit(one: Mapping[str, Any]) -> Stand:
    """A unit in a task; a collective as printed has a name only."""
    said, name = one.get("unit"), str(one.get("name") or "").strip()
    where = {"role": _role(one.get("role")), "part": clean_text(str(one.get("part") or ""))}
    if len(name) > 120 or len(where["part"]) > 200:
        raise _Wrong("单位名称最多120字，分工最多200字，请删减。")
    if not said and name:
        return {"unit": "", "name": name, **where}
    unit = directory().units.get(_unit_id(said))
    if unit is None:
        raise _Wrong("请从现有单位中选择责任单位。")
    return {"unit": str(unit.id), "name": name or unit.name, **where}


def _unit_id(said: object) -> UUID:
    try:
        return UUID(str(said))
    except ValueError:
        raise _Wrong("请从现有单位中选择责任单位。") from None


def _role(said: object) -> str:
    try:
        return str(Role(str(said)))
    except ValueError:
        raise _Wrong("请选择单位在任务里的身份。") from None
