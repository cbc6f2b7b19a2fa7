"""抽查: the declined matters drawn for this office to look at again, and the judgement on each."""

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

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.actions.sampling import Judged, judge_decline
from zhitong.domain.problems.queries.sampling import Sampled, sampled_for
from zhitong.domain.problems.rules.kinds import CheckState
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once

VERDICTS = ((CheckState.SOUND.value, gettext_lazy("不予受理妥当")), (CheckState.WANTING.value, gettext_lazy("不予受理不妥")))


class JudgementForm(PlainForm):
    found = forms.ChoiceField(label=gettext_lazy("抽查结论"), choices=VERDICTS, widget=forms.RadioSelect)
    words = ProseField(gettext_lazy("意见"), gettext_lazy("写明看了什么、依据什么；认为不妥的，下级会收到。"), rows=4)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What was drawn for this office, what waits first. Raises NotYours: the post may not dispatch."""
    require(request.viewer, Permission.DISPATCH)
    return render(request, "problems/samples.html", {"samples": sampled_for(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """The judgement on one that was drawn.

    Raises NotFound: it was not drawn for this office. Raises NotYours: the post may not dispatch.
    """
    require(request.viewer, Permission.DISPATCH)
    sample = next((one for one in sampled_for(request.viewer) if one.id == check_id), None)
    if sample is None:
        raise NotFound
    form = JudgementForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, sample, form)
    if not form.is_valid():
        return _ask(request, sample, form, status=422)
    try:
        send_once(request, lambda: _judge(request, check_id, form))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        return _ask(request, sample, form, refusal=refused.sentence, status=409)
    messages.success(request, _("已登记抽查结论。"))
    return redirect("problems:samples")


def _judge(request: HttpRequest, check_id: UUID, form: JudgementForm) -> dict[str, str]:
    said = form.cleaned_data
    judge_decline(Judged(
        check_id=check_id, found=CheckState(said["found"]), words=said["words"], actor=request.viewer.actor("web"),
        now=clock.now(),
    ))
    return {"found": said["found"]}


def _ask(
    request: HttpRequest, sample: Sampled, form: JudgementForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    crumbs = [Crumb(_("抽查"), reverse("problems:samples")), Crumb(sample.number)]
    key = new_key() if refusal else key_of(request)
    context = {"sample": sample, "form": form, "refusal": refusal, "crumbs": crumbs, "once_key": key}
    return render(request, "problems/sample.html", context, status=status)
