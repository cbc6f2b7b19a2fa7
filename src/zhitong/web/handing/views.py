"""交接: the sheets that concern one, a post that changes hands, a sheet to print and sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.bulletins.queries.editions.duties import duties_for as edition_duties
from zhitong.domain.organisations.queries import holders_in, officials_only
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.problems.actions.handing import hand_over, register_signature, sign_hand_over
from zhitong.domain.problems.queries.handing import Sheet, sheet_for, sheets_for
from zhitong.domain.problems.rules.handing import Side
from zhitong.domain.progress.queries.duties import duties_for as report_duties
from zhitong.domain.supervision.queries.duties import duties_for as pressing_duties
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.handing.forms import HandOverForm
from zhitong.web.home.duties import Line, edition_lines, pressing_line, report_lines
from zhitong.web.problems.showing import address_of
from zhitong.web.shell.asking import beside_fields
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, send_once


@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of the viewer, of his unit and of his office, the newest first.

    Raises NotFound: one of the served.
    """
    officials_only(request.viewer)
    return render(request, "handing/list.html", {
        "sheets": sheets_for(request.viewer),
        "may_change": request.viewer.may(Permission.ADMINISTER),
        "may_dissolve": request.viewer.may(Permission.DISPATCH),
        "nothing": Empty(
            _("没有岗位交接"), _("人员变动时由本级系统管理员办理交接，交接单会出现在这里，由双方签字。"), icon="transfer"
        ),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Change who holds a post of the level and draw up the sheet.

    Raises NotYours: the post does not administer.
    """
    require(request.viewer, Permission.ADMINISTER)
    form = HandOverForm(request.POST or None, holders=holders_in(request.viewer.region_id, clock.today()))

    def do() -> str:
        actor = request.viewer.actor("web")
        return str(hand_over(**form.cleaned_data, actor=actor, now=clock.now()))

    told = _(
        "接收人即刻可以在新岗位办理，移交人从今天起不能再以这个岗位办事；单位的在办事项不变，"
        "分包中写着移交人姓名的改为接收人。交接单待双方签字。"
    )
    return _form_page(
        request, form, do, title=_("岗位交接"), button=_("办理交接"), consequence=told, done=_("已办理交接，交接单待双方签字。")
    )


def _form_page(
    request: HttpRequest, form: PlainForm, do: Callable[[], str], *, title: str, button: str, consequence: str, done: str
) -> HttpResponse:
    """A form that happens once; refused, it comes back with what was typed and why."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made, _is_new = send_once(request, do)
        except (NotFound, NotYours):
            raise
        except BadInput as refused:
            refusal = beside_fields(form, refused)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, done)
            return redirect("handing:sheet", UUID(made))
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "handing/form.html", {
        "title": title, "button": button, "consequence": consequence, "form": form, "refusal": refusal,
        "once_key": key_of(request), "crumbs": [Crumb(_("交接"), reverse("handing:list")), Crumb(title)],
    }, status=status)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """One sheet with what was open on the day; the two named sign it, each for himself, or on paper.

    Raises NotFound: there is none such for the viewer.
    """
    officials_only(request.viewer)
    found, open_then = sheet_for(request.viewer, sheet_id)
    if request.method == "POST":
        return _sign(request, found)
    context: dict[str, Any] = {
        "sheet": found, "others": _others(request.viewer) if request.viewer.unit_id == found.unit_id else [],
        "problems": [(one, address_of(one.number)) for one in open_then],
        "hidden": found.count - len(open_then),
        "once_key": key_of(request),
        "crumbs": [Crumb(_("交接"), reverse("handing:list")), Crumb(found.title)],
    }
    return render(request, "handing/sheet.html", context)


def _others(viewer: Viewer) -> list[Line]:
    """What waits for the unit now beside its problems: papers, leaders' words, figures to check, reports."""
    now = clock.now()
    reports = [
        Line(one.label, "", one.url, one.consequence, "", None, "") for one in report_lines(report_duties(viewer, now=now))
    ]
    pressing = [pressing_line(one, now) for one in pressing_duties(viewer, now=now)]
    return [*pressing, *edition_lines(edition_duties(viewer, now=now), now), *reports]


def _sign(request: HttpRequest, found: Sheet) -> HttpResponse:
    """Sign for oneself; or register the signature of the side that is named, as it stands on the printed sheet."""
    side = next((one for one in Side if one.value == request.POST.get("on_paper")), None)

    def do() -> str:
        actor, now = request.viewer.actor("web"), clock.now()
        if side is None:
            return _("已作为%s签字。") % sign_hand_over(sheet_id=found.id, actor=actor, now=now).label
        register_signature(sheet_id=found.id, side=side, actor=actor, now=now)
        return _("已登记%s的纸面签字。") % side.label

    try:
        said, _is_new = send_once(request, do)
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return redirect("handing:sheet", found.id)
