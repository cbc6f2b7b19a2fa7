"""Source systems: which send figures, what they sent last, and registering one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.progress.actions.fetching import LONGEST_NAME, LONGEST_NOTE, register_source
from zhitong.domain.progress.queries.sources import figures_sent, sources_known
from zhitong.kit import clock
from zhitong.web.reports.showing import tabs_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.supervision.asking import Asking, respond


class SourceForm(PlainForm):
    """A system whose figures come in by themselves."""

    code = forms.SlugField(
        label=gettext_lazy("代码"), max_length=40, help_text=gettext_lazy("小写字母、数字和下划线，接口送数时用，例如 elderly_care"),
        error_messages={"invalid": gettext_lazy("代码只用字母、数字、短横和下划线。")},
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=LONGEST_NAME)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=LONGEST_NOTE, required=False)


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """The sources and, of one that is chosen, what it sent. Raises NotFound: the viewer is no official."""
    found = sources_known(request.viewer)
    chosen = next((one for one in found if one.code == request.GET.get("source")), None)
    return render(request, "reports/sources.html", {
        "tabs": tabs_of(request, "sources"), "sources": found, "chosen": chosen,
        "sent": figures_sent(request.viewer, chosen.id) if chosen else [], "may_register": request.viewer.may(Permission.HANDLE),
        "may_send": chosen is not None and chosen.unit_id == request.viewer.unit_id and request.viewer.may(Permission.HANDLE),
    })


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a source of the own unit. Raises NotYours: the post handles nothing."""
    require(request.viewer, Permission.HANDLE)
    form, back = SourceForm(request.POST or None), reverse("reports:sources")
    asking = Asking(
        _("登记源系统"), _("登记后，本单位的接口密钥可以按这个代码送数；送来的数标明来源、时点和质量。"), _("登记"), "plus", back,
        [Crumb(_("源系统"), back), Crumb(_("登记"))],
    )

    def do() -> str:
        return str(register_source(**form.cleaned_data, unit_id=request.viewer.unit_id, actor=request.viewer.actor("web"), now=clock.now()))

    return respond(request, asking, form, do, _("已登记。"), lambda _answer: back)
