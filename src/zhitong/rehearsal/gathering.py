"""What many firms of the demonstration share, as its offices have gathered it: common problems that firms wait for."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.commons.actions.establishing import Plan, Turn, establish
from zhitong.domain.commons.queries.finding import FoundCluster, found_for
from zhitong.domain.commons.rules.kinds import Treatment
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.rehearsal.forms import viewer_of

OFFICES = ("cangzhouban", "bohaiban")
WORKDAYS = 15


def gather(until: datetime) -> int:
    """Let each office make one common problem of what most firms tell it; returns how many there are."""
    return sum(_gathered(viewer_of(login), until) for login in OFFICES)


def _gathered(office: Viewer, until: datetime) -> int:
    with acting_as(office):
        clusters = [one for one in found_for(office) if one.line_id is not None]
        for cluster in clusters[:1]:
            establish(_plan(cluster, office), Turn(viewer=office, via="rehearsal", now=until))
    return len(clusters[:1])


def _plan(cluster: FoundCluster, office: Viewer) -> Plan:
    here, campaign = directory(), campaign_in_force()
    assert campaign is not None and cluster.line_id is not None, "the story is played within a campaign, cluster by line"
    keeper = here.keeper(office.region_id, cluster.line_id)
    return Plan(
        campaign=campaign.code, title=f"{cluster.category_label}：{cluster.words[0]}（演示）", category=cluster.category,
        lead_id=keeper.id if keeper else office.unit_id, asked="请研究提出统一的解决办法，逐户答复。", workdays=WORKDAYS,
        treatment=Treatment.ANSWER, problem_ids=cluster.problem_ids,
    )
