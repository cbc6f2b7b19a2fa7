"""What sorting at the office's desk may do: what a correction changes, what may be merged, how many parts there are. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.problems.rules.kinds import OPEN_STATES, Nature, Urgency
from zhitong.domain.problems.rules.standing import Standing

PARTS_AT_MOST = 5
"""How many matters one report may be divided into, the one that stays with it among them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a matter is entered in the register: its nature, category and urgency."""

    nature: Nature
    category: str
    category_label: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Mergeable:
    """A problem as merging looks at it."""

    standing: Standing
    subject_id: UUID | None


def correction_of(was: Entry, now: Entry) -> str:
    """What a correction changes, in words; empty when it changes nothing."""
    changed = [
        f"{name}由“{before}”更正为“{after}”"
        for name, before, after in (
            ("性质", was.nature.label, now.nature.label),
            ("类别", was.category_label, now.category_label),
            ("紧急程度", was.urgency.label, now.urgency.label),
        )
        if before != after
    ]
    return "；".join(changed)


def merge_trouble(one: Mergeable, main: Mergeable | None) -> str | None:
    """Why a matter may not be merged into another; None when it may.

    The other must be earlier, so that what is merged never runs in a circle.
    """
    if main is None:
        return "没有找到要并入的问题。请核对编号，只能并入本办能够查看的问题。"
    if main.standing.id == one.standing.id:
        return "问题不能并入自己。请填写先反映的那一件的编号。"
    if not _have_one_reporter(one, main):
        return "只有同一企业重复反映的才能并案。不同企业反映的同类问题，请分别受理，作为共性问题统一答复。"
    if main.standing.state not in OPEN_STATES:
        return f"{main.standing.number}已经是“{main.standing.state.label}”，不能再并入。请单独受理，或并入仍在办理的一件。"
    if _order(main.standing) > _order(one.standing):
        return f"{main.standing.number}反映在后。请把后反映的并入先反映的。"
    if (one.standing.confidential, one.standing.unnamed) != (main.standing.confidential, main.standing.unnamed):
        return "一件要求保密或隐名、另一件没有，并案会让不该看到的单位看到。请分别受理。"
    return None


def _have_one_reporter(one: Mergeable, main: Mergeable) -> bool:
    if one.standing.reporter_unit_id != main.standing.reporter_unit_id:
        return False
    return one.standing.reporter_unit_id is not None or (one.subject_id is not None and one.subject_id == main.subject_id)


def _order(standing: Standing) -> tuple[object, ...]:
    return standing.submitted_at, standing.id


def split_trouble(parts: Sequence[object]) -> str | None:
    """Why a report may not be divided like this; None when it may. `parts` are those that leave it."""
    if not 1 <= len(parts) < PARTS_AT_MOST:
        return f"一件问题可以拆成 2 至 {PARTS_AT_MOST} 个事项：写明本件继续办理的一个，再写明分出的其余各个。"
    return None
