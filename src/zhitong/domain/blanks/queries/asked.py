"""For whom, for which region, since when and up to when a form is filled; checked once, asked everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class Cut:
    """A region with what happened after `since` (None: from the beginning) and as it stood at `at`, which is not to come."""

    region_id: UUID
    since: datetime | None
    at: datetime
    now: datetime


def cut_for(viewer: Viewer, *, region_id: UUID | None, since: datetime | None, at: datetime | None, now: datetime) -> Cut:
    """What is asked, checked; without `region_id` the viewer's own, without `at` now.

    Raises NotFound: the viewer oversees nothing, or the region does not lie within the viewer's own.
    Raises BadInput: the cut-off is still to come, or the period ends before it begins.
    """
    require_filler(viewer)
    chosen, here = region_id or viewer.region_id, directory()
    path = {one.id for one in here.path(chosen)} if chosen in here.regions else set()
    if not path or (viewer.region_id not in path and first_wall_stands()):
        raise NotFound
    if at is not None and at > now:
        raise BadInput("统计截止时间不能晚于现在，请重新选择。", {"at": "请选择现在或以前的时点。"})
    if since is not None and since >= (at or now):
        raise BadInput("统计起始时间要早于截止时间，请重新选择。", {"since": "请选择早于截止时间的日期。"})
    return Cut(chosen, since, at or now, now)


def require_filler(viewer: Viewer) -> None:
    """Raises NotFound: the post oversees no territory or line; such tables are no business of its unit."""
    if not viewer.may(Permission.OVERSEE):
        raise NotFound
