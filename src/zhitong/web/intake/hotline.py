"""热线转办: a file of orders to send in, and the lists sent so far."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhitong.domain.intake.queries.screenings import sheets_of
from zhitong.domain.intake.rules.sheets import SheetKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.web.intake.sheets import ListForm, send_list


@require_http_methods(["GET", "HEAD", "POST"])
def hotline(request: HttpRequest) -> HttpResponse:
    """The form for a file of orders; sent, its page shows what was read.

    Raises NotYours: only an office takes orders.
    """
    require(request.viewer, Permission.DISPATCH)
    form = ListForm()
    if request.method == "POST":
        sheet_id, form = send_list(request, SheetKind.HOTLINE)
        if sheet_id is not None:
            return redirect("intake:sheet", sheet_id)
    return render(request, "intake/hotline.html", {
        "form": form, "sheets": sheets_of(request.viewer, SheetKind.HOTLINE),
    }, status=422 if form.is_bound else 200)  # fmt: skip
