"""The forms of the small acts in a cycle: called, gathered anew, added to, asked, published, filed, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.actions.preparing import (
    LONGEST_REASON,
    LONGEST_TITLE,
    add_item,
    ask_for_item,
    call,
    drop,
    gather,
)
from zhitong.domain.rhythm.actions.recording import file_away, publish
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.queries.cycles import cycle_seen
from zhitong.domain.rhythm.rules.way import CycleAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import ProseField, UnitField
from zhitong.web.rhythm.opening import grouped
from zhitong.web.rhythm.showing import officials_only
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried


class ActForm(PlainForm):
    """The base: an act that asks for nothing but the hand."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class AddForm(ActForm):
    """A matter of the office's own."""

    title = ProseField(gettext_lazy("议题"), rows=1, max_length=LONGEST_TITLE)
    words = ProseField(gettext_lazy("说明"), rows=3, required=False)
    unit_id = UnitField(label=gettext_lazy("汇报单位"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.fields["unit_id"].choices = [("", _("不指定")), *grouped(units_of_meetings(viewer))]  # type: ignore[attr-defined]


class AskForm(ActForm):
    """A matter that a unit wants on the agenda."""

    title = ProseField(gettext_lazy("议题"), gettext_lazy("例如：某项目供电线路迁改资金"), rows=1, max_length=LONGEST_TITLE)
    words = ProseField(gettext_lazy("情况和请会议决定的事项"), rows=5)


class DropForm(ActForm):
    reason = ProseField(gettext_lazy("取消的原因"), rows=3, max_length=LONGEST_REASON)


@dataclass(frozen=True)
class Doing:
    """An act as its page offers it; `does` takes viewer, id and what the form asks, actor and now."""

    form: type[ActForm]
    done: Text
    does: Callable[..., Any]


DOINGS: dict[CycleAct, Doing] = {
    CycleAct.CALL: Doing(ActForm, gettext_lazy("会议通知已发出。"), call),
    CycleAct.GATHER: Doing(ActForm, gettext_lazy("已按现在的情况重新汇集。"), gather),
    CycleAct.ADD: Doing(AddForm, gettext_lazy("已加在议程最后。"), lambda *said, **more: str(add_item(*said, **more))),
    CycleAct.ASK: Doing(AskForm, gettext_lazy("已提请，由召集单位确定是否列入。"), lambda *said, **more: str(ask_for_item(*said, **more))),
    CycleAct.PUBLISH: Doing(ActForm, gettext_lazy("会议纪要已印发，决定事项已交各责任单位。"), publish),
    CycleAct.FILE: Doing(ActForm, gettext_lazy("已归档。"), file_away),
    CycleAct.DROP: Doing(DropForm, gettext_lazy("会议已取消。"), drop),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, cycle_id: UUID, what: str) -> HttpResponse:
    """One act in a cycle: the form, and what it does.

    Raises NotFound: there is no such act, or no such cycle for the viewer.
    """
    viewer = request.viewer
    officials_only(viewer)
    chosen = next((one for one in DOINGS if one.value == what), None)
    if chosen is None:
        raise NotFound
    found, doing = cycle_seen(viewer, cycle_id, now=clock.now()), DOINGS[chosen]
    form = doing.form(request.POST if request.method == "POST" else None, viewer=viewer)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: doing.does(
            viewer, cycle_id, *form.cleaned_data.values(), actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, str(doing.done))
            return redirect("rhythm:page", cycle_id)
    back = reverse("rhythm:page", args=[cycle_id])
    return render(request, "roadmap/form.html", {
        "form": form, "title": f"{chosen.label}：{found.row.title}", "button": chosen.label, "back_url": back, "refusal": refusal,
        "consequence": found.acts.get(chosen, ""), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("推进调度"), reverse("rhythm:list")), Crumb(found.row.title, back), Crumb(chosen.label)],
    }, status=status)  # fmt: skip
