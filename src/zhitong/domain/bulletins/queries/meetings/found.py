"""The cycle a paper of a meeting is asked of: by its name, or the newest of a region that had come so far."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.queries.cycles import CycleView, cycle_titled, newest_title
from zhitong.domain.rhythm.rules.kinds import CycleState
from zhitong.kit.refusals import NotFound, Refused


def cycle_of(viewer: Viewer, about: str, at: datetime, come: CycleState) -> CycleView:
    """The cycle with a name; where `about` is a region's code or nothing, its newest that was called or published by then.

    Raises NotFound: there is no such cycle or region for this official. Raises Refused: the region has none yet.
    """
    officials_only(viewer)
    here = directory()
    region = here.region_coded(about) if about else here.regions.get(viewer.region_id)
    if region is None:
        if not about:
            raise NotFound
        return cycle_titled(viewer, about, now=at)
    title = newest_title(viewer, region.id, by=at, state=come)
    if not title:
        what = "发出通知的会议" if come is CycleState.CALLED else "印发纪要的会议"
        raise Refused(f"{region.name}在这个统计截止时间还没有{what}。请先在“推进调度”里办理，或选择以后的时间。")
    return cycle_titled(viewer, title, now=at)
