"""The campaign's top office writes the routing rules: a saving replaces the whole list; running problems stay untouched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.problems.models import RoutingRow
from zhitong.domain.problems.queries.rulemaking import faults_of
from zhitong.domain.problems.rules.facts import RoutingFact
from zhitong.domain.problems.rules.rulemaking import OFFICE, Draft
from zhitong.kit.ids import uuid7
from zhitong.kit.keeping import keep
from zhitong.kit.refusals import BadInput, Refused


class ChangedMeanwhile(Refused):
    """Somebody else has saved the rules since they were opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRules:
    """The whole list of rules as it shall be, in order; `opened` is the saving it was opened on."""

    campaign: str
    rules: Sequence[Draft]
    reason: str
    opened: str
    actor: Actor
    now: datetime


@transaction.atomic
def save_rules(viewer: Viewer, step: SaveRules) -> str:
    """Make the rules of a campaign those of the list; returns the name of the saving. New problems go by them at once.

    Raises NotYours: the post is not of the campaign's top office, or lacks the right.
    Raises ChangedMeanwhile: the rules were saved since. Raises BadInput: a rule is wrong or dead; every fault is named.
    """
    require(viewer, Permission.DISPATCH)
    here = directory()
    top = here.office(here.root().id)
    if top is None or viewer.unit_id != top.id:
        raise NotYours(f"分发规则由{top.name if top else '最高一级活动办公室'}修改。有不合适的，可把例子报给该办。")
    rows = list(RoutingRow.objects.select_for_update().filter(campaign=step.campaign).order_by("id"))
    if max((row.saving for row in rows), default="") != step.opened:
        raise ChangedMeanwhile("分发规则刚被修改过，这次没有保存。请刷新页面，在新的规则上再改。")
    faults = faults_of(step.campaign, step.rules)
    if faults:
        raise BadInput("".join(faults), {"rules": "".join(faults)})
    saving = uuid7()
    changed = _differing(rows, step.rules)
    _keep(step, saving)
    record(
        str(RoutingFact.SAVED.value), thing_kind="routing", thing_id=saving, actor=step.actor, at=step.now,
        body={"campaign": step.campaign, "rules": changed}, details={"reason": step.reason},
    )
    return str(saving)


def _keep(step: SaveRules, saving: UUID) -> None:
    lines = {line.code: line.id for line in directory().lines.values()}
    keep(
        RoutingRow.objects.filter(campaign=step.campaign), ("campaign", "code"),
        {(step.campaign, one.code): {
            "position": place, "line_id": lines[one.lead], "origin": OFFICE, "saving": str(saving), **_written(one),
        } for place, one in enumerate(step.rules, 1)},
    )


def _written(draft: Draft) -> dict[str, Any]:
    """The columns of a rule that are written as they are said."""
    return {
        "joint": list(draft.joint), "support": list(draft.support), "direct": draft.direct, "words": draft.words,
        "asks": {name: list(values) for name, values in draft.asks.items() if values}, "in_force": draft.in_force,
    }


def _differing(rows: Sequence[RoutingRow], rules: Sequence[Draft]) -> list[str]:
    """The codes of rules that are new, gone, written otherwise or in another place."""
    codes = {line.id: line.code for line in directory().lines.values()}
    had = {row.code: (place, codes[row.line_id], {name: getattr(row, name) for name in _written(rules[0])})
           for place, row in enumerate(sorted(rows, key=lambda row: row.position), 1)} if rules else {}
    given = {one.code: (place, one.lead, _written(one)) for place, one in enumerate(rules, 1)}
    return sorted(code for code in had.keys() | given.keys() if had.get(code) != given.get(code))
