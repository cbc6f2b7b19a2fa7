"""Delegated administration: who administers a territory opens and renames units, opens posts and seats people in them.

Every act reaches no further than the subtree, and nobody touches the posts of his equals (`rules.staffing`). Ending what may
still have work is an act of a higher room. Source: GB/T 22239-2019 8.1.4.2.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.auditing import refuse_double
from zhitong.domain.organisations.actions.dissolving import mark_changed
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Person, Post, Tenure, Unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.staffing import administers, post_administered, unit_administered
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.staffing import (
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_UNIT,
    OPENED,
    StaffFact,
    keeper_trouble,
)
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written


class NotToHandOn(Refused):
    """The post is one that the level above fills and empties."""


class HeldAlready(Refused):
    """The person holds the post already."""


@transaction.atomic
def open_unit(viewer: Viewer, *, region_id: UUID, name: str, kind: UnitKind, actor: Actor, now: datetime) -> UUID:
    """Open a unit in a region of the subtree, without lines of work; loading a package does not end it.

    Raises NotYours, NotFound: the region lies elsewhere. Raises BadInput, at `name` or `kind`.
    """
    require(viewer, Permission.ADMINISTER)
    if not administers(viewer, region_id):
        raise NotFound
    if kind not in OPENED:
        raise BadInput(_KIND, {"kind": _KIND})
    called = _unit_name(name, region_id)
    unit_id = uuid7()
    code = f"{directory().regions[region_id].code}-x{unit_id.hex[-10:]}"
    Unit.objects.create(
        id=unit_id, code=code, name=called, short=called[:60], kind=kind.value, region_id=region_id, is_kept_here=True
    )
    mark_changed()
    _record(StaffFact.UNIT_OPENED, "unit", unit_id, actor, now, {"region": region_id, "kind": kind}, called)
    return unit_id


@transaction.atomic
def rename_unit(viewer: Viewer, unit_id: UUID, *, name: str, actor: Actor, now: datetime) -> None:
    """Give a unit of the subtree another name; papers already made keep the old one.

    Raises NotYours, NotFound. Raises BadInput, at `name`.
    """
    unit = unit_administered(viewer, unit_id)
    called = _unit_name(name, unit.region_id)
    Unit.objects.filter(id=unit_id).update(name=called, short=called[:60], is_kept_here=True)
    mark_changed()
    _record(StaffFact.UNIT_RENAMED, "unit", unit_id, actor, now, {"region": unit.region_id}, called)


@transaction.atomic
def open_post(viewer: Viewer, unit_id: UUID, *, kind: PostKind, title: str, actor: Actor, now: datetime) -> UUID:
    """Open a post in a unit of the subtree; one that was closed under this title stands again.

    Raises NotYours, NotFound, NotToHandOn. Raises BadInput, at `title`.
    """
    unit = unit_administered(viewer, unit_id)
    refuse_keeper(viewer, kind, unit.region_id)
    called = written("title", title, LONGEST_TITLE, wanted="请填写岗位名称。")
    known = Post.objects.select_for_update().filter(unit_id=unit_id, title=called).first()
    if known is not None and known.ended_on is None:
        raise BadInput(_TITLE, {"title": _TITLE})
    post = known or Post(unit_id=unit_id, title=called)
    post.kind, post.ended_on = kind.value, None
    post.save()
    _record(StaffFact.POST_OPENED, "post", post.id, actor, now, {"unit": unit_id, "kind": kind}, called)
    return post.id


class StillHeld(Refused):
    """Somebody holds the post."""


@transaction.atomic
def close_post(viewer: Viewer, post_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Close a post that nobody holds. Raises NotYours, NotFound, NotToHandOn, StillHeld."""
    kind, title, unit = post_administered(viewer, post_id)
    refuse_keeper(viewer, kind, unit.region_id)
    if Tenure.objects.filter(post_id=post_id, until__isnull=True).exists():
        raise StillHeld(f"“{title}”还有人任职。请先调动或免职，再撤销岗位。")
    Post.objects.filter(id=post_id).update(ended_on=day_of(now))
    _record(StaffFact.POST_CLOSED, "post", post_id, actor, now, {"unit": unit.id, "kind": kind}, title)


@transaction.atomic
def seat_person(
    viewer: Viewer, post_id: UUID, *, login: str, name: str, password: str | None, actor: Actor, now: datetime
) -> UUID:
    """Seat a person in a post of the subtree from today on; who has the login keeps his other posts. Returns the person.

    Raises NotYours, NotFound, NotToHandOn, HeldAlready, WatchesHimself. Raises BadInput, at `login` or `name`.
    """
    kind, _title, unit = post_administered(viewer, post_id)
    refuse_keeper(viewer, kind, unit.region_id)
    login = written("login", login, LONGEST_TITLE, wanted="请填写登录名。")
    name = written("name", name, LONGEST_NAME, wanted="请填写姓名。")
    known = Person.objects.select_for_update().filter(login=login).first()
    if known is None:
        person_id = seat([Seat(login=login, name=name, password=password, post_id=post_id, since=day_of(now))])[0]
    else:
        _refuse_known(known, name, post_id, viewer)
        person_id = known.id
        Tenure.objects.create(post_id=post_id, person_id=person_id, since=day_of(now))
        refuse_double([person_id])
    _record(StaffFact.SEATED, "person", person_id, actor, now, {"post": post_id, "unit": unit.id}, name)
    return person_id


def refuse_own(viewer: Viewer, person_id: UUID) -> None:
    """Refuse who would act on himself."""
    if viewer.person_id == person_id:
        raise NotToHandOn("不能为自己办理任免和调动。请由上一级系统管理员办理。")


def refuse_keeper(viewer: Viewer, kind: PostKind, region_id: UUID) -> None:
    """Refuse who would fill or empty a post of his equals, or of who audits him. Raises NotToHandOn."""
    trouble = keeper_trouble(kind, is_own_region=region_id == viewer.region_id)
    if trouble:
        raise NotToHandOn(trouble)


def _refuse_known(known: Person, name: str, post_id: UUID, viewer: Viewer) -> None:
    refuse_own(viewer, known.id)
    if known.name != name or not known.is_active:
        raise BadInput(_LOGIN, {"login": _LOGIN})
    if Tenure.objects.filter(post_id=post_id, person_id=known.id, until__isnull=True).exists():
        raise HeldAlready(f"{name}已经任这个岗位。")


def _unit_name(name: str, region_id: UUID) -> str:
    called = written("name", name, LONGEST_UNIT, wanted="请填写单位全称。")
    if any(one.name == called for one in directory().units.values() if one.region_id == region_id):
        raise BadInput(_NAMED, {"name": _NAMED})
    return called


def _record(
    kind: StaffFact, thing_kind: str, thing_id: UUID, actor: Actor, now: datetime, body: dict[str, object], name: str
) -> None:
    record(str(kind.value), thing_kind=thing_kind, thing_id=thing_id, actor=actor, at=now, body=body, details={"name": name})


_KIND = "这一类单位不能在这里新设：活动机构随活动包载入，企业在服务对象里登记。"
_TITLE = "这个单位已有同名的岗位，请换一个名称。"
_NAMED = "本级已有这个名称的单位，请核对。"
_LOGIN = "这个登录名是别人的，与填写的姓名不一致。请核对，或换一个登录名。"
