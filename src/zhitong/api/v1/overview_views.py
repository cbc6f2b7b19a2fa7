"""Saved views of the overview: those a post finds, one of them cut to its reader, saving, naming anew, sharing, deleting."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    Named,
    OneOf,
    Said,
    Shape,
    labelled,
    line_id_coded,
    named,
    region_coded,
)
from zhitong.domain.analysis.actions.views import delete_view, rename_view, save_view, share_view
from zhitong.domain.analysis.queries.views import ViewRow, opened, view_seen, views_for
from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.analysis.rules.views import LONGEST_NAME, Form, Look, Sharing
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.problems.rules.phases import Dimension

router = Router()
ViewName = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, description="视图名称，本岗位内不重复")]


class ViewTold(Shape):
    """A saved view as its reader may look: `notes` say what is not as it was saved."""

    id: UUID
    name: str
    unit: str
    own: bool
    shared: Labelled
    region: Named
    line: Named | None
    period: Labelled
    first: date | None
    last: date | None
    by: Labelled | None
    form: Labelled
    notes: list[str]


class ViewsTold(Shape):
    """The views a post finds, its own first."""

    rows: list[ViewTold]


class ViewSaid(Said):
    """What to keep of a way of looking."""

    name: ViewName
    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")
    line: Code | None = Field(None, description="条线代码")
    period: OneOf[StretchKind] = StretchKind.ALL
    first: date | None = Field(None, description="自选起止的起日")
    last: date | None = Field(None, description="自选起止的止日")
    by: OneOf[Dimension] | None = None
    form: OneOf[Form] = Form.CHART
    shared: OneOf[Sharing] = Sharing.POST


class NameSaid(Said):
    """Another name."""

    name: ViewName


class SharingSaid(Said):
    """Another circle of readers."""

    shared: OneOf[Sharing]


@reads(router, "/overview/views", answer=ViewsTold, summary="保存的视图：本岗位的和别人共享的")
def every(request: Request) -> ViewsTold:
    """The views the post finds."""
    require(request.viewer, Permission.OVERSEE)
    return ViewsTold(rows=[_told(request.viewer, row) for row in views_for(request.viewer)])


@reads(router, "/overview/views/{view_id}", answer=ViewTold, summary="一个视图，按查看人的范围")
def one(request: Request, view_id: UUID) -> ViewTold:
    """One view, cut to its reader."""
    return _told(request.viewer, view_seen(request.viewer, view_id))


@writes(router, "/overview/views", answer=ViewTold, summary="保存视图", status=HTTPStatus.CREATED)
def save(request: Request, said: ViewSaid) -> ViewTold:
    """Keep a way of looking."""
    require(request.viewer, Permission.OVERSEE)
    here = directory()
    look = Look(
        region_coded(said.region, here).id if said.region else request.viewer.region_id,
        line_id_coded(said.line, here) if said.line else None, said.period, said.first, said.last,
        said.by.value if said.by else "", said.form,
    )
    made = save_view(request.viewer, said.name, look, said.shared, actor=actor_of(request), now=request.now)
    return _told(request.viewer, view_seen(request.viewer, made))


@writes(router, "/overview/views/{view_id}/rename", answer=ViewTold, summary="视图改名")
def rename(request: Request, view_id: UUID, said: NameSaid) -> ViewTold:
    """Give a view of the post another name."""
    rename_view(request.viewer, view_id, said.name, actor=actor_of(request), now=request.now)
    return _told(request.viewer, view_seen(request.viewer, view_id))


@writes(router, "/overview/views/{view_id}/share", answer=ViewTold, summary="调整视图的共享范围")
def share(request: Request, view_id: UUID, said: SharingSaid) -> ViewTold:
    """Say who else finds a view of the post."""
    share_view(request.viewer, view_id, said.shared, actor=actor_of(request), now=request.now)
    return _told(request.viewer, view_seen(request.viewer, view_id))


@writes(router, "/overview/views/{view_id}/delete", answer=Empty, summary="删除视图")
def delete(request: Request, view_id: UUID, said: Empty) -> Empty:
    """Delete a view of the post."""
    delete_view(request.viewer, view_id, actor=actor_of(request), now=request.now)
    return Empty()


def _told(viewer: Any, row: ViewRow) -> ViewTold:
    here, found = directory(), opened(viewer, row)
    look = found.look
    line = here.lines[look.line_id] if look.line_id else None
    by = next((one for one in Dimension if one.value == look.dimension), None)
    return ViewTold(
        id=row.id, name=row.name, unit=row.unit, own=row.is_own, shared=labelled(row.sharing),
        region=named(here.regions[look.region_id]), line=Named(code=line.code, name=line.name) if line else None,
        period=labelled(look.stretch), first=look.first, last=look.last, by=labelled(by) if by else None,
        form=labelled(look.form), notes=list(found.notes),
    )
