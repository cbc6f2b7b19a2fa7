"""Shares that cannot be: more than all of a whole, or 以上 behind 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zhitong.policy.ground.standing import Ground, span_of
from zhitong.policy.shapes import Finding, Indicator

WHOLE = Decimal(100)
MAY_EXCEED = re.compile(
    "增长|增速|增幅|提高|提升|增加|下降|同比|环比|倍|完成率|完成年|产销率|负荷率|利用率|覆盖倍|资本|拨备|保障倍|流动比|周转|超额|负债|任务的|计划的|目标的"
)
SHARE = re.compile("率|比例|占比|比重|覆盖|达标")


def impossible_rates(ground: Ground) -> Iterator[Finding]:
    """One finding per share above 100 %, and a mild one where 100 % is called a lower limit."""
    for one in ground.plan.indicators:
        if not _is_share_of_a_whole(one) or one.value is None:
            continue
        said = ground.said(one.start, one.end)
        if max((one.value, *one.values)) > WHOLE:
            yield Finding("impossible_rate", "high", f"{said}，占比不可能超过100%，请核对数值。", (span_of(one),))
        elif one.value == WHOLE and one.comparator in (">=", ">"):
            yield Finding(
                "impossible_rate", "low", f"{said}，占比最高为100%，不应再写“以上”，请核对。", (span_of(one),)
            )


def _is_share_of_a_whole(one: Indicator) -> bool:
    words = f"{one.name}{one.text}"
    return one.kind == "rate" and one.unit == "%" and bool(SHARE.search(words)) and not MAY_EXCEED.search(words)
