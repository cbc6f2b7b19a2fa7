"""What every act of dividing asks first: who acts, and the divisions and shares it acts on, found through scope and locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.history.rules import Actor, Body, Fact
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.plans.models import Division, Share, Target
from zhitong.domain.plans.queries.dividing.heads import TargetHead, heads_of, may_decide, may_draft, sees_division
from zhitong.domain.plans.rules.dividing import DivisionFact, DivisionState, why_not_divided
from zhitong.kit.refusals import NotFound, Refused


class NotNow(Refused):
    """The act is not possible as the division stands."""


class Overtaken(NotNow):
    """Somebody else has changed the division since it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who acts, through which door, when."""

    viewer: Viewer
    via: str
    now: datetime
    request_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        """The viewer as the one who acts."""
        return self.viewer.actor(self.via, self.request_id)

    def fact(self, kind: DivisionFact, thing_kind: str, thing_id: UUID, body: Body, **details: str) -> Fact:
        """A fact of this turn; empty texts are left out."""
        said = {name: text for name, text in details.items() if text}
        return Fact(str(kind), thing_kind, thing_id, self.actor, self.now, body, said)


def targets_to_divide(target_ids: Sequence[UUID], turn: Turn) -> list[TargetHead]:
    """The heads of targets that this turn may draw divisions up for.

    Raises NotFound: one is not there for the viewer. Raises NotYours: neither the region's office nor the lead.
    Raises NotNow: one cannot be divided by number.
    """
    heads = heads_of(Target.objects.filter(id__in=target_ids))
    regions = {one.region_id for one in heads}
    if len(heads) < len(set(target_ids)) or not all(sees_division(turn.viewer, region_id) for region_id in regions):
        raise NotFound
    decided = {region_id for region_id in regions if may_decide(turn.viewer, region_id)}
    for head in heads:
        if head.region_id not in decided and not may_draft(turn.viewer, head):
            raise NotYours("分解目标由本级活动办公室或牵头部门拟定。如有意见，可以向他们提出。")
        if trouble := why_not_divided(head.asks):
            raise NotNow(f"{head.name}：{trouble}")
    return heads


def drafts_locked(division_ids: Sequence[UUID], turn: Turn) -> list[tuple[Division, TargetHead]]:
    """Drafts with their targets, locked until the transaction ends.

    Raises NotFound: one is not there for the viewer. Raises NotYours: see `targets_to_divide`. Raises NotNow: issued already.
    """
    rows = list(Division.objects.select_for_update().filter(id__in=division_ids).order_by("id"))
    if len(rows) < len(set(division_ids)):
        raise NotFound
    heads = {one.id: one for one in targets_to_divide([row.target_id for row in rows], turn)}
    if any(row.state != DivisionState.DRAFT.value for row in rows):
        raise NotNow("这份分解已经下达，不能再改。如要调整，请另拟一份新的分解。")
    return [(row, heads[row.target_id]) for row in rows]


def must_be_version(row: Division, version: int | None) -> None:
    """Refuse to write over what somebody else has written. Raises Overtaken."""
    if version is not None and row.version != version:
        raise Overtaken("这份分解在您打开之后被别人改过。请刷新页面，核对新的数后再填。")


def must_decide(region_ids: set[UUID], turn: Turn, sentence: str) -> None:
    """Refuse whoever is not the office of these regions. Raises NotYours."""
    if not all(may_decide(turn.viewer, region_id) for region_id in region_ids):
        raise NotYours(sentence)


def shares_locked(share_ids: Sequence[UUID], turn: Turn) -> list[Share]:
    """Shares of divisions in force, in the order asked, locked with their divisions until the transaction ends.

    Raises NotFound: one is not there for the viewer. Raises NotNow: a newer division has taken its place.
    """
    asked = set(Share.objects.filter(id__in=share_ids).values_list("division_id", flat=True))
    divisions = {row.id: row for row in Division.objects.select_for_update().filter(id__in=asked).order_by("id")}
    rows = {row.id: row for row in Share.objects.filter(id__in=share_ids)}
    for row in rows.values():
        row.division = divisions[row.division_id]
    known = {region_id for region_id in {row.region_id for row in rows.values()} if sees_division(turn.viewer, region_id)}
    found = [rows[share_id] for share_id in share_ids if share_id in rows]
    seen = [row for row in found if row.region_id in known and row.division.state != DivisionState.DRAFT.value]
    if len(seen) < len(share_ids):
        raise NotFound
    if any(row.division.state == DivisionState.SUPERSEDED.value for row in seen):
        raise NotNow("上级已经另行下达了分解，请刷新后按新的目标办理。")
    return seen

