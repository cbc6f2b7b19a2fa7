"""The plan on a sheet: a row per target of every task, with how it stands where one may watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import FileResponse
from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.queries import PlanView
from zhitong.domain.plans.rules import Role
from zhitong.web.plan import rows
from zhitong.web.plan.filters import TaskFilters
from zhitong.web.plan.tree import Bough, Branch, Leaf
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.sheets import notes_of, sheet_of


@dataclass(frozen=True)
class TreeRow:
    """A target of a task, or a task that has none."""

    branch: Branch
    leaf: Leaf | None


_PAPER = (
    Column("number", "编号", value=lambda row: row.branch.task.number),
    Column("title", "任务", value=lambda row: row.branch.task.title),
    Column("kind", "类别", value=lambda row: row.branch.task.kind.label),
    Column("section", "章节", value=lambda row: row.branch.task.section),
    Column("lead", "牵头单位", Kind.LONG, value=lambda row: row.branch.leads),
    Column("support", "配合单位", Kind.LONG, value=lambda row: rows.units_in_words(row.branch.task, Role.SUPPORT)),
    Column("joint", "负责单位", Kind.LONG, value=lambda row: rows.units_in_words(row.branch.task, Role.JOINT, Role.RESPONSIBLE)),
    Column("target", "指标", Kind.LONG, value=lambda row: row.leaf.name if row.leaf else ""),
    Column("goal", "目标值", value=lambda row: row.leaf.goal if row.leaf else ""),
    Column("deadline", "期限", Kind.DAY, value=lambda row: row.leaf.target.deadline if row.leaf else None),
)
_WATCHED = (
    Column("actual", "实际", value=lambda row: row.leaf.actual if row.leaf else ""),
    Column("expected", "应达", value=lambda row: row.leaf.expected if row.leaf else ""),
    Column("share", "完成目标的", value=lambda row: row.leaf.share if row.leaf else ""),
    Column("light", "灯", Kind.LIGHT, value=lambda row: row.leaf.light if row.leaf else None),
    Column("override", "上级另定", Kind.LIGHT, value=lambda row: row.leaf.override if row.leaf else None),
    Column("words", "怎么算的", Kind.LONG, value=lambda row: _rule_of(row.leaf)),
)
_TEXT = (Column("content", "原文", Kind.LONG, value=lambda row: row.branch.task.content),)


def tree_sheet(
    chosen: PlanView, boughs: Sequence[Bough], form: TaskFilters, asked_by: str, region: RegionEntry | None
) -> FileResponse:
    """The tree that is seen, as a workbook to be saved."""
    place = region.name if region else chosen.region_name
    columns = (*_PAPER, *(_WATCHED if region else ()), *_TEXT)
    found = [
        TreeRow(branch, leaf) for bough in boughs for branch in bough.branches for leaf in (branch.leaves or [None])
    ]
    return sheet_of(f"{place}{_('目标任务')}", columns, found, notes_of(form, f"{chosen.title}（{chosen.number}）", asked_by))


def _rule_of(leaf: Leaf | None) -> str:
    return leaf.watched.judged.words if leaf and leaf.watched and leaf.watched.judged else ""
