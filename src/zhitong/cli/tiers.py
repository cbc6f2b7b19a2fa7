"""`zhitong tiers`: everybody judged now against the quotas of the campaign, stored nowhere; by name where they do not fit."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from zhitong.domain.campaigns.queries import CampaignHead, campaign_in_force, campaigns_loaded
from zhitong.domain.tiering.queries.standards import kinds_tiered, standard_in_force
from zhitong.domain.tiering.queries.whole import NamedOutcome, outcome_by_name
from zhitong.domain.tiering.rules.kinds import Conflict

EXIT_MISUSED = 2
NAMED = 10
"""How many names a line of the printed table has; --json has them all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which campaign, and whether for programs."""
    parser.add_argument("--campaign", metavar="活动代码", help="不写则为正在执行的活动")
    parser.add_argument("--json", action="store_true", help="按固定名称输出 JSON，超出和可以递补的全部列名")


def run(arguments: argparse.Namespace) -> int:
    """0 when every quota is met exactly, 1 when one is over or under, 2 when there is no such campaign."""
    campaign = _campaign(arguments.campaign)
    if campaign is None:
        print("zhitong tiers：没有这个活动，请用 zhitong load 载入，或核对活动代码。", file=sys.stderr)
        return EXIT_MISUSED
    found = [
        outcome_by_name(campaign.region_id, standard_in_force(campaign.code, kind, campaign.region_id), campaign.code)
        for kind in kinds_tiered(campaign.code)
    ]
    if arguments.json:
        print(json.dumps({str(one.kind): _as_json(one) for one in found}, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print("\n".join(_told(one)))
    return int(any(line.difference for one in found for line in one.lines))


def _campaign(code: str | None) -> CampaignHead | None:
    if code is None:
        return campaign_in_force()
    return next((one for one in campaigns_loaded() if one.code == code), None)


def _as_json(one: NamedOutcome) -> dict[str, Any]:
    return {
        "judged": one.judged, "total": one.total, "quota": one.quota,
        "lines": {
            line.key: {
                "quota": line.quota, "given": line.given, "standing": line.standing, "difference": line.difference,
                "over": line.over, "next": line.next,
            }
            for line in one.lines
        },
        "conflicts": {str(word): one.conflicts.get(word, 0) for word in Conflict},
        "moves": one.moves,
    }


def _told(one: NamedOutcome) -> list[str]:
    lines = [f"{one.kind.label}：共{one.judged}户，列入分级{one.total}户" + (f"，数额{one.quota}户" if one.quota else "")]
    for line in one.lines:
        quota = "没有数额" if line.quota is None else f"数额{line.quota}户，相差{line.difference:+}"
        lines.append(f"  {line.label}：{line.given}户，{quota}")
        lines += [f"    {word}：{_names(names)}" for word, names in (("超出", line.over), ("可以递补", line.next)) if names]
    odd = "，".join(f"{word.label}{one.conflicts[word]}户" for word in Conflict if one.conflicts.get(word))
    return [*lines, f"  需要核对：{odd or '没有'}；级别会变{one.moves}户"]


def _names(names: tuple[str, ...]) -> str:
    return "、".join(names[:NAMED]) + (f"等{len(names)}户" if len(names) > NAMED else "")
