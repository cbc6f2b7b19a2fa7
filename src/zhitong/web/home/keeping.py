"""The first page of the three administrators, to whom matters are closed: what of their own waits, and where they do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.accounts.queries.waits import count_of_waits
from zhitong.domain.history.queries.checks import newest_checks
from zhitong.domain.messaging.queries.outgoing import count_failed
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.handing import sheets_to_sign
from zhitong.domain.systems.queries.telling import count_dead
from zhitong.kit import clock
from zhitong.kit.paging import EXACT_TO, HowMany
from zhitong.web.audit.views import light_of
from zhitong.web.home.duties import handing_lines
from zhitong.web.shell.components import Light, Text

CHECKS_READ = 7
NOTICES_SHOWN = 5


@dataclass(frozen=True)
class Keeping:
    """A place that a keeper keeps: what is done there, how many things wait in it, or how it stands."""

    label: Text
    url: str
    about: Text
    waits: Text = ""
    light: Light | None = None


def desk_of_keeper(request: HttpRequest) -> HttpResponse:
    """The places of a system, security or audit administrator, those where something waits first."""
    viewer, now = request.viewer, clock.now()
    kept = [*_of_administrator(viewer), *_of_locks(viewer, now), *_of_auditor(viewer), *_of_tracer(viewer)]
    return render(request, "home/keeper.html", {
        "unit": directory().units[viewer.unit_id], "kept": sorted(kept, key=lambda one: not one.waits),
        "sheets": handing_lines(sheets_to_sign(viewer)), "unread": unread_for(viewer, limit=NOTICES_SHOWN),
    })


def _of_administrator(viewer: Viewer) -> list[Keeping]:
    if not viewer.may(Permission.ADMINISTER):
        return []
    return [
        Keeping(_("单位与人员"), reverse("staffing:list"), _("设单位和岗位，任职、调动、免职，指定代办人")),
        Keeping(
            _("消息送达"), reverse("messaging:delivery"), _("外发渠道是否正常，没有送到的消息再发"),
            _waits(count_failed(viewer, most=EXACT_TO + 1), _("%s 条没有送到")),
        ),
        Keeping(
            _("接入系统"), reverse("systems:list"), _("登记别的系统，发放、停用密钥，查看事件通知"),
            _waits(count_dead(viewer, most=EXACT_TO + 1), _("%s 条通知未能送达")),
        ),
        Keeping(_("组织机构导出导入"), reverse("systems:organisation"), _("整个辖区的单位、岗位、人员一次核对、一次改")),
    ]


def _of_locks(viewer: Viewer, now: datetime) -> list[Keeping]:
    if not (viewer.may(Permission.ADMINISTER) or viewer.may(Permission.GUARD)):
        return []
    shut = count_of_waits(viewer, now=now, only_shut=True, most=EXACT_TO + 1)
    return [Keeping(
        _("登录保护"), reverse("accounts:waits"), _("谁连续填错密码、正在等待；核实是本人的可以解除"), _waits(shut, _("%s 处正在等待")),
    )]


def _of_auditor(viewer: Viewer) -> list[Keeping]:
    if not viewer.may(Permission.AUDIT):
        return []
    light = light_of(next((one for one in newest_checks(CHECKS_READ) if one.ended_at), None))
    return [
        Keeping(_("留痕审计"), reverse("audit:state"), _("封存和每晚的核验，把每天的摘要另存"), light=light),
        Keeping(_("查留痕"), reverse("audit:facts"), _("按人员、单位、事项、时间查谁办了什么")),
    ]


def _of_tracer(viewer: Viewer) -> list[Keeping]:
    if not viewer.may(Permission.TRACE):
        return []
    return [Keeping(_("谁能看到"), reverse("sight:ask"), _("一件事、一个服务对象哪些岗位能看到，凭什么"))]


def _waits(count: int, sentence: str) -> str:
    return sentence % HowMany(count) if count else ""
