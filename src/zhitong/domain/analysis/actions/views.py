"""Keeping views of the overview: save, name anew, share, delete; a view belongs to the post from which it was saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhitong.domain.analysis.models import SavedView
from zhitong.domain.analysis.queries.views import name_taken
from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.analysis.rules.views import (
    LONGEST_NAME,
    MOST_OF_A_POST,
    Look,
    Sharing,
    ViewFact,
    dimensions_of,
    lines_of,
    may_look,
)
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

THING = "view"


class TooManyViews(Refused):
    """The post keeps as many views as it may."""


@transaction.atomic
def save_view(viewer: Viewer, name: str, look: Look, sharing: Sharing, *, actor: Actor, now: datetime) -> UUID:
    """Keep a way of looking under a name; returns its id.

    Raises NotFound: the region or the line is not the viewer's to look at. Raises BadInput: no name, one too long or
    taken, chosen days without both days or turned round, a division the viewer has not. Raises TooManyViews.
    """
    _must_be_ones_own(viewer, look)
    name = _named(viewer.post_id, name)
    if SavedView.objects.filter(post_id=viewer.post_id).count() >= MOST_OF_A_POST:
        raise TooManyViews(f"本岗位已经保存了{MOST_OF_A_POST}个视图。请先删除不用的，再保存新的。")
    view = SavedView(
        name=name, person_id=viewer.person_id, post_id=viewer.post_id, unit_id=viewer.unit_id, region_id=look.region_id,
        line_id=look.line_id, stretch=look.stretch.value, first=look.first, last=look.last, dimension=look.dimension,
        form=look.form.value, shared=sharing.value, saved_at=now,
    )
    _write(view)
    _tell(view, ViewFact.SAVED, actor, now, {
        "region": look.region_id, "line": look.line_id, "stretch": look.stretch.value, "shared": sharing.value,
    }, {"name": name})
    return view.id


@transaction.atomic
def rename_view(viewer: Viewer, view_id: UUID, name: str, *, actor: Actor, now: datetime) -> None:
    """Give a view of one's post another name.

    Raises NotFound: the post has no such view. Raises BadInput: no name, one too long or taken.
    """
    view = _own(viewer, view_id)
    view.name = _named(viewer.post_id, name, but=view.id)
    _write(view)
    _tell(view, ViewFact.RENAMED, actor, now, {}, {"name": view.name})


@transaction.atomic
def share_view(viewer: Viewer, view_id: UUID, sharing: Sharing, *, actor: Actor, now: datetime) -> None:
    """Say who else finds a view of one's post; whoever opens it sees no more than before.

    Raises NotFound: the post has no such view.
    """
    view = _own(viewer, view_id)
    view.shared = sharing.value
    _write(view)
    _tell(view, ViewFact.SHARED, actor, now, {"shared": sharing.value}, {})


@transaction.atomic
def delete_view(viewer: Viewer, view_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Delete a view of one's post; those it was shared with find it no longer.

    Raises NotFound: the post has no such view.
    """
    view = _own(viewer, view_id)
    _tell(view, ViewFact.DELETED, actor, now, {}, {})
    view.delete()


def _must_be_ones_own(viewer: Viewer, look: Look) -> None:
    here = directory()
    if not may_look(viewer, look.region_id, here):
        raise NotFound
    if look.line_id is not None and look.line_id not in lines_of(viewer, here):
        raise NotFound
    if look.dimension and look.dimension not in {one.value for one in dimensions_of(viewer, look.line_id)}:
        raise BadInput("没有这种分法，请另选一种。", {"by": "没有这种分法，请另选一种。"})
    if look.stretch is StretchKind.DAYS:
        _must_be_days(look)


def _must_be_days(look: Look) -> None:
    if look.first is None or look.last is None:
        raise BadInput("自选起止要填起日和止日。", {"first": "自选起止要填起日和止日。"})
    if look.last < look.first:
        raise BadInput("止日不能早于起日。", {"last": "止日不能早于起日。"})


def _named(post_id: UUID, name: str, *, but: UUID | None = None) -> str:
    name = written("name", name, LONGEST_NAME, wanted="请给视图起个名称。")
    if name_taken(post_id, name, but=but):
        raise _taken(name)
    return name


def _taken(name: str) -> BadInput:
    sentence = f"本岗位已有名为“{name}”的视图，请换一个名称。"
    return BadInput(sentence, {"name": sentence})


def _write(view: SavedView) -> None:
    """Write the row; a twin of the same name that came at the same moment is refused as one that came before."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as clash:
        raise _taken(view.name) from clash


def _own(viewer: Viewer, view_id: UUID) -> SavedView:
    view = SavedView.objects.select_for_update().filter(id=view_id, post_id=viewer.post_id).first()
    if view is None:
        raise NotFound
    return view


def _tell(
    view: SavedView, kind: ViewFact, actor: Actor, now: datetime, body: Mapping[str, Any], details: Mapping[str, str]
) -> None:
    record(str(kind), thing_kind=THING, thing_id=view.id, actor=actor, at=now, body=body, details=details)
