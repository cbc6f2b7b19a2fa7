"""补录: one page, four fields, thirty seconds; and the firms found while their name is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force, rulebook_in_force
from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.intake.actions.recording import Record
from zhitong.domain.intake.actions.recording import record as write_down
from zhitong.domain.intake.queries.firms import FirmChoice
from zhitong.domain.intake.rules.recording import TOLD_BY
from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.problems.actions.raising import NoSuchCategory
from zhitong.domain.problems.queries.behind import problems_behind
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source, State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.intake.fields import FirmForm, is_looking
from zhitong.web.problems.fields import ProseField, WordField
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.shell.words import moment_in_words


class RecordForm(FirmForm):
    """Which firm, of what kind of matter, what, who answered, with what result; and how and when it was told."""

    category = forms.ChoiceField(
        label=gettext_lazy("问题类别"), required=False,
        help_text=gettext_lazy("没有当场办好的，选上类别，按分发规则直接交办"),
    )
    text = ProseField(gettext_lazy("什么事"), rows=3)
    answered_by = ProseField(gettext_lazy("由谁答复"), rows=1, max_length=60)
    result = ProseField(
        gettext_lazy("结果"), gettext_lazy("当场办好的写在这里，登记即办结；没办好的留空，按普通问题交办。"), rows=3, required=False
    )
    how = WordField(Source, gettext_lazy("方式"), only=TOLD_BY, initial=Source.CALL.value)
    happened_at = forms.DateTimeField(
        label=gettext_lazy("发生时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    files = FilesField()

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("不确定，由活动办公室定")), *_categories(self.found)]  # type: ignore[attr-defined]

    def clean_happened_at(self) -> datetime:
        """Not later than now.

        Raises ValidationError: it has not come yet.
        """
        at: datetime = self.cleaned_data["happened_at"]
        if at > clock.now():
            raise forms.ValidationError(_("发生时间不能晚于现在，请核对。"))
        return at


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """The page, and the problem it writes down.

    Raises NotYours: the post does not handle problems. Raises NotFound: no campaign is in force.
    """
    require(request.viewer, Permission.HANDLE)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    if request.method != "POST":
        return _show(request, RecordForm(viewer=request.viewer, initial=_usual(request.viewer)))
    form = RecordForm(request.POST, viewer=request.viewer, gathered=gather(request))
    if is_adding(request) or is_looking(request):
        return _show(request, judged_for_files_alone(form))
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        answer, is_new = send_once(request, lambda: _record(request, campaign.code, form.cleaned_data))
    except (NotFound, NotYours):
        raise
    except NoSuchCategory as refused:
        form.add_error("category", refused.sentence)
        return _show(request, form, status=422)
    except Refused as refused:
        return _show(request, form, refusal=refused.sentence, status=422 if isinstance(refused, BadInput) else 409)
    messages.success(request, answer["said"] if is_new else _("这件事刚才已经登记，没有重复登记。%s") % answer["said"])
    return redirect("problems:page", answer["number"])


def _usual(viewer: Viewer) -> dict[str, Any]:
    """This unit and person answered, just now."""
    unit = directory().units.get(viewer.unit_id)
    person = person_names([viewer.person_id]).get(viewer.person_id, "")
    return {"answered_by": f"{unit.short if unit else ''} {person}".strip(), "happened_at": clock.now()}


def _record(request: HttpRequest, campaign: str, said: dict[str, Any]) -> dict[str, str]:
    one = Record(
        campaign=campaign, firm=said["named"], text=said["text"], how=said["how"], happened_at=said["happened_at"],
        answered_by=said["answered_by"], result=said["result"], category=said["category"] or UNDECIDED, file_ids=tuple(said["files"]),
        actor=request.viewer.actor("web"), now=clock.now(),
    )
    [problem] = write_down(request.viewer, [one])
    if problem.state is State.ANSWERED:
        told = _("已登记并办结，企业确认后销号。")
        if problem.reporter_unit_id is None:
            told = _("已登记并办结；企业没有账号，由活动办公室核实后销号。")
    else:
        told = _sent_on(request.viewer, problem)
    return {"number": problem.number, "said": told}


def _sent_on(viewer: Viewer, problem: Standing) -> str:
    """Where a matter went that was not settled in the call."""
    behind = problems_behind(viewer, [problem.id])[problem.id]
    if problem.state is not State.DISPATCHED or behind.first_due_at is None:
        return _("已登记，转活动办公室按普通问题办理。")
    return _("已登记，按分发规则交%(unit)s办理，%(due)s 前答复企业。") % {
        "unit": behind.unit, "due": moment_in_words(behind.first_due_at),
    }  # fmt: skip


def _categories(found: Sequence[FirmChoice]) -> list[tuple[str, str]]:
    """The categories that matters of the firms found can have, each once; those of every kind while none is found."""
    book = rulebook_in_force()
    if book is None:
        return []
    entries = (entry for kind in dict.fromkeys(one.kind for one in found) or ("",) for entry in book.of_kind(kind))
    return list({entry.code: entry.label for entry in entries}.items())


@require_GET
def firms(request: HttpRequest) -> HttpResponse:
    """The firms found for the words typed so far, as choices, with the categories that go with them.

    Raises NotYours: the post does not handle problems.
    """
    require(request.viewer, Permission.HANDLE)
    words = clean_text(request.GET.get("firm", ""))
    form = RecordForm(viewer=request.viewer, initial={"firm": words, "category": request.GET.get("category", "")})
    return render(request, "intake/firms.html", {"found": form.found, "words": words, "form": form})


def _show(request: HttpRequest, form: RecordForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    key = new_key() if refusal else key_of(request)
    words = form.data.get("firm", "") if form.is_bound else ""
    return render(request, "intake/record.html", {
        "form": form, "found": form.found, "words": words, "chosen": form.data.get("chosen", "") if form.is_bound else "",
        "refusal": refusal, "once_key": key,
    }, status=status)  # fmt: skip
