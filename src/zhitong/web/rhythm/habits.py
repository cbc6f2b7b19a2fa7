"""例会安排: which kinds of cycles the office keeps, and the form of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.rhythm.actions.keeping import MOST_AHEAD, Keeping, keep
from zhitong.domain.rhythm.actions.opening import LONGEST_LINE
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.queries.habits import HabitView, habits_for
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind
from zhitong.domain.rhythm.rules.naming import LATEST_DAY
from zhitong.kit import clock
from zhitong.web.problems.fields import ProseField, UnitsField
from zhitong.web.rhythm.opening import kind_of, named
from zhitong.web.rhythm.showing import officials_only, tabs
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

USUAL_DAY, USUAL_AHEAD, USUAL_HOUR = 5, 7, "09:00"
_NEEDED = ("day", "at", "ahead_days")


class HabitForm(PlainForm):
    """Whether a kind is kept, and how; a kind that is not kept asks for nothing more."""

    is_kept = forms.BooleanField(label=gettext_lazy("定期召开，到时间自动开始筹备"), required=False)
    day = forms.IntegerField(label=gettext_lazy("每期第几天开会"), required=False, min_value=1)
    at = forms.TimeField(
        label=gettext_lazy("几点"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("请填写时间，例如 09:00。")},
    )
    ahead_days = forms.IntegerField(label=gettext_lazy("提前几天开始筹备"), required=False, min_value=1, max_value=MOST_AHEAD)
    place = ProseField(gettext_lazy("地点"), rows=1, max_length=LONGEST_LINE, required=False)
    chair = ProseField(gettext_lazy("主持"), rows=1, max_length=LONGEST_LINE, required=False)
    called = UnitsField(label=gettext_lazy("参加单位"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, kind: CycleKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called"].choices = named(units_of_meetings(viewer))  # type: ignore[attr-defined]
        every, latest = PERIOD_OF[kind].label, LATEST_DAY[PERIOD_OF[kind]]
        said = _("从每%(every)s第一天数起，第1至%(latest)s天；遇休息日顺延到下一个工作日") % {"every": every, "latest": latest}
        self.fields["day"].help_text = said
        for name in _NEEDED:
            self.fields[name].conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All that a habit needs, where there is to be one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in _NEEDED if said.get("is_kept") else ():
            if name not in self.errors and said.get(name) is None:
                self.add_error(name, _("请填写这一项。"))
        return said

    def keeping(self) -> Keeping | None:
        """What the act takes."""
        said = self.cleaned_data
        if not said["is_kept"]:
            return None
        return Keeping(
            day=said["day"], at=said["at"], ahead_days=said["ahead_days"], place=said["place"], chair=said["chair"], called=said["called"]
        )


@require_GET
def habits(request: HttpRequest) -> HttpResponse:
    """Every kind with how the office keeps it.

    Raises NotFound: one of the served. Raises NotYours: the post keeps none.
    """
    viewer = request.viewer
    officials_only(viewer)
    require(viewer, Permission.SUPERVISE)
    return render(request, "rhythm/habits.html", {"tabs": tabs("habits", viewer), "habits": habits_for(viewer, today=clock.today())})


@require_http_methods(["GET", "HEAD", "POST"])
def habit(request: HttpRequest, kind: str) -> HttpResponse:
    """Say whether and how the office keeps a kind.

    Raises NotFound: one of the served, or no such kind. Raises NotYours: the post keeps none.
    """
    viewer = request.viewer
    officials_only(viewer)
    require(viewer, Permission.SUPERVISE)
    chosen = kind_of(kind)
    [kept] = [one for one in habits_for(viewer, today=clock.today()) if one.kind is chosen]
    form = HabitForm(request.POST if request.method == "POST" else None, viewer=viewer, kind=chosen, initial=_initial(kept))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _made, refusal, status = tried(
            request, form, lambda: keep(viewer, chosen, form.keeping(), actor=viewer.actor("web"), now=clock.now())
        )
        if is_done:
            messages.success(request, _("例会安排已保存。"))
            return redirect("rhythm:habits")
    title = _("例会安排：%s") % chosen.label
    return render(request, "roadmap/form.html", {
        "form": form, "title": title, "button": _("保存"), "back_url": reverse("rhythm:habits"), "refusal": refusal,
        "consequence": _("到筹备的日子自动建好会议、汇集议题，本单位收到提醒；已经建好的会议不受影响。"),
        "crumbs": [Crumb(_("例会安排"), reverse("rhythm:habits")), Crumb(chosen.label)],
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip


def _initial(kept: HabitView) -> dict[str, Any]:
    if not kept.is_kept:
        return {"day": USUAL_DAY, "at": USUAL_HOUR, "ahead_days": USUAL_AHEAD}
    return {
        "is_kept": True, "day": kept.day, "at": kept.at, "ahead_days": kept.ahead_days, "place": kept.place, "chair": kept.chair,
        "called": [str(one) for one in kept.called],
    }
