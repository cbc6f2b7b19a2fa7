"""Thresholds that only select objects (营业收入超9亿元的企业), given out beside the targets they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from zhitong.policy.measures.counting import Quantity
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.words import bare_lead, noun_behind, without_verbs

NUMBER = re.compile(r"\d")
NEAR = 120
MEASURED = re.compile(r"[^,。;:、()\n\t\d的家户个项]{0,14}$")


def thresholds_in(ground: Ground, targets: Sequence[Found]) -> list[Found]:
    """Every threshold, with the scope of the target whose words it stands in."""
    return [_threshold(ground, one, targets) for one in ground.qualifiers]


def _place(target: Found) -> int:
    return target.place


def _threshold(ground: Ground, quantity: Quantity, targets: Sequence[Found]) -> Found:
    text = ground.text
    low = max(quantity.lead - 24, 0)
    floor = max(
        [
            quantity.lead - 14,
            0,
            *(
                one.tail
                for one in (*ground.quantities_in(low, quantity.lead), *ground.qualifiers_in(low, quantity.lead))
            ),
        ]
    )
    measured = MEASURED.search(text, floor, quantity.lead)
    near = targets[
        bisect_left(targets, quantity.start - NEAR, key=_place) : bisect_left(
            targets, quantity.start + NEAR, key=_place
        )
    ]
    around = [
        target
        for target in near
        if target.start <= quantity.start < max(target.end, target.value_end) or target.value_end == quantity.lead
    ]
    start = measured.start() if measured else quantity.lead
    selected = noun_behind(NUMBER.split(text[quantity.tail : quantity.tail + 24])[0], False)
    name = selected + without_verbs(bare_lead(text[start : quantity.lead]))
    return Found(
        place=quantity.start,
        start=start,
        end=quantity.tail,
        value_end=quantity.tail,
        name=name or text[start : quantity.tail],
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
