"""Numbers that stand in a row: what is said of one holds for its neighbours, and what was is no target."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, zip_longest

from zhitong.policy.measures.comparators import comparator_of
from zhitong.policy.measures.counting import Quantity, quantity_of
from zhitong.policy.measures.figures import Figure
from zhitong.policy.measures.units import UnitKind

FROM = re.compile(r"(?:从|由)[^,。;:]{0,18}$")
TOWARDS = re.compile(
    r"[^,。;\d]{0,5}(?:提高|提升|增加|增长|上升|扩大|压缩|缩短|减少|降低|下降|压减|精简|调整|扩面|优化|"
    r"缩减|[降减增升])[到至为]"
)
PER_STEP = re.compile(r"每(?:增加|新增|提高|满|超过?|完成|引进|减少|降低)[^,。;]{0,14}$")
ROW_JOINTS = frozenset("、和及")


def quantities_in(text: str, figures: list[Figure]) -> list[Quantity]:
    """Every figure that counts or measures something, in order; names and bare numbers are left out."""
    read: list[Quantity] = []
    for figure in figures:
        quantity = quantity_of(text, figure, read[-1].tail if read else 0)
        if quantity is not None:
            read.append(quantity)
    return _joined_units(text, [one for one in _on_from(text, read) if not _is_baseline(text, one)])


def _joined_units(text: str, kept: list[Quantity]) -> list[Quantity]:
    """Each with what the next one of its row says for both."""
    units = [_with_unit_of_next(text, one, later) for one, later in zip_longest(kept, kept[1:])]
    for at in range(1, len(units)):
        units[at] = _like_former(text, units[at - 1], units[at])
    for at in range(len(units) - 2, -1, -1):
        units[at] = _like_next(text, units[at], units[at + 1])
    return units


def _with_unit_of_next(text: str, quantity: Quantity, later: Quantity | None) -> Quantity:
    """10个、5个工作日: the first is short for the whole unit."""
    if (
        later is None
        or quantity.unit is None
        or quantity.unit.word != "个"
        or text[quantity.tail : later.start] not in ROW_JOINTS
    ):
        return quantity
    return replace(quantity, unit=later.unit) if later.kind in (UnitKind.TIME, UnitKind.POINTS) else quantity


def _on_from(text: str, read: list[Quantity]) -> list[Quantity]:
    """从每人每年320元提高到380元: for whom the old value is said, the new one is said too."""
    answer = read[:1]
    for old, one in pairwise(read):
        is_short = one.unit and old.unit and old.unit.is_per and old.unit.word.startswith(f"{one.unit.word}/")
        answer.append(replace(one, unit=old.unit) if is_short and _is_baseline(text, old) else one)
    return answer


def _is_baseline(text: str, quantity: Quantity) -> bool:
    """从8.7万元提高到12万元, 由5个压缩至3个: what it was is no target; 每增加5000万元 is a condition."""
    before = text[max(0, quantity.start - 20) : quantity.start]
    if PER_STEP.search(before):
        return True
    return FROM.search(before) is not None and TOWARDS.match(text, quantity.tail) is not None


def _like_former(text: str, former: Quantity, quantity: Quantity) -> Quantity:
    """突破10亿元、50亿元: what is said before the first of a row holds for all of it."""
    is_bare = quantity.lead == quantity.start and quantity.tail == quantity.end and quantity.upper is None
    if not is_bare or former.before in (None, "=") or not _in_one_row(text, former, quantity):
        return quantity
    return replace(quantity, comparator=former.comparator, before=former.before)


def _like_next(text: str, quantity: Quantity, later: Quantity) -> Quantity:
    """5和6左右, 90%、80%以上: what is said behind the last of a row holds for all of it."""
    if quantity.comparator == "range" or later.behind is None or not _in_one_row(text, quantity, later):
        return quantity
    return replace(quantity, comparator=comparator_of(quantity.before, later.behind), behind=later.behind)


def _in_one_row(text: str, quantity: Quantity, later: Quantity) -> bool:
    is_joined = quantity.tail == quantity.end and text[quantity.tail : later.start] in ROW_JOINTS
    return is_joined and quantity.kind is later.kind
