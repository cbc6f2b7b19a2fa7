"""我要反映问题: a matter that a firm reports by itself, without any figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.submitting import OwnReport, report_problems
from zhitong.domain.problems.queries.behind import problems_behind
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import UNDECIDED, Nature, Urgency
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.portal.home import subject_of
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.shell.words import moment_in_words

LONGEST = 5000


class ReportForm(PlainForm):
    """What it is about, in one's own words, and who may know of it."""

    category = forms.ChoiceField(
        label=gettext_lazy("问题类别"), widget=forms.RadioSelect, required=False, initial=UNDECIDED
    )
    text = forms.CharField(
        label=gettext_lazy("问题内容"), strip=False, help_text=gettext_lazy("什么事、卡在哪里、希望怎么解决"),
        widget=forms.Textarea(attrs={"rows": 7, "data-counted": LONGEST}),
    )
    files = FilesField()
    nature = forms.ChoiceField(
        label=gettext_lazy("这是"), choices=choices_of(Nature), initial=Nature.REQUEST.value, widget=forms.RadioSelect
    )
    urgent = forms.BooleanField(
        label=gettext_lazy("情况紧急"), required=False,
        help_text=gettext_lazy("不马上处理会停产、违约或影响安全的才勾选；紧急的时限更短"),
    )
    known_to_head = forms.BooleanField(label=gettext_lazy("单位负责人已知晓"), required=False)
    confidential = forms.BooleanField(
        label=gettext_lazy("企业要求保密"), required=False,
        help_text=gettext_lazy("勾选后只有承办单位和上级办公室能看到，不进入公开统计的明细"),
    )

    unnamed = forms.BooleanField(
        label=gettext_lazy("隐名办理"), required=False,
        help_text=gettext_lazy("勾选后除属地活动办公室外，承办单位和上级都只看到“隐名企业”；请不要在内容里写单位名称"),
    )

    def __init__(
        self, *args: Any, categories: list[tuple[str, str]], gathered: Gathered = NOTHING, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]
        self.fields["category"].choices = categories  # type: ignore[attr-defined]

    def clean_category(self) -> str:
        """Nothing chosen is left to the office."""
        return self.cleaned_data["category"] or UNDECIDED

    def clean_text(self) -> str:
        """The words, measured and not marked as classified."""
        text = clean_text(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("请写明要反映的问题。"))
        trouble = text_trouble(text, LONGEST)
        if trouble:
            raise forms.ValidationError(trouble)
        return text


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and the problem it opens.

    Raises NotFound: the viewer is none of the served, or no campaign is in force.
    """
    own, campaign = subject_of(request.viewer), campaign_in_force()
    if campaign is None:
        raise NotFound
    entries = rulebook(campaign.code).of_kind(own.kind.value)
    categories = [(one.code, f"{one.label}：{one.help}" if one.help else one.label) for one in entries]
    categories.append((UNDECIDED, _("不清楚，请工作人员判断")))
    if request.method != "POST":
        return _show(request, ReportForm(categories=categories))
    form = ReportForm(request.POST, categories=categories, gathered=gather(request))
    if is_adding(request):
        return _show(request, judged_for_files_alone(form))
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        answer, is_new = send_once(request, lambda: _report(request, own, campaign.code, form.cleaned_data))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        return _show(request, form, refusal=refusal.sentence, status=409)
    messages.success(request, answer["said"] if is_new else _("这个问题刚才已经提交，没有重复提交。%s") % answer["said"])
    return redirect("problems:page", answer["number"])


def _report(request: HttpRequest, own: SubjectView, campaign: str, said: dict[str, Any]) -> dict[str, str]:
    one = OwnReport(
        campaign=campaign, subject_id=own.id, category=said["category"], text=said["text"],
        nature=Nature(said["nature"]), urgency=Urgency.URGENT if said["urgent"] else Urgency.ORDINARY,
        known_to_head=said["known_to_head"], confidential=said["confidential"], unnamed=said["unnamed"],
        file_ids=tuple(said["files"]), actor=request.viewer.actor("web"), now=clock.now(),
    )
    [problem] = report_problems([one])
    behind = problems_behind(request.viewer, [problem.id])[problem.id]
    return {"number": problem.number, "said": _consequence(behind.unit, behind.first_due_at)}


def _consequence(unit: str, due_at: Any) -> str:
    if due_at is None:
        return _("已提交，由%s受理后转给能办的单位，去向会告诉您。") % unit
    return _("已提交，由%(unit)s负责，%(due)s 前答复您。") % {"unit": unit, "due": moment_in_words(due_at)}


def _show(request: HttpRequest, form: ReportForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    key = new_key() if refusal else key_of(request)
    return render(request, "portal/report.html", {"form": form, "refusal": refusal, "once_key": key}, status=status)
