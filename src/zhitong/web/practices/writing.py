"""The form in which a unit submits a piece."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.practices.actions.keeping import LONGEST_NUMBER, LONGEST_TITLE
from zhitong.domain.practices.actions.submitting import NewPiece, submit_piece
from zhitong.domain.practices.queries.sight import officials_only
from zhitong.domain.practices.rules.kinds import PieceKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.practices.choosing import categories, category_in
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

TEXT_ROWS = 10


def problems_field(*, required: bool = False) -> ProseField:
    """Numbers of problems, one a line."""
    return ProseField(gettext_lazy("解决了哪些问题"), gettext_lazy("问题编号，一行一个；只能填已经答复的"), rows=3, required=required)


class NewForm(PlainForm):
    """A piece as it is written; whether it is no double is asked once it looks like one."""

    kind = WordField(PieceKind, gettext_lazy("种类"), initial=PieceKind.WORK_NEWS.value)
    title = ProseField(gettext_lazy("标题"), gettext_lazy("一句话说出做法和成效"), rows=1, max_length=LONGEST_TITLE)
    text = ProseField(
        gettext_lazy("正文"), gettext_lazy("做了什么、成效如何，写数字和事例；长材料可附文件"), rows=TEXT_ROWS
    )
    category = forms.ChoiceField(
        label=gettext_lazy("涉及的问题类别"), required=False, choices=categories,
        help_text=gettext_lazy("发布后会列在同类问题旁边，供办理单位借鉴"),
    )
    problems = problems_field()
    document_number = ProseField(gettext_lazy("文号"), gettext_lazy("制度成果填写"), rows=1, required=False, max_length=LONGEST_NUMBER)
    issued_on = DayField(label=gettext_lazy("印发日期"), required=False)
    valid_until = DayField(label=gettext_lazy("有效期至"), required=False, help_text=gettext_lazy("长期有效不填"))
    files = FilesField(label=gettext_lazy("照片、文件"))
    knowingly = forms.BooleanField(label=gettext_lazy("不是重复报送"), required=False)

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]

    def piece(self, campaign: str) -> NewPiece:
        """What the act takes."""
        said = self.cleaned_data
        subject_kind, category = category_in(said["category"])
        return NewPiece(
            campaign=campaign, kind=said["kind"], title=said["title"], text=said["text"], subject_kind=subject_kind, category=category,
            problems=tuple(said["problems"].split()), document_number=said["document_number"], issued_on=said["issued_on"],
            valid_until=said["valid_until"], file_ids=tuple(said["files"]), knowingly=said["knowingly"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Submit a piece.

    Raises NotYours: the post handles nothing. Raises NotFound: one of the served, or no campaign is in force.
    """
    viewer, campaign = request.viewer, campaign_in_force()
    officials_only(viewer)
    require(viewer, Permission.HANDLE)
    if campaign is None:
        raise NotFound
    is_sent = request.method == "POST"
    form = NewForm(request.POST, gathered=gather(request)) if is_sent else NewForm()
    refusal, status = "", 422 if is_sent else 200
    if is_sent and is_adding(request):
        form, status = judged_for_files_alone(form), 200
    elif form.is_valid():
        is_done, made, refusal, status = tried(request, form, lambda: str(submit_piece(
            viewer, form.piece(campaign.code), actor=viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已报送。是否采用、用在哪里，都会在这里看到。"))
            return redirect("practices:page", made)
    if not (form.is_bound and ("knowingly" in form.errors or form.data.get("knowingly"))):
        del form.fields["knowingly"]
    return render(request, "roadmap/form.html", {
        "form": form, "title": _("报送稿件"), "button": _("报送"), "back_url": reverse("practices:list"), "refusal": refusal,
        "consequence": _("报送后由%s审核；原稿始终保留。") % _office_of(viewer), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("稿件"), reverse("practices:list")), Crumb(_("报送稿件"))],
    }, status=status)  # fmt: skip


def _office_of(viewer: Viewer) -> str:
    office = directory().office(viewer.region_id)
    return office.name if office else ""
