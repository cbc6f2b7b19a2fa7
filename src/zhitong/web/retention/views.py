"""The terms with what would go by each today, the last runs, the holds that run, and who was erased under which number."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.retention.queries.holds import erasures_for, holds_for
from zhitong.domain.retention.queries.terms import due_now, is_keeper, may_set_terms, newest_runs
from zhitong.kit import clock
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Tab
from zhitong.web.shell.lists import DeskList

COLUMNS = (
    Column("kind", gettext_lazy("保存的内容"), value=lambda row: row.held.term.kind.label),
    Column("since", gettext_lazy("从何时起算"), value=lambda row: row.held.term.since),
    Column("months", gettext_lazy("保存"), Kind.NUMBER, unit=gettext_lazy("个月"), value=lambda row: row.held.months),
    Column("floor", gettext_lazy("不得少于"), Kind.NUMBER, unit=gettext_lazy("个月"), value=lambda row: row.held.term.floor),
    Column("treatment", gettext_lazy("到期怎样处理"), value=lambda row: row.held.term.treatment.label),
    Column("many", gettext_lazy("今天到期"), Kind.NUMBER, unit=gettext_lazy("条")),
    Column("oldest", gettext_lazy("其中最早"), Kind.DAY, value=lambda row: row.oldest and clock.day_of(row.oldest)),
    Column("before", gettext_lazy("清理早于"), Kind.DAY, value=lambda row: clock.day_of(row.before)),
    Column("why", gettext_lazy("依据"), Kind.LONG, value=lambda row: row.held.term.why, extra=True),
)
CHANGE = Column(
    "change", gettext_lazy("调整"), Kind.ACT, value=lambda row: _("调整"), url=lambda row: reverse("retention:change", args=[row.id])
)


def keepers_only(request: HttpRequest) -> Viewer:
    """The viewer, who is one of the three administrators. Raises NotFound: no such page is there for anybody else."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not is_keeper(viewer):
        raise NotFound
    return viewer


def tabs(here: str) -> list[Tab]:
    """The three pages that lie side by side."""
    named = (("terms", _("期限和试算")), ("holds", _("保留")), ("erasures", _("删除个人信息")))
    return [Tab(label, reverse(f"retention:{name}"), name == here) for name, label in named]


@require_GET
def terms(request: HttpRequest) -> HttpResponse | FileResponse:
    """The terms and the dry run; the workbook holds the same rows. Raises NotFound: the viewer is no administrator."""
    viewer = keepers_only(request)
    found, may_set = due_now(viewer, clock.now()), may_set_terms(viewer)
    desk = DeskList(
        "retention", gettext_lazy("保存期限"), (*COLUMNS, CHANGE) if may_set else COLUMNS, Sort("id"),
        empty=Empty(gettext_lazy("没有保存期限"), gettext_lazy("期限随系统提供。"), icon="hourglass"),
    )
    return desk.respond(
        request, "retention/terms.html", fetch=lambda *_asked: found, count=lambda *_asked: len(found),
        why=_("全部期限，右侧是按今天试算的结果，没有清理任何内容"), asked_by=request.user.name,
        context={"tabs": tabs("terms"), "days": _days(viewer), "may_set": may_set},
    )  # fmt: skip


def _days(viewer: Viewer) -> list[dict[str, Any]]:
    """The last runs, day by day: what was cleared, how many in all, and whether it is done."""
    days = []
    for day, runs in groupby(newest_runs(viewer), key=lambda run: run.day):
        told = list(runs)
        days.append({
            "day": day, "all": sum(run.done for run in told), "done": [run for run in told if run.done],
            "is_over": all(run.ended_at for run in told),
        })
    return days


@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """What is held back in the territory. Raises NotFound: the viewer is no administrator."""
    viewer = keepers_only(request)
    return render(request, "retention/holds.html", {
        "tabs": tabs("holds"), "holds": holds_for(viewer, clock.today()), "may_hold": viewer.may(Permission.GUARD),
        "nothing": Empty(
            _("没有设定保留"), _("审计、诉讼、复查要用的企业和人员，由安全管理员设定保留；保留期内到期也不清理、不删除。"), icon="lock"
        ),
    })


@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    """Who was erased in the territory, by number. Raises NotFound: the viewer is no administrator."""
    viewer = keepers_only(request)
    return render(request, "retention/erasures.html", {
        "tabs": tabs("erasures"), "erasures": erasures_for(viewer), "may_erase": viewer.may(Permission.ADMINISTER),
        "nothing": Empty(
            _("没有受理过删除"), _("本人要求删除的，由系统管理员受理；办过的事保留，姓名换成“已删除人员”和编号。"), icon="users-group"
        ),
    })
