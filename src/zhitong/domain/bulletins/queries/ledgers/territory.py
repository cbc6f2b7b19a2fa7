"""What a paper of a territory is about: a region of the reader's, whole or in the reader's lines, as of a cut-off time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.queries.then import WITHIN as WITHIN
from zhitong.kit.clock import day_of
from zhitong.kit.official.wording import moment_on_paper
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Territory:
    """A region as a paper tells of it; `line_ids` None: of all lines."""

    viewer: Viewer
    region: RegionEntry
    line_ids: tuple[UUID, ...] | None
    at: datetime
    here: Directory

    @property
    def today(self) -> date:
        """The day of the cut-off."""
        return day_of(self.at)

    @property
    def cut_off(self) -> str:
        """The cut-off as papers print it."""
        return f"统计截止时间：{moment_on_paper(self.at)}"

    @property
    def made_by(self) -> str:
        """Who made the paper, and of which lines it tells where not of all."""
        lines = [one.name for one in self.here.lines.values() if self.line_ids is not None and one.id in self.line_ids]
        kept = f"　范围：{'、'.join(lines)}条线" if lines else ""
        return f"制表单位：{self.here.name_of(self.viewer.unit_id)}{kept}"

    def parameters(self) -> dict[str, Any]:
        """What statements about it are asked with."""
        return {"top": self.region.id, "today": self.today, "at": self.at, "lines": list(self.line_ids or ())}


def territory_of(viewer: Viewer, about: str, at: datetime) -> Territory:
    """The territory a paper is asked of by the code of a region; of the reader's own region where none is named.

    Raises NotFound: there is no such region, the reader oversees nothing, or it does not lie inside the reader's own.
    """
    here = directory()
    region = here.region_coded(about) if about else here.regions.get(viewer.region_id)
    if region is None or not is_offered(viewer):
        raise NotFound
    if first_wall_stands() and viewer.region_id not in {one.id for one in here.path(region.id)}:
        raise NotFound
    return Territory(viewer, region, None if viewer.reach is Reach.SUBTREE else viewer.line_ids, at, here)


def is_offered(viewer: Viewer) -> bool:
    """Whether a reader has papers of territories at all: who oversees one, whole or in its lines."""
    if not first_wall_stands():
        return True
    return viewer.may(Permission.OVERSEE) and viewer.reach in (Reach.SUBTREE, Reach.LINE)
