"""What a higher level may do about a matter below it: whom it may give a share, how far a taking over reaches. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry

SHARES_AT_MOST = 5


def share_trouble(unit_ids: Sequence[UUID], asked: Collection[UUID], coordinator_id: UUID, directory: Directory) -> str | None:
    """Why a coordination may not share a matter out like this; None when it may.

    Shares go to units beside the coordinating one or below it, one share each; `asked` have an open part already.
    """
    if not 1 <= len(unit_ids) <= SHARES_AT_MOST:
        return f"统筹协调须把事项分给 1 至 {SHARES_AT_MOST} 个单位，请写明各单位的任务。"
    if len(set(unit_ids)) < len(unit_ids):
        return "同一单位只写一项任务。请把该单位的任务合并成一项。"
    for unit_id in unit_ids:
        trouble = _trouble_with(directory.units.get(unit_id), asked, coordinator_id, directory)
        if trouble:
            return trouble
    return None


def _trouble_with(
    unit: UnitEntry | None, asked: Collection[UUID], coordinator_id: UUID, directory: Directory
) -> str | None:
    region_id = directory.units[coordinator_id].region_id
    if unit is None or region_id not in {region.id for region in directory.path(unit.region_id)}:
        return "任务只能分给本级和下级的单位。需要上级解决的，请提出提请上级协调。"
    if unit.id == coordinator_id:
        return f"{unit.name}负责统筹，不给自己分任务；自己的工作直接办理。"
    if unit.is_consulted:
        return f"{unit.name}不在属地管理序列，不能直接分给任务。请向其商请。"
    if unit.id in asked:
        return f"{unit.name}已有一项待反馈的任务。请等其反馈后再分。"
    return None


def levels_between(lower_region_id: UUID, upper_region_id: UUID, directory: Directory) -> int:
    """How many levels lie between a region and one above it; at least one."""
    return max(1, len(directory.path(lower_region_id)) - len(directory.path(upper_region_id)))


def receiver_at(region_id: UUID, line_id: UUID | None, directory: Directory) -> UnitEntry | None:
    """The unit that keeps a line at a level and can be charged; None where its office keeps the matter on its desk."""
    keeper = directory.keeper(region_id, line_id) if line_id else None
    return keeper if keeper and not keeper.is_consulted else None


def offices_passed(lower_region_id: UUID, upper_region_id: UUID, directory: Directory) -> list[UUID]:
    """The campaign offices of the levels that a matter passes on its way up, the lowest first."""
    path = [region.id for region in reversed(directory.path(lower_region_id))]
    passed = (directory.office(region_id) for region_id in path[: path.index(upper_region_id)])
    return list(dict.fromkeys(office.id for office in passed if office))
