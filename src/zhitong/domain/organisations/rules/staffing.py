"""What a system administrator may do with the units, posts and people of his own subtree: never above what he holds. Pure."""

from __future__ import annotations

from zhitong.domain.organisations.rules.apart import KEEPERS
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.kit.choices import Word

OPENED = (
    UnitKind.DEPARTMENT, UnitKind.PARTY_BODY, UnitKind.INSPECTION_OFFICE, UnitKind.WORK_GROUP, UnitKind.TASK_FORCE,
    UnitKind.RESIDENT_BODY, UnitKind.DELEGATES,
)
"""Kinds of units that are opened by hand; the bodies of the campaign itself come with its package, firms with the register."""
LONGEST_UNIT, LONGEST_TITLE, LONGEST_NAME = 120, 60, 40


class StaffFact(Word):
    """What is recorded of units, posts and people."""

    UNIT_OPENED = "staff.unit_opened", "新设单位"
    UNIT_RENAMED = "staff.unit_renamed", "单位更名"
    UNIT_CLOSED = "staff.unit_closed", "撤销单位"
    POST_OPENED = "staff.post_opened", "增设岗位"
    POST_CLOSED = "staff.post_closed", "撤销岗位"
    SEATED = "staff.seated", "任职"
    LEFT = "staff.left", "免职"
    MOVED = "staff.moved", "调动"


def keeper_trouble(kind: PostKind, *, is_own_region: bool) -> str:
    """Why an administrator may not fill or empty a post of this kind; empty where he may.

    The three administrators of a region are the business of the level above: nobody appoints, unseats or resets his equals,
    nor who audits him.
    """
    if kind in KEEPERS and is_own_region:
        return f"本级的{kind.label}由上一级系统管理员任免；最高一级的由运行维护人员用命令办理。"
    return ""
