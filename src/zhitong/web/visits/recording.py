"""登记走访 on a phone in under a minute: who, three lines or a recording; promises and problems folded beneath."""

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
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.intake.queries.firms import firms_called
from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.visits.actions.recording import NewMatter, NewPromise, NewVisit, record_visit
from zhitong.domain.visits.rules.kinds import VisitKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import officials_only, tried

PROMISES = 3


class VisitForm(PlainForm):
    """A visit: what must be said is one text; promises and problems have folds of their own."""

    words = ProseField(
        gettext_lazy("三句话"), gettext_lazy("情况怎样、有什么困难、说好怎么办；也可以只录一段音"), rows=3, required=False, max_length=1000
    )
    files = FilesField(label=gettext_lazy("录音或照片"))
    lead_official = ProseField(gettext_lazy("走访领导"), rows=1, max_length=40)
    by_liaison = forms.BooleanField(label=gettext_lazy("由联络员代办（领导没有到场）"), required=False)
    went = ProseField(gettext_lazy("还有谁去"), gettext_lazy("代办的写联络员姓名"), rows=1, max_length=120, required=False)
    kind = WordField(VisitKind, gettext_lazy("方式"), initial=VisitKind.VISIT.value)
    happened_on = DayField(label=gettext_lazy("日期"))
    matters = ProseField(
        gettext_lazy("企业提出的问题"), gettext_lazy("一行一个，每个都会立案交办，办理结果企业能看到"), rows=3, required=False
    )

    def __init__(self, *args: Any, viewer: Viewer, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]
        units = _units(viewer)
        for place in range(PROMISES):
            self.add(f"promise_{place}_what", ProseField(_("承诺什么"), rows=1, max_length=300, required=False))
            self.add(f"promise_{place}_unit", forms.ChoiceField(label=_("由谁办"), choices=units, required=False))
            self.add(f"promise_{place}_due", DayField(label=_("什么时候办好"), required=False))

    def main(self) -> list[Any]:
        """The fields that stand unfolded."""
        return [self[name] for name in ("words", "files", "lead_official", "by_liaison", "went", "kind", "happened_on")]

    def promise_rows(self) -> list[list[Any]]:
        """The promises, three fields each."""
        return [[self[f"promise_{place}_{part}"] for part in ("what", "unit", "due")] for place in range(PROMISES)]

    def promises_open(self) -> bool:
        """Whether the fold of promises has something to show."""
        return any(field.errors or field.data for row in self.promise_rows() for field in (row[0], row[2]))

    def clean(self) -> dict[str, Any]:
        """Promises and problems as the act takes them.

        Raises ValidationError: a promise without its day.
        """
        given: dict[str, Any] = super().clean() or {}
        given["promises"] = []
        for place in range(PROMISES):
            what, due = given.get(f"promise_{place}_what"), given.get(f"promise_{place}_due")
            if what and not due:
                self.add_error(f"promise_{place}_due", _("请写明什么时候办好。"))
            elif what:
                unit = given.get(f"promise_{place}_unit")
                given["promises"].append(NewPromise(what, due, UUID(unit) if unit else None))
        lines = [clean_text(line) for line in given.get("matters", "").splitlines()]
        given["matters_raised"] = [NewMatter(line) for line in lines if line]
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Find the firm by a few letters of its name, then write down the visit."""
    officials_only(request)
    require(request.viewer, Permission.HANDLE)
    words = clean_text(request.GET.get("firm", ""))
    return render(request, "visits/choose.html", {"words": words, "found": firms_called(request.viewer, words)})


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """The form, and the visit it writes down.

    Raises NotYours: the post does no such work. Raises NotFound: the subject is not there, or no campaign is in force.
    """
    officials_only(request)
    viewer, campaign = request.viewer, campaign_in_force()
    require(viewer, Permission.HANDLE)
    subject = subject_seen(viewer, subject_id)
    if campaign is None:
        raise NotFound
    if request.method != "POST":
        return _show(request, VisitForm(viewer=viewer, initial=_usual(viewer, subject)), subject)
    form = VisitForm(request.POST, viewer=viewer, gathered=gather(request))
    if is_adding(request):
        return _show(request, judged_for_files_alone(form), subject)
    if not form.is_valid():
        return _show(request, form, subject, status=422)
    new = _new(request, campaign.code, subject_id, form.cleaned_data)
    is_done, found, refusal, status = tried(request, form, lambda: str(record_visit(viewer, new)))
    if not is_done:
        return _show(request, form, subject, refusal=refusal, status=status)
    messages.success(request, _("已登记。企业会收到消息，点一下就能确认。") if subject.unit_id else _("已登记。"))
    return redirect("visits:page", found)


def _new(request: HttpRequest, campaign: str, subject_id: UUID, said: dict[str, Any]) -> NewVisit:
    return NewVisit(
        campaign=campaign, subject_id=subject_id, kind=said["kind"], happened_on=said["happened_on"],
        lead_official=said["lead_official"], by_liaison=said["by_liaison"], went=said["went"], words=said["words"],
        promises=said["promises"], matters=said["matters_raised"], file_ids=tuple(said["files"]),
        actor=request.viewer.actor("web"), now=clock.now(),
    )


def _usual(viewer: Viewer, subject: SubjectView) -> dict[str, Any]:
    """Today, in the name of the official who looks after the firm for this unit; else of the person himself."""
    own = next((one for one in subject.care if one.unit_id == viewer.unit_id), None)
    name = own.lead_official if own else person_names([viewer.person_id]).get(viewer.person_id, "")
    return {"lead_official": name, "happened_on": clock.today(), "went": own.liaison if own else ""}


def _units(viewer: Viewer) -> list[tuple[str, str]]:
    """The viewer's own unit, then the others of its region."""
    here = directory()
    beside = sorted((one for one in here.units.values() if one.region_id == viewer.region_id), key=lambda one: one.code)
    return [("", here.name_of(viewer.unit_id)), *((str(one.id), one.name) for one in beside if one.id != viewer.unit_id)]


def _show(request: HttpRequest, form: VisitForm, subject: SubjectView, *, refusal: str = "", status: int = 200) -> HttpResponse:
    key = new_key() if refusal else key_of(request)
    crumbs = [Crumb(_("走访"), reverse("visits:rounds")), Crumb(subject.name, reverse("visits:paper", args=[subject.id])), Crumb(_("登记"))]
    return render(request, "visits/record.html", {
        "form": form, "subject": subject, "refusal": refusal, "once_key": key, "crumbs": crumbs,
    }, status=status)  # fmt: skip
