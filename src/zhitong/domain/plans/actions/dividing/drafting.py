"""Drawing a division up: a draft with a place for every region, filled in by hand, worked out, or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.history.actions import record_many
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.actions.dividing.standing import (
    NotNow,
    Turn,
    drafts_locked,
    must_be_version,
    targets_to_divide,
)
from zhitong.domain.plans.actions.dividing.writing import write_shares
from zhitong.domain.plans.models import Division, Share, WeightSet
from zhitong.domain.plans.queries.dividing.heads import TargetHead
from zhitong.domain.plans.queries.dividing.parts import parts_among
from zhitong.domain.plans.queries.dividing.weights import weights_in
from zhitong.domain.plans.rules.coherence import Claim, worked_out
from zhitong.domain.plans.rules.dividing import (
    COMPUTED,
    DivisionFact,
    DivisionMethod,
    DivisionState,
    ShareState,
    fitting_methods,
    share_trouble,
)
from zhitong.domain.plans.rules.sharing import NothingToWeighBy, SharedOut
from zhitong.kit.refusals import BadInput
from zhitong.kit.rows import insert_rows, update_rows


@transaction.atomic
def draft(target_ids: Sequence[UUID], turn: Turn) -> list[UUID]:
    """Open a draft for each target, with a place for every region below; returns the divisions in the order asked.

    Where a draft is under way it is that one; where a division is in force its shares are what one begins with.
    Costs a fixed number of statements, whatever the number of targets.
    Raises NotFound, NotYours, NotNow: see `standing.targets_to_divide`; NotNow too: the region has nobody below.
    """
    heads = {one.id: one for one in targets_to_divide(target_ids, turn)}
    here = directory()
    for head in heads.values():
        if not here.children(head.region_id):
            raise NotNow(f"{here.regions[head.region_id].name}下面没有区划，{head.name}不用再分解。")
    under_way = dict(
        Division.objects.filter(target_id__in=heads, state=DivisionState.DRAFT.value).values_list("target_id", "id")
    )
    made = _made([head for head in heads.values() if head.id not in under_way], turn)
    record_many([
        turn.fact(DivisionFact.DRAFTED, "division", row.id, {"target": row.target_id, "number": row.number}) for row in made
    ])
    drafts = under_way | {row.target_id: row.id for row in made}
    return [drafts[target_id] for target_id in target_ids]


def _made(heads: Sequence[TargetHead], turn: Turn) -> list[Division]:
    ids = [head.id for head in heads]
    numbers = dict(Division.objects.filter(target_id__in=ids).values_list("target_id").annotate(Max("number")).order_by())
    rows = [
        Division(
            target_id=head.id, number=numbers.get(head.id, 0) + 1, method=DivisionMethod.HAND.value,
            state=DivisionState.DRAFT.value, by_unit_id=turn.viewer.unit_id, made_at=turn.now,
        )
        for head in heads
    ]
    insert_rows(rows)
    before, here = _in_force(ids), directory()
    insert_rows([
        Share(
            division_id=row.id, region_id=region.id, state=ShareState.DRAFT.value,
            value=kept[0] if (kept := before.get((row.target_id, region.id))) else None, weight=kept[1] if kept else None,
        )
        for row, head in zip(rows, heads, strict=True)
        for region in here.children(head.region_id)
    ])
    return rows


def _in_force(target_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], tuple[Decimal | None, Decimal | None]]:
    """Value and weight of every share in force, by target and region."""
    rows = Share.objects.filter(division__target_id__in=target_ids, division__state=DivisionState.ISSUED.value)
    return {
        (target_id, region_id): (value, weight)
        for target_id, region_id, value, weight in rows.values_list("division__target_id", "region_id", "value", "weight")
    }


@transaction.atomic
def set_shares(
    division_id: UUID, values: Mapping[UUID, Decimal | None], turn: Turn, *, version: int | None,
    method: DivisionMethod = DivisionMethod.HAND,
) -> int:
    """Write shares by region as they were typed or sent in; regions that are not named stay. Returns the new version.

    Raises BadInput: a share cannot be, each said under its region's id, and nothing is written. Raises Overtaken: the
    draft is no longer the version that was looked at. Raises NotFound, NotYours, NotNow: see `standing.drafts_locked`.
    """
    [(row, head)] = drafts_locked([division_id], turn)
    must_be_version(row, version)
    shares = {share.region_id: share for share in Share.objects.filter(division_id=row.id)}
    troubles = {
        str(region_id): trouble for region_id, value in values.items()
        if (trouble := _trouble(head, region_id in shares, value))
    }
    if troubles:
        raise BadInput("有的分解数填得不对，没有保存。请按提示改正后再保存。", troubles)
    for region_id, value in values.items():
        shares[region_id].value = value
    write_shares([shares[region_id] for region_id in values])
    row.method, row.version = method.value, row.version + 1
    row.save(update_fields=["method", "version"])
    record_many([turn.fact(DivisionFact.SET, "division", row.id, {
        "method": method, "values": {str(region_id): value for region_id, value in values.items()},
    })])
    return row.version


def _trouble(head: TargetHead, is_a_place: bool, value: Decimal | None) -> str:
    if not is_a_place:
        return "不是这个目标的下级区划。"
    return "" if value is None else share_trouble(head.asks, value)


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What a method came to for one draft; `tied` and `empty` name regions, see `rules.sharing.SharedOut`."""

    division_id: UUID
    method: DivisionMethod
    tied: tuple[str, ...]
    spare: int
    empty: tuple[str, ...]


