"""The places of the menu as data: what they are called, where they lead, who may see them.

A place whose address does not exist (yet) is not shown: a new page appears in the menu by one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from zhitong.domain.organisations.rules.rights import Apart, Permission, Reach, apart_of
from zhitong.web.shell.components import Text

Sight = Callable[[Any], bool]


def everybody(viewer: Any) -> bool:
    """The sight of a place that needs no right of its own: the rows behind it are scoped anyway."""
    return True


def of_matters(viewer: Any) -> bool:
    """The sight of a place where the three administrators would find nothing: matters are closed to them."""
    return viewer is None or not viewer.is_apart


def of_served(viewer: Any) -> bool:
    """The sight of the register of the served, which a system administrator reads, and the other two do not."""
    return viewer is None or apart_of(viewer.permissions) is not Apart.ALL


def overseers(viewer: Any) -> bool:
    """The sight of a place whose figures are a territory's or a line's."""
    return viewer is not None and bool(viewer.may(Permission.OVERSEE))


def watchers(viewer: Any) -> bool:
    """The sight of how the plan stands in a territory."""
    return viewer is not None and viewer.reach in (Reach.SUBTREE, Reach.LINE) and bool(viewer.may(Permission.OVERSEE))


def dispatchers(viewer: Any) -> bool:
    """The sight of the desk where problems are accepted and handed out."""
    return viewer is not None and bool(viewer.may(Permission.DISPATCH))


def senders_of_tables(viewer: Any) -> bool:
    """The sight of what offices and administrators send in as tables."""
    return dispatchers(viewer) or (viewer is not None and bool(viewer.may(Permission.ADMINISTER)))


def officials(viewer: Any) -> bool:
    """The sight of what who handles problems enters and who oversees them reads."""
    return handlers(viewer) or overseers(viewer)


def delegates(viewer: Any) -> bool:
    """The sight of the page where delegates put suggestions."""
    return viewer is not None and bool(viewer.may(Permission.SUGGEST))


def handlers(viewer: Any) -> bool:
    """The sight of what a unit that handles problems keeps to itself."""
    return viewer is not None and bool(viewer.may(Permission.HANDLE))


def unsealers(viewer: Any) -> bool:
    """The sight of the desk of sealed complaints; who receives none finds it empty."""
    return viewer is not None and bool(viewer.may(Permission.UNSEAL))


def auditors(viewer: Any) -> bool:
    """The sight of the pages on which history is audited."""
    return viewer is not None and bool(viewer.may(Permission.AUDIT))


def administrators(viewer: Any) -> bool:
    """The sight of what system administrators alone keep."""
    return viewer is not None and bool(viewer.may(Permission.ADMINISTER))


def keepers_of_locks(viewer: Any) -> bool:
    """The sight of who waits at the door."""
    return administrators(viewer) or (viewer is not None and bool(viewer.may(Permission.GUARD)))


def keepers(viewer: Any) -> bool:
    """The sight of what all three administrators read."""
    return auditors(viewer) or keepers_of_locks(viewer)


def tracers(viewer: Any) -> bool:
    """The sight of the page that asks who can see what, and why."""
    return viewer is not None and bool(viewer.may(Permission.TRACE))


def sees_territory(viewer: Any) -> bool:
    """The sight of places that speak of a territory or a line as a whole."""
    return bool(viewer.may(Permission.OVERSEE))


def sees_all_below(viewer: Any) -> bool:
    """The sight of places that name every unit of a territory."""
    return viewer is not None and viewer.reach is Reach.SUBTREE


@dataclass(frozen=True)
class Place:
    """A line of the menu. `at_thumb` puts it into the bottom bar of phones, where there is room for three."""

    label: Text
    url_name: str
    icon: str
    at_thumb: bool = False
    may_see: Sight = everybody


@dataclass(frozen=True)
class Group:
    """Places of one function under its name; the first group needs no name."""

    label: Text
    places: tuple[Place, ...]


@dataclass(frozen=True)
class ShownPlace:
    """A place as this viewer sees it on this page."""

    label: Text
    url: str
    icon: str
    at_thumb: bool
    current: bool


@dataclass(frozen=True)
class ShownGroup:
    label: Text
    places: tuple[ShownPlace, ...]


DESK = (
    Group("", (Place(_("待办"), "home:desk", "inbox", at_thumb=True), Place(_("消息"), "notices:list", "bell"))),
    Group(
        _("信息搜集"),
        (
            Place(_("填报"), "cards:list", "forms", may_see=sees_territory),
            Place(_("补录"), "intake:record", "phone", may_see=handlers),
            Place(_("问题大排查"), "intake:screenings", "list-check", may_see=officials),
            Place(_("走访"), "visits:rounds", "map-pin", may_see=handlers),
            Place(_("座谈会"), "intake:symposia", "users-group", may_see=officials),
            Place(_("提建议"), "intake:suggest", "message-report", may_see=delegates),
            Place(_("热线转办"), "intake:hotline", "speakerphone", may_see=dispatchers),
            Place(_("服务对象"), "subjects:list", "building-factory", may_see=of_served),
            Place(_("分包帮扶"), "care:coverage", "user-check", may_see=sees_territory),
            Place(_("分级帮扶"), "tiering:list", "sort-descending", may_see=overseers),
            Place(_("企业诊断"), "tiering:diagnosis", "chart-line", may_see=overseers),
            Place(_("梯度培育"), "tiering:ladders", "trophy", may_see=overseers),
            Place(_("导入导出"), "exchange:list", "file-import", may_see=senders_of_tables),
        ),
    ),
    Group(
        _("问题分发"),
        (
            Place(_("受理交办"), "problems:dispatch", "arrows-split", may_see=dispatchers),
            Place(_("办理"), "problems:list", "clipboard-list", at_thumb=True, may_see=of_matters),
            Place(_("审签"), "signing:list", "signature", may_see=handlers),
            Place(_("台账"), "problems:ledger", "book", may_see=of_matters),
            Place(_("抽查"), "problems:samples", "eye", may_see=dispatchers),
            Place(_("分发规则"), "problems:rules", "route", may_see=dispatchers),
            Place(_("共性问题"), "commons:list", "stack-2", may_see=of_matters),
            Place(_("密封件"), "complaints:list", "lock", may_see=unsealers),
        ),
    ),
    Group(
        _("目标任务"),
        (
            Place(_("目标任务"), "plan:plan", "target-arrow", at_thumb=True),
            Place(_("政策文件"), "reader:list", "file-text", may_see=overseers),
            Place(_("目标进度"), "progress:own", "chart-dots", may_see=watchers),
            Place(_("目标任务报告"), "reports:mine", "report", may_see=officials),
            Place(_("目标分解"), "cascade:overview", "sitemap", may_see=overseers),
            Place(_("目标曲线"), "targets:list", "chart-line", may_see=sees_territory),
            Place(_("方案调整"), "amendments:list", "history", may_see=sees_territory),
            Place(_("时间表"), "roadmap:list", "calendar", may_see=overseers),
            Place(_("时间节点"), "lights:gates", "flag", may_see=overseers),
            Place(_("民生微实事"), "extras:list", "list-check", may_see=officials),
        ),
    ),
    Group(
        _("跟踪问效"),
        (
            Place(_("抽查回访"), "problems:checks", "phone", may_see=dispatchers),
            Place(_("异常提示"), "problems:flags", "alert-triangle", may_see=dispatchers),
            Place(_("督办"), "supervision:list", "flag", may_see=of_matters),
            Place(_("批示"), "supervision:instructions", "file-text", may_see=of_matters),
            Place(_("督查"), "inspections:list", "award", may_see=officials),
            Place(_("推进调度"), "rhythm:list", "calendar-event", may_see=officials),
        ),
    ),
    Group(
        _("成果分析"),
        (
            Place(_("总览"), "overview:overview", "chart-bar", may_see=overseers),
            Place(_("大屏"), "wall:wall", "device-tv", may_see=overseers),
            Place(_("办理时长"), "timing:timing", "hourglass", may_see=overseers),
            Place(_("问题热点"), "hurting:hurting", "flame", may_see=overseers),
            Place(_("完成预测"), "forecast:forecast", "trending-up", may_see=watchers),
            Place(_("开放数据"), "opendata:guide", "database-export", may_see=overseers),
        ),
    ),
    Group(
        _("简报通报"),
        (
            Place(_("材料"), "bulletins:desk", "report", may_see=of_matters),
            Place(_("简报通报"), "bulletins:editions", "news", may_see=overseers),
            Place(_("稿件"), "practices:list", "notes", may_see=officials),
            Place(_("套表"), "blanks:list", "file-export", may_see=overseers),
        ),
    ),
    Group(_("设置"), (
        Place(_("区划与单位"), "territory:territory", "sitemap"), Place(_("工作日历"), "calendars:calendar", "calendar"),
        Place(_("表式"), "forms:list", "file-text", may_see=officials),
        Place(_("版式模板"), "bulletins:templates", "file-text", may_see=handlers), Place(_("交接"), "handing:list", "transfer"),
        Place(_("开通"), "entry:activation", "user-plus", may_see=sees_all_below),
        Place(_("单位与人员"), "staffing:list", "users-group", at_thumb=True, may_see=administrators),
        Place(_("谁能看到"), "sight:ask", "eye", at_thumb=True, may_see=tracers),
        Place(_("留痕审计"), "audit:state", "history", at_thumb=True, may_see=auditors),
        Place(_("保存期限"), "retention:terms", "hourglass", may_see=keepers),
        Place(_("登录保护"), "accounts:waits", "shield", may_see=keepers_of_locks),
        Place(_("消息送达"), "messaging:delivery", "bell", may_see=administrators),
        Place(_("组织机构导出导入"), "systems:organisation", "file-export", may_see=administrators),
        Place(_("接入系统"), "systems:list", "link", may_see=administrators),
    )),
)

SERVED = (
    Group(
        "",
        (
            Place(_("首页"), "portal:home", "home", at_thumb=True),
            Place(_("填卡"), "portal:card", "forms", at_thumb=True),
            Place(_("我的问题"), "portal:problems", "message-report", at_thumb=True),
            Place(_("本企业"), "portal:subject", "building-factory", at_thumb=True),
        ),
    ),
)

SEARCH = "search:search"
AT_THUMB_WITH_MORE = 3


def shown_to(viewer: Any, groups: Iterable[Group], path: str) -> tuple[ShownGroup, ...]:
    """The groups and places that exist and that this viewer may see; the one that holds `path` is current."""
    addressed = [(group, [(p, address_of(p.url_name)) for p in group.places if p.may_see(viewer)]) for group in groups]
    current = _nearest(path, [url for _group, places in addressed for _place, url in places])
    shown = (
        ShownGroup(
            group.label,
            tuple(ShownPlace(p.label, url, p.icon, p.at_thumb, url == current) for p, url in places if url),
        )
        for group, places in addressed
    )
    return tuple(group for group in shown if group.places)


def at_thumb(groups: Iterable[ShownGroup]) -> tuple[tuple[ShownPlace, ...], bool]:
    """What stands in the bottom bar of four, and whether its last seat unfolds the rest."""
    every = [place for group in groups for place in group.places]
    near = [place for place in every if place.at_thumb]
    if len(every) == len(near) <= AT_THUMB_WITH_MORE + 1:
        return tuple(near), False
    return tuple(near[:AT_THUMB_WITH_MORE]), True


def current_of(groups: Iterable[ShownGroup]) -> ShownPlace | None:
    """The place one is in, or None on pages that belong to no place."""
    return next((place for group in groups for place in group.places if place.current), None)


def address_of(url_name: str) -> str:
    """The address of a named page; empty when no such page exists."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _nearest(path: str, urls: Iterable[str]) -> str:
    """The longest address that `path` lies below; the root holds itself alone."""
    return max(
        (url for url in urls if url and (path == url or (url != "/" and path.startswith(url)))), key=len, default=""
    )
