"""座谈会: the meetings, one with its matters, and the page on which one is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.intake.actions.naming import Named
from zhitong.domain.intake.actions.symposium import Held, Invited, Raised, hold
from zhitong.domain.intake.queries.firms import firms_meant
from zhitong.domain.intake.queries.symposia import held_in, symposia_seen, symposium_seen
from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.domain.intake.rules.quarters import quarter_of, quarter_read
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


class HeldForm(PlainForm):
    """When, chaired by whom, who came, what was said; each matter on a line of its own."""

    name = ProseField(gettext_lazy("座谈会名称"), gettext_lazy("例如：二季度企业家座谈会"), rows=1, max_length=120)
    held_on = DayField(label=gettext_lazy("召开日期"))
    chaired_by = ProseField(gettext_lazy("主持领导"), gettext_lazy("姓名和职务"), rows=1, max_length=60)
    guests = forms.CharField(
        label=gettext_lazy("邀请的企业"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("一行一家；没有到会的在后面写“：请假”“：谢绝”或“：未到”，可再写原因，例如“演示公司：请假，出差”"),
    )
    came = ProseField(gettext_lazy("其他到会人员"), rows=2, required=False)
    matters = forms.CharField(
        label=gettext_lazy("企业提出的事项"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("一行一件，写成“企业名称：事项”；名称与名录一致的自动对应，每件都会立案交办"),
    )
    minutes = ProseField(gettext_lazy("会议纪要"), rows=5, required=False)
    files = FilesField()

    def __init__(self, *args: Any, viewer: Viewer, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]

    def clean_guests(self) -> list[Invited]:
        """Each line as an invited firm and whether it came."""
        pairs = _pairs(self.cleaned_data["guests"])
        known = firms_meant(self.viewer, [firm for firm, _met in pairs])
        return [_invited(Named(known[firm].id if firm in known else None, firm), met) for firm, met in pairs]

    def clean_matters(self) -> list[Raised]:
        """Each line as a firm and what it raised.

        Raises ValidationError: lines without both, named by their place.
        """
        pairs = _pairs(self.cleaned_data["matters"])
        wrong = [str(place) for place, (firm, text) in enumerate(pairs, start=1) if not firm or not text]
        if wrong:
            raise forms.ValidationError(_("第%s行要写成“企业名称：事项”。") % "、".join(wrong))
        known = firms_meant(self.viewer, [firm for firm, _text in pairs])
        return [Raised(Named(known[firm].id if firm in known else None, firm), text) for firm, text in pairs]


def _pairs(text: str) -> list[tuple[str, str]]:
    """The lines of a text, each cut in two at its first colon."""
    lines = [line for line in clean_text(text).splitlines() if line.strip()]
    cut = (line.replace(":", "：", 1).partition("：") for line in lines)
    return [(before.strip(), after.strip()) for before, _colon, after in cut]


def _invited(firm: Named, met: str) -> Invited:
    """How the invitation was met, and the reason behind it; nothing said is come."""
    for word in Attendance:
        if met.startswith(word.label):
            return Invited(firm, word, met.removeprefix(word.label).lstrip("，,。 "))
    return Invited(firm, Attendance.CAME, met)


@require_GET
def symposia(request: HttpRequest) -> HttpResponse:
    """The meetings one may see.

    Raises NotFound: one of the served.
    """
    if request.viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
    today = clock.today()
    quarter = quarter_read(request.GET.get("quarter", ""), today)
    return render(request, "intake/symposia.html", {
        "meetings": symposia_seen(request.viewer, quarter=quarter), "levels": held_in(request.viewer, quarter),
        "quarter": quarter, "before": quarter.before(), "present": quarter_of(today), "may_write": request.viewer.may(Permission.HANDLE),
        "nothing": Empty(_("这个季度还没有登记座谈会"), _("登记后，企业提出的每个事项都会立案，在这里跟踪到销号。")),
    })  # fmt: skip


@require_GET
def symposium(request: HttpRequest, symposium_id: UUID) -> HttpResponse:
    """One meeting with every matter and how it stands.

    Raises NotFound: there is none, or none for this viewer.
    """
    found = symposium_seen(request.viewer, symposium_id)
    crumbs = [Crumb(_("座谈会"), reverse("intake:symposia")), Crumb(found.head.name)]
    return render(request, "intake/symposium.html", {"meeting": found, "files": found.files, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def written(request: HttpRequest) -> HttpResponse:
    """The form of a meeting, and the cases it opens.

    Raises NotYours: the post does not handle problems. Raises NotFound: no campaign is in force.
    """
    viewer, campaign = request.viewer, campaign_in_force()
    require(viewer, Permission.HANDLE)
    if campaign is None:
        raise NotFound
    if request.method != "POST":
        return _show(request, HeldForm(viewer=viewer, initial={"held_on": clock.today()}))
    form = HeldForm(request.POST, viewer=viewer, gathered=gather(request))
    if is_adding(request):
        return _show(request, judged_for_files_alone(form))
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        found, _is_new = send_once(request, lambda: str(_hold(request, campaign.code, form.cleaned_data)))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        return _show(request, form, refusal=refused.sentence, status=422 if isinstance(refused, BadInput) else 409)
    messages.success(request, _("已登记，%d 个事项已立案。") % len(form.cleaned_data["matters"]))
    return redirect("intake:symposium", found)


def _hold(request: HttpRequest, campaign: str, said: dict[str, Any]) -> UUID:
    return hold(request.viewer, Held(
        campaign=campaign, name=said["name"], held_on=said["held_on"], chaired_by=said["chaired_by"], came=said["came"],
        minutes=said["minutes"], matters=said["matters"], guests=said["guests"], file_ids=tuple(said["files"]),
        actor=request.viewer.actor("web"), now=clock.now(),
    ))


def _show(request: HttpRequest, form: HeldForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    key = new_key() if refusal else key_of(request)
    crumbs = [Crumb(_("座谈会"), reverse("intake:symposia")), Crumb(_("登记"))]
    return render(request, "intake/held.html", {"form": form, "refusal": refusal, "once_key": key, "crumbs": crumbs}, status=status)
