"""What stands around every page: the places, who one is and as what one acts, the region, the period, the ribbon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zhitong.domain.organisations import queries
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.web.shell import following, navigation
from zhitong.web.shell.large import is_large
from zhitong.web.shell.words import whole_day, whole_moment


@dataclass(frozen=True)
class PostChoice:
    """A post one may act as."""

    id: UUID
    name: str
    unit: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """All that the layouts ask for; empty of somebody not signed in. `own_unit` and `own_region` are topics to follow,
    `taken` is what stands on the edge of every printed page."""

    home_url: str = "/"
    places: tuple[navigation.ShownGroup, ...] = ()
    current: navigation.ShownPlace | None = None
    at_thumb: tuple[navigation.ShownPlace, ...] = ()
    has_more: bool = False
    person: str = ""
    person_id: str = ""
    acting_as: str = ""
    posts: tuple[PostChoice, ...] = ()
    region: str = ""
    period: str = ""
    search_url: str = ""
    stream_url: str = ""
    own_unit: str = ""
    own_region: str = ""
    taken: str = ""
    layout: str = "shell/alone.html"


def frame(request: HttpRequest) -> dict[str, object]:
    """Django's context processor: `frame`, `ribbon` and `large`, each worked out when a template first asks."""
    return {
        "frame": SimpleLazyObject(lambda: frame_of(request)), "ribbon": SimpleLazyObject(ribbon),
        "large": SimpleLazyObject(lambda: is_large(request)),
    }


def frame_of(request: HttpRequest) -> Frame:
    """The frame around this request's page."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return Frame()
    is_served = viewer.unit_kind is UnitKind.SERVED
    places = navigation.shown_to(viewer, navigation.SERVED if is_served else navigation.DESK, request.path)
    near, has_more = navigation.at_thumb(places)
    posts = _posts_of(request, viewer)
    acting_as = next((f"{post.unit} {post.name}" for post in posts if post.current), "")
    return Frame(
        places=places,
        current=navigation.current_of(places),
        at_thumb=near,
        has_more=has_more,
        person=request.user.name,
        person_id=str(viewer.person_id),
        acting_as=acting_as,
        posts=posts,
        region=queries.directory().regions[viewer.region_id].name,
        period=_("%(year)s年%(month)s月") % {"year": clock.today().year, "month": clock.today().month},
        search_url="" if is_served else navigation.address_of(navigation.SEARCH),
        stream_url=following.stream_url(request),
        own_unit=following.OWN_UNIT,
        own_region=following.own_region(viewer),
        taken="" if is_served else _taken(request, acting_as),
        layout="shell/served.html" if is_served else "shell/desk.html",
    )


def _taken(request: HttpRequest, acting_as: str) -> str:
    """Who printed a page, as what, when, and the number of the request, under which the logs have it."""
    return _("内部使用　页面编号 %(number)s　%(who)s %(person)s　%(at)s") % {
        "number": getattr(request, "request_id", ""), "who": acting_as, "person": request.user.name,  # type: ignore[union-attr]
        "at": whole_moment(clock.now()),
    }


def ribbon() -> str:
    """The sentence of a demonstration, whose clock does not run with the world's; elsewhere nothing."""
    if clock.offset() == timedelta():
        return ""
    return _("演示环境 · 今天是 %s") % whole_day(clock.today())


def _posts_of(request: HttpRequest, viewer: Viewer) -> tuple[PostChoice, ...]:
    held = queries.posts_of(request.user, clock.today())
    return tuple(PostChoice(post.post_id, _title(post), post.unit_name, post.post_id == viewer.post_id) for post in held)


def _title(post: queries.HeldPost) -> str:
    """A post's title; of one held only for somebody else, with his name."""
    return _("%(title)s（代%(name)s）") % {"title": post.title, "name": post.for_name} if post.for_name else post.title
