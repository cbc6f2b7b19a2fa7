"""Thresholds that only select objects (营业收入超9亿元的企业), given out beside the targets they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.quantities import Quantity

MEASURED = re.compile(r"[^,。;:、()\n\t\d的家户个项]{0,14}$")
SELECTED = re.compile(r"的?([^,。;:、()\n\t\d]{0,16})")


def thresholds_in(ground: Ground, targets: Sequence[Found]) -> list[Found]:
    """Every threshold, with the scope of the target whose words it stands in."""
    return [_threshold(ground, one, targets) for one in ground.qualifiers]


def _threshold(ground: Ground, quantity: Quantity, targets: Sequence[Found]) -> Found:
    text = ground.text
    measured = MEASURED.search(text, max(0, quantity.lead - 14), quantity.lead)
    selected = SELECTED.match(text, quantity.tail)
    around = [target for target in targets if target.start <= quantity.start < max(target.end, target.value_end) or target.value_end == quantity.lead]
    start = measured.start() if measured else quantity.lead
    return Found(
        place=quantity.start,
        start=start,
        end=quantity.tail,
        value_end=quantity.tail,
        name=(selected[1] if selected else "") + text[start:quantity.lead],
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit.word if quantity.unit else None,
        comparator=quantity.comparator,
        kind="standard",
        class_="qualifier",
        belongs=ground.belonging(quantity.start),
        scope=around[0].scope if around else None,
        is_optional=True,
    )
