"""What a package brings to the served: the lists that its tiers describe, and regions that hang elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from zhitong.domain.organisations.models import Line
from zhitong.domain.subjects.models import AssistanceList
from zhitong.domain.subjects.package import TierList
from zhitong.domain.subjects.rules.tiers import HELPED
from zhitong.kit.keeping import Loaded, keep


@transaction.atomic
def load_lists(campaign: str, year: int, lists: Sequence[TierList]) -> Loaded:
    """Keep one list per kind and tier, and per project stage, with its number; lists with members never go."""
    lines = dict(Line.objects.values_list("code", "id"))
    wanted = {
        (campaign, code): {**values, "line_id": lines.get(line)} for code, line, values in _wanted(year, lists)
    }
    return keep(AssistanceList.objects.filter(campaign=campaign), ("campaign", "code"), wanted, sweep=False)[1]


def follow_regions() -> int:
    """Let names be compared where their regions now hang; how many regions had moved to another second level.

    As the owner of the tables, after regions were loaded; quick when none has moved.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects_follow_regions()")
        return int(cursor.fetchone()[0])


def _wanted(year: int, lists: Sequence[TierList]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for one in lists:
        kind, label = one.kind.value, one.kind.label
        for rank in HELPED:
            quota = one.quota_of(rank)
            if quota is not None:
                name = f"{rank.label}重点帮扶{label}名单"
                yield f"{kind}-{rank.value}", one.line, _values(kind, name, rank.value, year, quota)
        for stage in one.quotas:
            if stage.stage:
                name = f"{label}（{stage.stage.label}）名单"
                yield f"{kind}-{stage.stage.value}", one.line, _values(kind, name, "", year, stage.number)


def _values(kind: str, name: str, tier: str, year: int, quota: int) -> dict[str, Any]:
    return {"kind": kind, "name": name, "tier": tier, "year": year, "quota": quota}
