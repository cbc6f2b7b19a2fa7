"""What a lower paper covers in a sentence instead of a task: works listed by name, and 其余任务按上级方案执行."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhitong.policy.comparing.clauses import TAKEN_OVER
from zhitong.policy.ground.lists import Listing, listings_in, names_task
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Span, Task

REST = re.compile(
    r"(?:其他|其它|其余|未列|未尽|上述以外)[^。；;，,\n]{0,16}(?:任务|事项|工程|工作|行动|措施)[^。；;\n]{0,20}?"
    r"(?:按照?|依照|参照|执行|落实)[^。；;\n]{0,24}?(?:国家|省|市|县|上级|党中央|国务院)"
)
MOSTLY = 0.5


@dataclass(frozen=True)
class Formula:
    """The sentence that speaks of an upper task which no lower task carries."""

    span: Span
    is_enough: bool
    """The paper's own way to cover its works; else it names a work and leaves it without a task."""
    reason: str


def formula_for(task: Task, upper_works: tuple[Task, ...], lower: Ground) -> Formula | None:
    """How the lower paper speaks of the task outside its tasks; None where it does not."""
    for listing in listings_in(lower):
        if any(names_task(item, task) for item in listing.items):
            return _listed(task, listing, upper_works, lower)
    named = [found for found in TAKEN_OVER.finditer(lower.text) if names_task(found[0], task)]
    found = named[0] if named else REST.search(lower.text)
    return Formula(found.span(), True, "下级以概括表述承接") if found else None


def _listed(task: Task, listing: Listing, upper_works: tuple[Task, ...], lower: Ground) -> Formula:
    """A list most of whose works have no task is the paper's way to carry them; one name left over is a gap."""
    with_task = [item for item in listing.items if any(names_task(item, one) for one in lower.works)]
    span = next(span for item, span in zip(listing.items, listing.spans, strict=True) if names_task(item, task))
    known = [item for item in listing.items if any(names_task(item, one) for one in upper_works)]
    if len(known) > 1 and len(with_task) < MOSTLY * len(listing.items):
        return Formula(span, True, "下级列名部署实施")
    return Formula(span, False, "下级只列名、没有任务，是否承接请确认")
