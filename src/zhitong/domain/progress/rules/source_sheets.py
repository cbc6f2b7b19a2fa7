"""A table of figures from a source system: one figure a row with its place, its stand in time and its quality. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from zhitong.domain.progress.rules.reports import Quality
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.figures import NoDay, NoFigure, day_in, number_in

INDICATOR, REGION, PERIOD, VALUE, AS_OF, QUALITY, NOTE = HEADS = (
    "指标编号", "地区代码", "统计期", "数", "数据时点", "质量", "说明",
)
ASKED = HEADS[:5]
"""The columns that every table of a source has."""


@dataclass(frozen=True, slots=True)
class SentFigure:
    """A figure as a source says it, in base units: what it stood at on `as_of`."""

    indicator: str
    region: str
    period: str
    value: Decimal
    as_of: datetime
    quality: Quality = Quality.FINAL
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the table by the names of its heads, and its number as the sheet counts."""

    number: int
    said: Mapping[str, str]


def figures_in(rows: Iterable[SourceRow]) -> tuple[list[SentFigure], list[str]]:
    """The figures of a table, and a sentence for every cell that cannot be read; an empty row is passed over."""
    figures: list[SentFigure] = []
    troubles: list[str] = []
    for row in rows:
        said = {head: row.said.get(head, "").strip() for head in HEADS}
        if not any(said.values()):
            continue
        try:
            figures.append(_figure(said))
        except (NoFigure, NoDay) as why:
            troubles.append(f"第{row.number}行：{why}。")
    if not figures and not troubles:
        troubles.append("表里没有数据行，请核对后再传。")
    return figures, troubles


def _figure(said: Mapping[str, str]) -> SentFigure:
    missing = [head for head in ASKED if not said[head]]
    if missing:
        raise NoFigure(f"“{'、'.join(missing)}”没有填")
    value = number_in(said[VALUE])
    if value is None:
        raise NoFigure(f"“{VALUE}”没有填")
    return SentFigure(
        said[INDICATOR], said[REGION], said[PERIOD], value, _moment(said[AS_OF]), _quality(said[QUALITY]), said[NOTE],
    )


def _moment(text: str) -> datetime:
    """2018-09-03 08:00, or the day alone, which is its beginning."""
    day_text, _, time_text = text.replace("T", " ").strip().partition(" ")
    day = day_in(day_text)
    try:
        at = time.fromisoformat(time_text.strip()) if time_text.strip() else time()
    except ValueError:
        day = None
        at = time()
    if day is None:
        raise NoFigure(f"“{AS_OF}”写的是“{text}”，请写成 2018-09-03 或 2018-09-03 08:00")
    return datetime.combine(day, at, SHANGHAI)


def _quality(text: str) -> Quality:
    found = next((one for one in Quality if text in (str(one), one.label)), Quality.FINAL if not text else None)
    if found is None:
        raise NoFigure(f"“{QUALITY}”写的是“{text}”，只能是{'、'.join(one.label for one in Quality)}")
    return found
