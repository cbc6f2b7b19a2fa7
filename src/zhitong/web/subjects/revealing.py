"""Looking at a firm's whole contact: for what, how often still today, and back to its page, where it then stands."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.privacy.actions import LONGEST
from zhitong.domain.privacy.queries import looks_left, masking
from zhitong.domain.privacy.rules.words import Purpose
from zhitong.domain.problems.queries.contacting import subject_to_ring
from zhitong.domain.subjects.actions.revealing import reveal_contact
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.subjects.acting import crumbs_of


class RevealForm(PlainForm):
    """For what the whole is needed."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("用途"), choices=[("", ""), *((one.value, one.label) for one in Purpose)],
    )
    words = ProseField(
        gettext_lazy("说明"), gettext_lazy("选“其他”时必须写明，例如：核对中小企业名录。"), rows=2, max_length=LONGEST, required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Ask for the purpose, then show the whole on the firm's page for some minutes.

    Raises NotFound: it is not there for this viewer, or nothing of it is masked for him. Raises NotYours.
    """
    subject = subject_to_ring(request.viewer, subject_id, now=clock.now())
    form = RevealForm(request.POST if request.method == "POST" else None)
    if not subject.is_contact_masked:
        if request.method == "POST":
            return redirect("subjects:page", subject_id)
        raise NotFound
    if request.method != "POST":
        return _ask(request, subject, form)
    if not form.is_valid():
        return _ask(request, subject, form, status=422)
    said = form.cleaned_data
    try:
        send_once(request, lambda: reveal_contact(
            request.viewer, subject_id=subject.id, purpose=Purpose(said["purpose"]), words=said["words"],
            actor=request.viewer.actor("web"), now=clock.now(),
        ).isoformat())
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        for name, sentence in refused.fields.items():
            form.add_error(name, sentence)
        return _ask(request, subject, form, status=422)
    except Refused as refused:
        return _ask(request, subject, form, refusal=refused.sentence, status=409)
    messages.success(request, _("已显示完整联系方式，%d分钟后自动隐去。") % masking().minutes)
    return redirect("subjects:page", subject_id)


def _ask(
    request: HttpRequest, subject: SubjectView, form: RevealForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    rule = masking()
    left = looks_left(request.viewer, clock.now())
    consequence = _(
        "提交后完整联系方式显示%(minutes)d分钟。谁、什么时候、为什么查看会留痕，审计管理员能看到。您今天还可以查看%(left)d次。"
    ) % {"minutes": rule.minutes, "left": left}
    return render(request, "subjects/act.html", {
        "subject": subject, "title": _("查看完整联系方式"), "icon": "eye", "form": form, "consequence": consequence,
        "refusal": refusal, "once_key": key_of(request) if status == 200 else new_key(),
        "crumbs": crumbs_of(subject, _("查看完整联系方式")),
    }, status=status)
