"""Who may set another light than the computed one: the campaign office of the level above, for a reason. Pure."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.rules import JUDGED, SET_BY_HAND, Light

LONGEST_REASON, SHORTEST_REASON = 400, 6


def why_not_override(region_id: UUID, unit_id: UUID | None, here: Directory) -> str | None:
    """Why a unit may not set lights of a region; None when it may."""
    region, above = here.regions[region_id], here.office_above(region_id)
    if above is None:
        return f"{region.name}是最高一级，没有上级，灯色只按规则算出，不能另定。"
    if above.id == unit_id:
        return None
    own = here.units.get(unit_id) if unit_id else None
    if own is not None and own.region_id == region_id:
        return f"本级不能给自己的目标另定灯色。认为算出的灯不合实情，请向{above.name}说明。"
    return f"{region.name}的灯色只能由{above.name}另定。"


def light_trouble(computed: Light, light: Light) -> str:
    """What is wrong with setting a light beside the computed one; empty when nothing is."""
    if computed not in JUDGED:
        return "这一期没有数据，不能另定灯色，请先催报。"
    if light not in SET_BY_HAND:
        return f"可以另定为{'、'.join(one.label for one in SET_BY_HAND)}，请从中选一个。"
    return f"系统算出的就是“{light.label}”，不用另定。" if light is computed else ""


def reason_trouble(reason: str) -> str:
    """What is wrong with a reason; empty when nothing is."""
    if len(reason.strip()) < SHORTEST_REASON:
        return f"请写明另定的理由（至少{SHORTEST_REASON}个字），理由会和灯一起显示。"
    return f"理由最多{LONGEST_REASON}个字，现在是{len(reason)}个。" if len(reason) > LONGEST_REASON else ""
