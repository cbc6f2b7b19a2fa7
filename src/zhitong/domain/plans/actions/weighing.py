"""Keeping weights: those of a package, and those that an office sends in as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.models import Weight, WeightSet
from zhitong.domain.plans.package.weights import WeightSetRecord
from zhitong.domain.plans.rules.dividing import DivisionFact
from zhitong.kit.figures import NoFigure, number_in
from zhitong.kit.ids import uuid7
from zhitong.kit.keeping import Loaded, keep
from zhitong.kit.refusals import BadInput
from zhitong.kit.sheets.limits import UnreadableTable
from zhitong.kit.sheets.table import Line, plain, table_in

PLACE, CODE, VALUE = "区划", "区划代码", "权数"
LONGEST_NAME, LONGEST_SOURCE, LONGEST_MEASURE = 60, 200, 24


@transaction.atomic
def load_weights(campaign: str, sets: Sequence[WeightSetRecord]) -> Loaded:
    """Write the weights of a package; loading the same again changes nothing. What offices sent in stays."""
    ids, counted = keep(
        WeightSet.objects.filter(campaign=campaign), ("campaign", "code"),
        {(campaign, one.code): {"name": one.name, "measure": one.measure, "source": one.source} for one in sets}, sweep=False,
    )
    regions = dict(Region.objects.values_list("code", "id"))  # a region of the file that is not kept was named by the check
    for one in sets:
        set_id = ids[(campaign, one.code)]
        wanted = {
            (set_id, regions[code]): {"value": value} for code, value in one.values.items() if code in regions
        }
        counted += keep(Weight.objects.filter(weights_id=set_id), ("weights_id", "region_id"), wanted)[1]
    return counted


@transaction.atomic
def send_in_weights(
    campaign: str, content: bytes, turn: Turn, *, name: str, measure: str, source: str
) -> UUID:
    """Keep the weights of a sheet under a new name: a row for each region with its code or name, and its number.

    A set that may have been used is never changed: newer figures come under another name.
    Raises BadInput: a text is lacking or too long, the name is taken, or a cell cannot be read; `fields` names each.
    Raises NotYours: the post does not belong to an office.
    """
    require(turn.viewer, Permission.DISPATCH)
    faults = _faults(campaign, name, measure, source)
    if faults:
        raise BadInput("权数没有保存，请按提示改正。", faults)
    values = _values_in(content)
    kept = WeightSet.objects.create(
        campaign=campaign, code=f"sent-{uuid7().hex[:24]}", name=name.strip(), measure=measure.strip(), source=source.strip()
    )
    Weight.objects.bulk_create([Weight(weights=kept, region_id=region_id, value=value) for region_id, value in values.items()])
    record(
        str(DivisionFact.WEIGHED), thing_kind="weights", thing_id=kept.id, actor=turn.actor, at=turn.now,
        body={"campaign": campaign, "regions": len(values)},
    )
    return kept.id


def _faults(campaign: str, name: str, measure: str, source: str) -> dict[str, str]:
    limits = (("name", name, LONGEST_NAME, True), ("source", source, LONGEST_SOURCE, True),
              ("measure", measure, LONGEST_MEASURE, False))
    found = {
        field: "请填写。" if not text.strip() else f"最多{most}字。" for field, text, most, is_needed in limits
        if (is_needed and not text.strip()) or len(text.strip()) > most
    }
    if "name" not in found and WeightSet.objects.filter(campaign=campaign, name=name.strip()).exists():
        found["name"] = "已有同名的权数。数据更新了，请换个名称，例如加上年份。"
    return found


def _values_in(content: bytes) -> dict[UUID, Decimal]:
    try:
        table = table_in(content, words=[PLACE, CODE, VALUE])
        lines = list(table.lines)
    except UnreadableTable as unreadable:
        raise BadInput(str(unreadable), {"file": str(unreadable)}) from None
    columns = {plain(head): place for place, head in enumerate(table.heads)}
    if VALUE not in columns or not (PLACE in columns or CODE in columns):
        sentence = "表里要有“区划”（或“区划代码”）和“权数”两列。"
        raise BadInput(sentence, {"file": sentence})
    values: dict[UUID, Decimal] = {}
    faults: dict[str, str] = {}
    for line in lines:
        _take(line, columns, values, faults)
    if faults or not values:
        sentence = f"有{len(faults)}处填得不对，没有保存。" if faults else "表里没有一行权数。"
        raise BadInput(sentence, faults or {"file": sentence})
    return values


def _take(line: Line, columns: dict[str, int], values: dict[UUID, Decimal], faults: dict[str, str]) -> None:
    here, at = directory(), f"第{line.number}行"
    code = line.cells[columns[CODE]].strip() if CODE in columns else ""
    name = line.cells[columns[PLACE]].strip() if PLACE in columns else ""
    named = [one for one in here.regions.values() if name and name == one.name]
    region = here.region_coded(code) if code else named[0] if len(named) == 1 else None
    if region is None:
        faults[at] = f"“{code or name}”{'有几个区划同名，请写区划代码' if len(named) > 1 else '不是本系统里的区划'}。"
        return
    try:
        value = number_in(line.cells[columns[VALUE]])
    except NoFigure as trouble:
        faults[at] = f"{trouble}。"
        return
    if value is None or value < 0:
        faults[at] = f"{region.name}的权数要填不小于0的数。"
    elif region.id in values:
        faults[at] = f"{region.name}写了两行，请只留一行。"
    else:
        values[region.id] = value
