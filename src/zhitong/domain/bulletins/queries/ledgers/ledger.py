"""问题台账: every problem of a territory as it stood, in the columns an office is asked for, on A3. Source: R-H7."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from zhitong.domain.bulletins.queries.ledgers.notes import foot_of
from zhitong.domain.bulletins.queries.ledgers.saying import measures_of, outcome_of, progress_of, rating_of
from zhitong.domain.bulletins.queries.ledgers.territory import Territory, territory_of
from zhitong.domain.bulletins.queries.ledgers.then import Stood, day_said, stood
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.printing import PrintBook, PrintSheet
from zhitong.kit.workbook import A3, Head, Shape

HEADS = (
    Head("序号", Shape.WHOLE, 6), Head("来源", width=9), Head("企业", width=18), Head("属地", width=11), Head("分包领导", width=9),
    Head("类别", width=11), Head("问题", width=36), Head("反映时间", Shape.DAY, 11), Head("牵头", width=15), Head("配合", width=13),
    Head("责任人及电话", width=14), Head("措施", width=26), Head("时限", Shape.DAY, 11), Head("进展", width=26), Head("结果", width=24),
    Head("评价", width=8), Head("销号", width=10),
)


def ledger(viewer: Viewer, about: str, at: datetime) -> PrintBook:
    """Every problem reported by the cut-off, the first reported first; rows are read while the file is written.

    Raises NotFound: the territory is not the reader's.
    """
    territory = territory_of(viewer, about, at)
    title = f"{territory.region.name}{PaperKind.LEDGER.label}"
    sheet = PrintSheet(
        title, HEADS, _rows(territory), territory.made_by, territory.cut_off, foot_of(territory), A3, tab=PaperKind.LEDGER.label,
    )
    return PrintBook(title, [sheet], at, SHANGHAI)


def _rows(territory: Territory) -> Iterator[Sequence[Any]]:
    for place, one in enumerate(stood(territory), start=1):
        yield (place, *_row(one))


def _row(one: Stood) -> tuple[Any, ...]:
    contact, due_on = one.contact, day_of(one.due_at) if one.due_at else None
    return (
        one.source, one.subject, one.region, "、".join(one.officials), one.category, one.text, day_of(one.submitted_at), one.unit,
        "、".join(one.helpers), f"{contact.name} {contact.phone}".strip() if contact else "", measures_of(one), due_on,
        progress_of(one), outcome_of(one), rating_of(one), f"{day_said(one.since)}销号" if one.state is State.CLOSED else "",
    )
