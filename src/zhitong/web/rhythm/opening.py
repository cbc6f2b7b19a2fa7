"""The forms that begin to prepare a cycle and change how it is set."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
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
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.rhythm.actions.opening import LONGEST_LINE, LONGEST_TEXT, Setting, open_cycle
from zhitong.domain.rhythm.actions.preparing import change_setting
from zhitong.domain.rhythm.queries.choosing import periods_offered, proposed, units_of_meetings
from zhitong.domain.rhythm.queries.cycles import CycleView, cycle_seen
from zhitong.domain.rhythm.queries.habits import habits_for
from zhitong.domain.rhythm.rules.kinds import CycleKind
from zhitong.domain.rhythm.rules.way import CYCLE_MOVES, CycleAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import ProseField, UnitsField
from zhitong.web.rhythm.showing import officials_only
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

MINUTE = "%Y-%m-%dT%H:%M"


class SettingForm(PlainForm):
    """When, where, under whom, with whom."""

    meets_at = forms.DateTimeField(
        label=gettext_lazy("会议时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
    )
    place = ProseField(gettext_lazy("地点"), rows=1, max_length=LONGEST_LINE, required=False)
    chair = ProseField(gettext_lazy("主持"), gettext_lazy("例如：常务副市长"), rows=1, max_length=LONGEST_LINE, required=False)
    demands = ProseField(
        gettext_lazy("会议要求"), gettext_lazy("例如：主要负责同志参加；汇报材料会前一天报办公室"), rows=3,
        max_length=LONGEST_TEXT, required=False,
    )
    called = UnitsField(label=gettext_lazy("参加单位"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called"].choices = named(units_of_meetings(viewer))  # type: ignore[attr-defined]

    def setting(self) -> Setting:
        """What the acts take."""
        said = self.cleaned_data
        return Setting(
            meets_at=said["meets_at"], place=said["place"], chair=said["chair"], demands=said["demands"], called=said["called"]
        )


class NewForm(SettingForm):
    """The same for a period that is chosen."""

    period = forms.ChoiceField(label=gettext_lazy("哪一期"))
    field_order = ("period",)

    def __init__(self, *args: Any, kind: CycleKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = [(one.code, one.words) for one in periods_offered(kind, clock.today())]
        self.fields["period"].choices = periods  # type: ignore[attr-defined]


def named(units: Iterable[UnitEntry]) -> list[tuple[str, str]]:
    """Units to choose from."""
    return [(str(one.id), one.name) for one in units]


def grouped(units: Iterable[UnitEntry]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units to choose from under the names of their regions, in the order given."""
    here, groups = directory(), dict[str, list[tuple[str, str]]]()
    for one in units:
        groups.setdefault(here.regions[one.region_id].name, []).append((str(one.id), one.name))
    return list(groups.items())


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of cycle is prepared.

    Raises NotFound: one of the served. Raises NotYours: the post opens none.
    """
    officials_only(request.viewer)
    require(request.viewer, Permission.SUPERVISE)
    return render(request, "rhythm/choose.html", {
        "habits": habits_for(request.viewer, today=clock.today()),
        "crumbs": [Crumb(_("推进调度"), reverse("rhythm:list")), Crumb(_("筹备会议"))],
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin to prepare a cycle of a kind; the form is filled as the office's habit says, or as last time.

    Raises NotFound: one of the served, no such kind, or no campaign is in force. Raises NotYours: the post opens none.
    """
    viewer = request.viewer
    officials_only(viewer)
    require(viewer, Permission.SUPERVISE)
    chosen, campaign = kind_of(kind), campaign_in_force()
    if campaign is None:
        raise NotFound
    form = NewForm(request.POST if request.method == "POST" else None, viewer=viewer, kind=chosen, initial=_proposed(viewer, chosen))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, made, refusal, status = tried(request, form, lambda: str(open_cycle(
            viewer, campaign.code, chosen, form.cleaned_data["period"], form.setting(), actor=viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已开始筹备，议题和数字已汇集。请核对议程后发通知。"))
            return redirect("rhythm:page", made)
    words = _("保存后自动汇集超期的问题、滞后的目标、逾期未整改的和上次没有落实的决定事项；参加单位可以提请议题。")
    return _form(request, form, _("筹备%s") % chosen.label, reverse("rhythm:choose"), refusal, status, words)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Change how a cycle is set before it is held.

    Raises NotFound: there is none for this viewer, or it is not his to change now.
    """
    viewer = request.viewer
    officials_only(viewer)
    found = cycle_seen(viewer, cycle_id, now=clock.now())
    if CycleAct.CHANGE not in found.acts:
        raise NotFound
    form = SettingForm(request.POST if request.method == "POST" else None, viewer=viewer, initial=_initial(found))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: change_setting(
            viewer, cycle_id, form.setting(), actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("会议安排已修改。"))
            return redirect("rhythm:page", cycle_id)
    back, words = reverse("rhythm:page", args=[cycle_id]), CYCLE_MOVES[CycleAct.CHANGE].words
    return _form(request, form, f"{_('修改安排')}：{found.row.title}", back, refusal, status, words)


def kind_of(word: str) -> CycleKind:
    """The kind an address names.

    Raises NotFound: there is none.
    """
    try:
        return CycleKind(word)
    except ValueError:
        raise NotFound from None


def _proposed(viewer: Viewer, kind: CycleKind) -> dict[str, Any]:
    period, meets_at, place, chair, called = proposed(viewer, kind, clock.today())
    return {"period": period, "meets_at": meets_at, "place": place, "chair": chair, "called": [str(one) for one in called]}


def _initial(found: CycleView) -> dict[str, str | datetime | list[str]]:
    return {
        "meets_at": found.row.meets_at, "place": found.row.place, "chair": found.chair, "demands": found.demands,
        "called": [str(one) for one in found.called_ids],
    }


def _form(
    request: HttpRequest, form: PlainForm, title: str, back: str, refusal: str, status: int, consequence: str
) -> HttpResponse:
    return render(request, "roadmap/form.html", {
        "form": form, "title": title, "button": _("保存"), "back_url": back, "refusal": refusal, "consequence": consequence,
        "crumbs": [Crumb(_("推进调度"), reverse("rhythm:list")), Crumb(title)],
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip
