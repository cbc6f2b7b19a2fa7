"""平台和民心工程进展表: every platform and livelihood work with plan, done, share, light, and whether a photo proves it.

Source: R-H7; the light is the computed one, by the rule of the campaign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from zhitong.domain.bulletins.queries.ledgers.aims_then import AimThen, aims_then
from zhitong.domain.bulletins.queries.ledgers.territory import Territory, territory_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import TaskKind, goal_in_words
from zhitong.domain.plans.rules.lights import figure_words
from zhitong.domain.plans.rules.targets import Stage
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.printing import PrintBook, PrintSheet
from zhitong.kit.refusals import Refused
from zhitong.kit.workbook import Head, Shape

HEADS = (
    Head("序号", Shape.WHOLE, 5), Head("任务", width=30), Head("指标", width=28), Head("地区", width=14), Head("目标", width=12),
    Head("完成", width=14), Head("完成目标的", Shape.PERCENT, 10), Head("亮灯", width=8), Head("统计到", width=12),
    Head("现场照片", width=8), Head("牵头单位", width=22),
)
KINDS = (TaskKind.PLATFORM_CULTIVATION, TaskKind.LIVELIHOOD_WORK)
_NOTE = "完成数取截至统计截止时间本级审核通过的最近一期报告；亮灯由系统按活动规定的规则计算；现场照片指该期报告是否附有照片。"


def progress(viewer: Viewer, about: str, at: datetime) -> PrintBook:
    """The targets of platforms and of livelihood works, one sheet each: the region's own and those of the regions below.

    Raises NotFound: the territory is not the reader's. Raises Refused: it has no such targets.
    """
    territory = territory_of(viewer, about, at)
    regions = [territory.region.id, *(one.id for one in territory.here.children(territory.region.id))]
    found = aims_then(territory, regions, KINDS)
    if not found:
        raise Refused(f"{territory.region.name}还没有平台培育和民心工程的目标，没有进展表可出。请先分解目标或加载工作方案。")
    title = f"{territory.region.name}{PaperKind.PROGRESS.label}"
    return PrintBook(title, [_sheet(territory, kind, found) for kind in KINDS], at, SHANGHAI)


def _sheet(territory: Territory, kind: TaskKind, found: Sequence[AimThen]) -> PrintSheet:
    own = [one for one in found if one.kind is kind]
    notes = [_NOTE] if own else [f"没有{kind.label}的目标。"]
    return PrintSheet(
        f"{territory.region.name}{kind.label}进展表", HEADS, _rows(territory, own), territory.made_by, territory.cut_off, notes,
        tab=kind.label,
    )


def _rows(territory: Territory, found: Sequence[AimThen]) -> Iterator[Sequence[Any]]:
    regions = territory.here.regions
    for place, one in enumerate(found, start=1):
        judged = one.reckoned.judged if one.reckoned else None
        yield (
            place, f"{one.task_number} {one.task}".strip(), one.name, regions[one.region_id].name, goal_in_words(one.goal),
            done_words(one), judged.share if judged else None, one.light.label, _until(one), one.has_photo if one.reckoned else "",
            one.leads,
        )


def done_words(one: AimThen) -> str:
    """What was reached: a figure as reported, a stage by its word, milestones by their share alone."""
    if one.reckoned is None:
        return ""
    told = one.reckoned.told
    return Stage(told.stage).label if told.stage else figure_words(one.reckoned.actual, one.goal.unit)


def _until(one: AimThen) -> str:
    if one.reckoned is None:
        return ""
    told = one.reckoned.told
    return period_of(told.period).words if told.period else f"{told.period_end.month}月{told.period_end.day}日"
