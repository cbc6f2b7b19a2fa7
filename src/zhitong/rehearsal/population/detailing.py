"""What is known of the invented beyond their row: a project's dates, money spent and elements, a firm's earlier figures. Pure.

The same one has the same details whatever others there are: they are drawn from its code.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.marking import NewElement
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, Element, ElementState, ProjectStage
from zhitong.domain.subjects.rules.known import Known
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.population.inventing import TEN_THOUSAND, Invented

SHARE_WITH_FIGURES = 4
"""One enterprise in so many has figures of more than its last year."""
_SPENT = {ProjectStage.PREPARATION: (0, 5), ProjectStage.CONSTRUCTION: (10, 85), ProjectStage.COMPLETION: (88, 100)}
_PROGRESS = {
    ProjectStage.PREPARATION: ("正在办理用地手续", "正在编制可研报告", "环评公示中", "正在招标"),
    ProjectStage.CONSTRUCTION: ("正在打桩", "主体施工至三层", "主体封顶，正在砌筑", "正在安装设备"),
    ProjectStage.COMPLETION: ("设备调试", "试生产", "已竣工，正在验收", "已投产"),
}
_ELEMENTS = (
    (Element.APPROVAL, "项目备案"), (Element.LAND, "建设用地批准书"), (Element.ENVIRONMENT, "环评批复"),
    (Element.APPROVAL, "建设工程规划许可证"), (Element.UTILITIES, "供电方案"), (Element.FINANCE, "银行贷款承诺"),
)


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A figure of a year; money in yuan."""

    code: Known
    period: str
    value: Decimal


def described(one: Invented, today: date) -> dict[str, Any]:
    """The fields of a project as `NewSubject` asks for them; nothing for others."""
    if one.stage is None:
        return {}
    draw = chance("details", one.code)
    least, most = _SPENT[one.stage]
    started = today - timedelta(days=draw.randint(120, 700))
    spent = (one.investment_cny or 0) * draw.randint(least, most) // 100 // TEN_THOUSAND * TEN_THOUSAND
    is_begun = one.stage is not ProjectStage.PREPARATION
    planned = started if is_begun else today + timedelta(days=draw.randint(20, 200))
    finish = planned + timedelta(days=draw.randint(300, 900))
    return {
        "importance": (one.rank if one.rank in (Rank.PROVINCE, Rank.CITY) else Rank.COUNTY).value,
        "invested_cny": spent, "progress_words": draw.choice(_PROGRESS[one.stage]),
        "planned_start_on": planned, "started_on": started + timedelta(days=draw.randint(0, 40)) if is_begun else None,
        "planned_finish_on": finish,
    }


def elements_of(one: Invented, today: date) -> list[NewElement]:
    """What a project needs: the further it is, the more of it is done."""
    if one.stage is None:
        return []
    draw = chance("elements", one.code)
    done = {ProjectStage.PREPARATION: draw.randint(0, 3), ProjectStage.CONSTRUCTION: draw.randint(4, 6)}.get(one.stage, 6)
    return [_element(kind, name, place, done, today, draw) for place, (kind, name) in enumerate(_ELEMENTS)]


def earlier_figures(one: Invented, year: int) -> Iterator[EarlierFigure]:
    """Revenue of the year before last, profit and heads of the last, for some of the enterprises."""
    draw = chance("figures", one.code)
    if one.kind not in ENTERPRISES or not one.revenue_cny or draw.randrange(SHARE_WITH_FIGURES):
        return
    yield EarlierFigure(Known.REVENUE, str(year - 2), _whole(one.revenue_cny * draw.uniform(0.75, 1.1)))
    yield EarlierFigure(Known.PROFIT, str(year - 1), _whole(one.revenue_cny * draw.uniform(-0.04, 0.16)))
    yield EarlierFigure(Known.EMPLOYEES, str(year - 1), Decimal(max(8, one.revenue_cny // draw.randint(600_000, 1_500_000))))


def _element(
    kind: Element, name: str, place: int, done: int, today: date, draw: random.Random
) -> NewElement:
    if place < done:
        return NewElement(
            element=kind, name=name, state=ElementState.DONE, done_on=today - timedelta(days=draw.randint(10, 300))
        )
    state = ElementState.UNDER_WAY if place == done else ElementState.MISSING
    return NewElement(element=kind, name=name, state=state)


def _whole(amount: float) -> Decimal:
    return Decimal(int(amount) // TEN_THOUSAND * TEN_THOUSAND)