@transaction.atomic
def set_by_method(
    division_ids: Sequence[UUID], method: DivisionMethod, turn: Turn, *, weights_id: UUID | None = None,
    version: int | None = None,
) -> list[WorkedOut]:
    """Work the shares of drafts out: numbers are parted by weight or alike, rates and standards are the same everywhere.

    Where a whole and all its parts are worked out together, a region's whole is the sum of its parts. The weights are
    kept with the shares, those of a rate too: its mean is weighed by them. A fixed number of statements.
    Raises BadInput: the method works nothing out, or by weight without weights. Raises NotFound, NotYours, NotNow, Overtaken.
    """
    weights = _weights(method, weights_id)
    found = drafts_locked(division_ids, turn)
    for row, _head in found:
        must_be_version(row, version)
    shares: dict[UUID, list[Share]] = {row.id: [] for row, _head in found}
    for share in Share.objects.filter(division_id__in=shares).order_by("region__position"):
        shares[share.division_id].append(share)
    known = weights_in(weights.id, {share.region_id for some in shares.values() for share in some}) if weights else {}
    claims = {row.id: {share.region_id: known.get(share.region_id, Decimal(0)) for share in shares[row.id]} for row, _ in found}
    given = _worked_out(found, method, claims)
    for row, head in found:
        row.method, row.weights, row.version = _method_for(head, method).value, weights, row.version + 1
        for share in shares[row.id]:
            share.value = given[row.id].parts[share.region_id]
            share.weight = known.get(share.region_id) if weights else None
    write_shares([one for some in shares.values() for one in some])
    update_rows([row for row, _head in found], ["method", "weights", "version"])
    record_many([
        turn.fact(DivisionFact.SET, "division", row.id, {"method": row.method, "weights": weights.code if weights else ""})
        for row, _head in found
    ])
    here = directory()
    return [_told(row, given[row.id], here) for row, _head in found]


def _weights(method: DivisionMethod, weights_id: UUID | None) -> WeightSet | None:
    if method not in COMPUTED:
        raise BadInput("请选择平均、按权数或者各地相同。", {"method": "这种办法不能自动计算。"})
    weights = WeightSet.objects.filter(id=weights_id).first() if weights_id else None
    if weights is None and (method is DivisionMethod.WEIGHT or weights_id):
        raise BadInput("请选择按什么权数分解。", {"weights": "请选择权数。"})
    return weights


def _method_for(head: TargetHead, method: DivisionMethod) -> DivisionMethod:
    """The method itself where it fits the target, else the one that does: a rate is never parted."""
    fitting = fitting_methods(head.asks)
    return method if method in fitting or head.asks.is_summed else fitting[0]


def _worked_out(
    found: Sequence[tuple[Division, TargetHead]], method: DivisionMethod, claims: Mapping[UUID, Mapping[UUID, Decimal]]
) -> Mapping[UUID, SharedOut[UUID]]:
    parts = parts_among([(row.id, head) for row, head in found])
    asked = {
        row.id: Claim(head.asks, _method_for(head, method), claims[row.id], parts.get(row.id, ())) for row, head in found
    }
    try:
        return worked_out(asked)
    except NothingToWeighBy:
        raise BadInput(
            "所选的权数里没有这些区划的数，无法按它分解。请换一种权数，或先导入这些区划的权数。", {"weights": "没有这些区划的数。"}
        ) from None


def _told(row: Division, shared: SharedOut[UUID], here: Directory) -> WorkedOut:
    return WorkedOut(
        row.id, DivisionMethod(row.method), tuple(here.regions[one].short for one in shared.tied), shared.spare,
        tuple(here.regions[one].short for one in shared.empty),
    )


@transaction.atomic
def discard(division_id: UUID, turn: Turn) -> None:
    """Give a draft up; what is in force stays. Raises NotFound, NotYours, NotNow: see `standing.drafts_locked`."""
    [(row, _head)] = drafts_locked([division_id], turn)
    record_many([turn.fact(DivisionFact.DISCARDED, "division", row.id, {"target": row.target_id, "number": row.number})])
    row.delete()
