"""走访一页纸 before a visit, the page of one visit, and saying whether a promise was kept."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.visits.actions.confirming import settle_promise
from zhitong.domain.visits.queries.one import visit_seen
from zhitong.domain.visits.queries.paper import visit_paper
from zhitong.kit import clock
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import officials_only, tried
from zhitong.web.visits.lists import confirmation_of, official_of

KEPT, BROKEN = "kept", "broken"


class PromiseForm(PlainForm):
    """Kept or not, and what there is to say about it."""

    state = forms.ChoiceField(
        label=gettext_lazy("兑现情况"), widget=forms.RadioSelect,
        choices=[(KEPT, gettext_lazy("已兑现")), (BROKEN, gettext_lazy("没有兑现"))],
    )
    note = ProseField(gettext_lazy("说明"), gettext_lazy("没有兑现的写明原因和下一步怎么办"), rows=2, max_length=300, required=False)


@require_GET
def paper(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """The page to read, or to print on one A4, before going there.

    Raises NotFound: one of the served, or the subject is not there for the viewer.
    """
    officials_only(request)
    found = visit_paper(request.viewer, subject_id, now=clock.now())
    crumbs = [Crumb(_("走访"), reverse("visits:rounds")), Crumb(found.subject.name)]
    return render(request, "visits/paper.html", {
        "paper": found, "subject": found.subject, "crumbs": crumbs, "once_key": key_of(request), "today": clock.today(),
    })  # fmt: skip


@require_GET
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit with its promises, its problems and what the firm says of it; the firm confirms it here, too.

    Raises NotFound: there is none for this viewer.
    """
    found = visit_seen(request.viewer, visit_id, today=clock.today())
    mark_read(request.viewer, visit_id, now=clock.now())
    is_served = request.viewer.unit_kind is UnitKind.SERVED
    before = Crumb(_("谁来过"), reverse("visits:mine")) if is_served else Crumb(_("走访记录"), reverse("visits:list"))
    crumbs = [before, Crumb(found.row.subject)]
    return render(request, "visits/page.html", {
        "visit": found, "row": found.row, "files": found.files, "light": confirmation_of(found.row),
        "official": official_of(found.row), "crumbs": crumbs, "once_key": key_of(request),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Say whether a promise was kept; back to its visit.

    Raises NotFound: it is no promise of the viewer's unit.
    """
    officials_only(request)
    form = PromiseForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        said, viewer = form.cleaned_data, request.viewer
        is_done, visit_id, refusal, status = tried(request, form, lambda: str(settle_promise(
            viewer, promise_id, kept=said["state"] == KEPT, note=said["note"], actor=viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已登记兑现情况。"))
            return redirect("visits:page", visit_id)
    title = _("登记承诺兑现情况")
    return render(request, "visits/small.html", {
        "form": form, "title": title, "button": _("登记"), "refusal": refusal, "back_url": reverse("visits:rounds"),
        "consequence": _("企业能在自己的页面看到这项承诺是不是兑现了。"), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("走访"), reverse("visits:rounds")), Crumb(title)],
    }, status=status)  # fmt: skip
