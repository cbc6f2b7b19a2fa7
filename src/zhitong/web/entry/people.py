"""本单位人员: who signs in for the firm, how a colleague comes in, and that somebody no longer does."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.entry.actions.inviting import own_sheet
from zhitong.domain.entry.actions.leaving import NotYourself, stop_colleague
from zhitong.domain.entry.queries.colleagues import colleagues_of
from zhitong.domain.entry.queries.invitations import own_open_sheet
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.entry.qr import link_with_qr
from zhitong.web.shell.components import Confirmation, Crumb
from zhitong.web.shell.sending import key_of, send_once


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The people of the firm and its sheet for the next one; sending the form makes a sheet where none is open.

    Raises NotFound: the viewer is none of the served.
    """
    found = colleagues_of(request.viewer, today=clock.today())
    if request.method == "POST":
        send_once(request, lambda: str(own_sheet(request.viewer, actor=request.viewer.actor("web"), now=clock.now())))
        return redirect("entry:people")
    sheet = own_open_sheet(request.viewer, today=clock.today())
    link, code = link_with_qr(request, sheet.link) if sheet else ("", "")
    return render(request, "entry/people.html", {
        "people": found, "sheet": sheet, "left": sheet.most - sheet.joined if sheet else 0, "link": link, "qr": code,
        "once_key": key_of(request), "crumbs": [Crumb(_("本企业"), reverse("portal:subject")), Crumb(_("本单位人员"))],
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, tenure_id: UUID) -> HttpResponse:
    """Let a colleague no longer sign in for the firm, after it was said what that means.

    Raises NotFound: nobody like that is of the firm.
    """
    one = next((one for one in colleagues_of(request.viewer, today=clock.today()) if one.tenure_id == tenure_id), None)
    if one is None:
        raise NotFound
    if request.method == "POST":
        try:
            send_once(request, lambda: stop_colleague(
                request.viewer, tenure_id, actor=request.viewer.actor("web"), now=clock.now()
            ))
        except NotYourself as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("%s已停用，不能再为本单位登录。") % one.name)
        return redirect("entry:people")
    return render(request, "shell/confirm.html", {"confirmation": Confirmation(
        title=_("停用%s") % one.name,
        consequence=_("停用后，%s不能再为本单位填报和反映问题，以前填报的保留；现有的邀请二维码同时作废，需要时可以再生成。") % one.name,
        act_label=_("停用"), act_url=request.path, back_url=reverse("entry:people"), once_key=key_of(request),
    )})  # fmt: skip
