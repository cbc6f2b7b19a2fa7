"""Where a notice leads: to the page of the thing it is about."""

from __future__ import annotations

from django.urls import reverse

from zhitong.domain.notices.queries import NoticeRow
from zhitong.domain.notices.rules import NoticeKind

_BY_NUMBER = {"problem": "problems:page", "common": "commons:page", "complaint": "complaints:page"}
_BY_ID = {
    "supervision": "supervision:page", "instruction": "supervision:instruction", "visit": "visits:page",
    "card": "cards:page", "card_excuse": "cards:excuse", "extra": "extras:page", "milestone": "roadmap:page",
    "edition": "bulletins:edition", "inspection": "inspections:page", "finding": "inspections:finding",
    "piece": "practices:page", "file": "files:file",
    "cycle": "rhythm:page", "decision": "rhythm:decision",
}
_TO_A_LIST = {"visit_plan": "visits:rounds", "card_round": "cards:list", "substitution": "accounts:mine"}
_TO_NOTHING = frozenset({NoticeKind.MEETING_NOT_NEEDED})
"""Whoever hears this sees the thing no longer."""


def address_of(one: NoticeRow) -> str:
    """The address of the thing; empty where it has no page, or none for who is told."""
    if one.kind in _TO_NOTHING:
        return ""
    if one.thing_kind in _BY_NUMBER:
        return reverse(_BY_NUMBER[one.thing_kind], args=[one.thing_number])
    if one.thing_kind in _BY_ID:
        return reverse(_BY_ID[one.thing_kind], args=[one.thing_id])
    return reverse(_TO_A_LIST[one.thing_kind]) if one.thing_kind in _TO_A_LIST else ""
