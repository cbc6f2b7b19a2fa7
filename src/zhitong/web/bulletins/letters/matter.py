"""出材料: the papers there are about one matter at a cut-off time, each a click away, and why there are no others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.letters.offered import Offer, offers_for
from zhitong.domain.bulletins.queries.making import ENTRIES
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.bulletins.making import cut_off_in
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm

MINUTE = "%Y-%m-%dT%H:%M"
ABOUT: dict[PaperKind, Text] = {
    PaperKind.ORDER: gettext_lazy("交给%s"), PaperKind.EXTENSION: gettext_lazy("%s申请"), PaperKind.HELP: gettext_lazy("致%s"),
    PaperKind.CONSULTATION: gettext_lazy("致%s"), PaperKind.ANSWER: gettext_lazy("%s答复"),
    PaperKind.STRIKING_OFF: gettext_lazy("%s办结"), PaperKind.SUPERVISION: gettext_lazy("督办%s"),
}


class CutOffForm(PlainForm):
    """The cut-off time of the papers; empty for now."""

    at = forms.CharField(
        label=gettext_lazy("统计截止时间"), required=False, help_text=gettext_lazy("不填就是现在；填了，按那时的情况出"),
        widget=forms.DateTimeInput(format=MINUTE, attrs={"type": "datetime-local"}),
    )


@dataclass(frozen=True)
class Line:
    """A paper on the page: its name, of whom and since when, and its files as (name of the format, address)."""

    name: str
    about: str
    since: datetime | None
    files: tuple[tuple[str, str], ...]


@require_GET
def asked_for(request: HttpRequest) -> HttpResponse:
    """Lead to the papers of the matter whose number was typed; back to the desk where none was.

    Raises NotFound: what was typed is no number.
    """
    number, at = request.GET.get("number", "").strip(), request.GET.get("at", "")
    if not number:
        return redirect("bulletins:desk")
    if "/" in number:
        raise NotFound
    asked = f"?{urlencode({'at': at})}" if at else ""
    return redirect(reverse("bulletins:matter", args=[number]) + asked)


@require_GET
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """The papers of a matter, at the cut-off that was asked for.

    A cut-off that cannot be is said at its field, and the papers of now are offered.
    Raises NotFound: there is no such matter for this official.
    """
    asked = request.GET.get("at", "")
    form, status = CutOffForm({"at": asked}), 200
    try:
        offers = offers_for(request.viewer, number, cut_off_in(asked))
    except NotFound:
        raise
    except Refused as refused:
        form.add_error("at", refused.sentence)
        offers, asked, status = offers_for(request.viewer, number, clock.now()), "", 422
    address = reverse("problems:page", args=[number])
    context = {
        "number": number, "form": form, "at": asked, "lines": [*_lines(offers, asked), _archive(number, asked)],
        "missing": [(one.kind.label, one.reason) for one in offers if one.reason],
        "crumbs": [Crumb(_("办理"), reverse("problems:list")), Crumb(number, address), Crumb(_("出材料"))],
    }
    return render(request, "bulletins/letters/matter.html", context, status=status)


def _lines(offers: list[Offer], at: str) -> list[Line]:
    return [
        Line(one.kind.label, str(ABOUT[one.kind]) % one.of_whom, one.since, _files(one.kind, one.about, at))
        for one in offers if not one.reason
    ]


def _archive(number: str, at: str) -> Line:
    return Line(PaperKind.FILE.label, _("办理经过、全部材料、卡片和附件，附索引"), None, _files(PaperKind.FILE, number, at))


def _files(kind: PaperKind, about: str, at: str) -> tuple[tuple[str, str], ...]:
    """Each format of a paper with the address that makes it."""
    asked = {"kind": kind.value, "about": about} | ({"at": at} if at else {})
    make = reverse("bulletins:make")
    return tuple((one.label, f"{make}?{urlencode({**asked, 'format': one.value})}") for one in ENTRIES[kind].formats)
