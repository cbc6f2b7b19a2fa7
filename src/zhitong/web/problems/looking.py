"""抽查回访 and 异常提示: what an office looks at a second time, and what asks to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.problems.actions.checking import call_back, judge_outcome
from zhitong.domain.problems.queries.checks import CheckRow, checks_for, checks_of
from zhitong.domain.problems.queries.flags import FlagRow, count_flags, flags_for
from zhitong.domain.problems.queries.page import problem_id_of, problem_page
from zhitong.domain.problems.rules.kinds import CheckKind, CheckState, Flag, Rating
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.problems.fields import ActForm, ProseField, WordField
from zhitong.web.problems.showing import address_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty, Tab
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.navigation import address_of as place_called
from zhitong.web.shell.sending import key_of, send_once

NEWEST = "id"
ROWS = 50


class CallForm(ActForm):
    """What the firm said on the telephone; left open when it was not reached."""

    found = WordField(
        Rating, gettext_lazy("企业对解决结果怎么说"), conditional=True,
        help_text=gettext_lazy("没有联系上的不选，写明联系了几次。"),
    )
    words = ProseField(gettext_lazy("回访情况"), gettext_lazy("写明联系了谁、原话要点。"), rows=4)


class JudgeForm(ActForm):
    """Whether the outcome holds."""

    state = WordField(CheckState, gettext_lazy("办结结果是否属实"), only=(CheckState.SOUND, CheckState.WANTING))
    words = ProseField(gettext_lazy("核查情况"), gettext_lazy("写明向谁核实、看到什么。"), rows=4)


FORMS: Mapping[CheckKind, type[ActForm]] = {CheckKind.CALL_BACK: CallForm, CheckKind.OUTCOME: JudgeForm}


@require_GET
def checks(request: HttpRequest) -> HttpResponse | FileResponse:
    """抽查回访: what was drawn for this office to look at, what waits and what is done.

    Raises NotYours: the post is not an office's.
    """
    done = request.GET.get("show") == "done"

    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[CheckRow]:
        return checks_for(
            request.viewer, waiting=not done, after=after[1] if after else None, turned=not sort.descending, limit=limit
        )

    def count(_asked: Mapping[str, Any], most: int) -> int:
        return len(checks_for(request.viewer, waiting=not done, limit=most))

    columns = (
        Column("number", gettext_lazy("编号"), url=lambda row: check_address(row.number, row.kind) if not done else address_of(row.number)),
        Column("kind", gettext_lazy("事项"), value=lambda row: row.kind.label),
        Column("subject_name", gettext_lazy("服务对象")),
        Column("due_at", gettext_lazy("到期时间"), Kind.MOMENT),
        Column("state", gettext_lazy("结果"), value=lambda row: row.found.label if row.found else row.state.label),
        Column("words", gettext_lazy("情况"), Kind.LONG),
        Column("asked_at", gettext_lazy("抽取时间"), Kind.MOMENT, sort_by=NEWEST),
    )
    listed = DeskList(
        "problem-checks", _("抽查回访"), columns, Sort(NEWEST, True), limit=ROWS,
        empty=Empty(_("没有等本办抽查回访的问题"), _("每月按公布的种子抽取上月销号的问题，抽到本办的会出现在这里。"), icon="circle-check"),
    )
    tabs = [Tab(_("待登记"), request.path, not done), Tab(_("已登记"), f"{request.path}?show=done", done)]
    return listed.respond(
        request, "problems/looking.html", fetch=fetch, count=count, asked_by=request.user.name,
        why=_("每月按种子抽取，任何人都可以重新核对"), context={"tabs": tabs, "title": _("抽查回访")},
    )


@require_GET
def flags(request: HttpRequest) -> HttpResponse | FileResponse:
    """异常提示: what looks wrong in the office's territory, newest first.

    Raises NotYours: the post is not an office's. Raises NotFound: there is no such flag.
    """
    chosen = _flag_in(request)

    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[FlagRow]:
        return flags_for(
            request.viewer, flag=chosen, after=after[1] if after else None, turned=not sort.descending, limit=limit
        )

    def count(_asked: Mapping[str, Any], most: int) -> int:
        return count_flags(request.viewer, flag=chosen, most=most)

    columns = (
        Column("number", gettext_lazy("编号"), url=lambda row: address_of(row.number)),
        Column("flag", gettext_lazy("提示"), value=lambda row: row.flag.label),
        Column("words", gettext_lazy("看到什么"), Kind.LONG),
        Column("unit", gettext_lazy("办理单位")),
        Column("subject_name", gettext_lazy("服务对象")),
        Column("at", gettext_lazy("时间"), Kind.MOMENT, sort_by=NEWEST),
    )
    listed = DeskList(
        "problem-flags", _("异常提示"), columns, Sort(NEWEST, True), limit=ROWS,
        empty=Empty(_("没有异常提示"), _("系统发现批量签收、答复雷同等情况时会列在这里，请人看一看。"), icon="circle-check"),
    )
    tabs = [Tab(_("全部"), request.path, chosen is None)]
    tabs += [Tab(flag.label, f"{request.path}?flag={flag.value}", flag is chosen) for flag in Flag]
    return listed.respond(
        request, "problems/looking.html", fetch=fetch, count=count, asked_by=request.user.name,
        why=_("只提示，不作结论，不影响评价和时限"), context={"tabs": tabs, "title": _("异常提示")},
    )


def _flag_in(request: HttpRequest) -> Flag | None:
    word = request.GET.get("flag", "")
    if not word:
        return None
    found = next((flag for flag in Flag if flag.value == word), None)
    if found is None:
        raise NotFound
    return found


def check_address(number: str, kind: CheckKind) -> str:
    """Where what was found at a second look is written down."""
    return reverse("problems:check", args=[number, kind.value])


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The form of a second look, and what was found.

    Raises NotFound: no such look was drawn for this office. Raises NotYours: the post is not an office's.
    """
    chosen = next((one for one in FORMS if one.value == kind), None)
    problem_id = problem_id_of(request.viewer, number)
    require(request.viewer, Permission.DISPATCH)
    drawn = [one for one in checks_of(problem_id, request.viewer.unit_id) if one.kind is chosen]
    if chosen is None or not drawn:
        raise NotFound
    form = FORMS[chosen](request.POST if request.method == "POST" else None)
    refusal = "" if drawn[0].is_waiting else _("这次%s已经登记过结果。") % chosen.label
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, lambda: _keep(request, chosen, problem_id, form.cleaned_data))
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("已登记%s情况。") % chosen.label)
            return redirect("problems:checks")
    context = {
        "page": problem_page(request.viewer, problem_id, now=clock.now()), "form": form, "title": chosen.label,
        "refusal": refusal, "once_key": key_of(request), "drawn": drawn[0],
        "crumbs": [Crumb(_("抽查回访"), place_called("problems:checks")), Crumb(number)],
    }
    status = 409 if refusal and request.method == "POST" else 422 if form.is_bound else 200
    return render(request, "problems/check.html", context, status=status)


def _keep(request: HttpRequest, kind: CheckKind, problem_id: UUID, said: Mapping[str, Any]) -> dict[str, str]:
    common: dict[str, Any] = {
        "problem_id": problem_id, "actor": request.viewer.actor("web"), "now": clock.now(), "words": said["words"],
    }
    if kind is CheckKind.CALL_BACK:
        call_back(found=said["found"], **common)
    else:
        judge_outcome(is_sound=said["state"] is CheckState.SOUND, **common)
    return {"kind": kind.value}
