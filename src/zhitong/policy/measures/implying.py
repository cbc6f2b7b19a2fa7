"""A hundred per cent that is said without a number: 救助全覆盖, 所有污泥全部达标."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.steps import Step
from zhitong.policy.measures.words import LONGEST_NAME

COVERED = re.compile(r"(?P<what>[^,。;:、()“”\n\t\d]{2,20}?)(?:实现)?(?:城乡|基本)?全覆盖")
ALL = re.compile(
    r"(?:将)?(?P<what>(?:所有|全部|凡)[^,。;:()\n\t]{2,24}?)(?:全部|均|都|100)?(?P<done>(?:实现|达到|完成|"
    r"纳入|达标|建立|接入|落实|整改|开工|配备)[^,。;:()\n\t]{0,24})"
)
WHOLLY = re.compile(
    r"(?P<what>[^,。;:()\n\t]{4,24}?)(?:全部|均|百分之百)(?P<done>(?:实现|达到|完成|纳入|"
    r"达标)[^,。;:()\n\t]{2,20})"
)


def wholes_in(ground: Ground) -> Iterator[Found]:
    """Every whole that is only said in words; finding them is neither right nor wrong."""
    last = 0
    for pattern in (ALL, WHOLLY, COVERED):
        for found in pattern.finditer(ground.text):
            if (ground.quantities_in(found.start(), found.end()) and pattern is not ALL) or (
                pattern is WHOLLY and last > found.start()
            ):
                continue
            last = max(last, found.end())
            yield _whole(ground, found)


def _whole(ground: Ground, found: re.Match[str]) -> Found:
    done = found.groupdict().get("done") or "覆盖"
    what = re.sub(r"^(?:确保|力争|实现|推动|将|推进|年底前|所有|全部)+", "", found["what"])
    return Found(
        place=found.start("what"),
        start=found.start("what"),
        end=found.end(),
        value_end=found.end(),
        name=(what + done)[:LONGEST_NAME],
        value=Decimal(100),
        unit="%",
        comparator="=",
        kind="rate",
        class_="target",
        belongs=ground.belonging(found.start()),
        is_optional=True,
    )


def dated(whole: Found, steps: Sequence[Step]) -> Found:
    """The whole with the date of the step whose words it is made of."""
    at = bisect_right(steps, whole.start, key=_start) - 1
    held = steps[at] if at >= 0 else None
    return replace(whole, mark=held.mark) if held and not held.counts and whole.start < held.end else whole


def _start(step: Step) -> int:
    return step.start
