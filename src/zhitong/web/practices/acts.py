"""The forms of the acts on a piece: judged, edited, used, published, sent up, joined to problems."""

from __future__ import annotations

from collections.abc import Callable
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

from zhitong.domain.practices.actions.joining import join_problems, part_problem
from zhitong.domain.practices.actions.judging import adopt, edit, give_back, pass_over
from zhitong.domain.practices.actions.keeping import LONGEST_NUMBER, LONGEST_TITLE, LONGEST_WORDS
from zhitong.domain.practices.actions.publishing import Publishing, publish, take_down
from zhitong.domain.practices.actions.submitting import revise, withdraw_piece
from zhitong.domain.practices.actions.using import Used, register_use, send_up
from zhitong.domain.practices.queries.pieces import PieceView, piece_seen
from zhitong.domain.practices.queries.sight import officials_only
from zhitong.domain.practices.rules.kinds import PassingOver, UsePlace
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.practices.writing import TEXT_ROWS, problems_field
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried


class PieceForm(PlainForm):
    """The base: it knows the piece it is opened on, and holds files where it asks for them."""

    def __init__(self, *args: Any, found: PieceView, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "files" in self.fields:
            self.fields["files"].hold(gathered)  # type: ignore[attr-defined]
        self.know(found)

    def know(self, found: PieceView) -> None:
        """Fill in what is known of the piece."""


class OpinionForm(PieceForm):
    words = ProseField(gettext_lazy("意见"), rows=2, required=False, max_length=LONGEST_WORDS)


class ReasonForm(PieceForm):
    words = ProseField(gettext_lazy("理由"), rows=3, max_length=LONGEST_WORDS)


class WantingForm(PieceForm):
    words = ProseField(gettext_lazy("还要补充什么"), gettext_lazy("例如：补充成效数字和一个企业的事例"), rows=3, max_length=LONGEST_WORDS)


class WordingForm(PieceForm):
    """A wording, beginning with the one in force."""

    title = ProseField(gettext_lazy("标题"), rows=1, max_length=LONGEST_TITLE)
    text = ProseField(gettext_lazy("正文"), rows=TEXT_ROWS)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def know(self, found: PieceView) -> None:
        """Begin with the wording in force."""
        self.initial = {"title": found.row.title, "text": found.text, "version": found.version}


class RevisionForm(WordingForm):
    """What the unit writes more, with files."""

    files = FilesField(label=gettext_lazy("补充的照片、文件"))


class PassingOverForm(PieceForm):
    """Why a piece is not adopted, and of which it is a double."""

    why = WordField(PassingOver, gettext_lazy("原因"))
    double_of = forms.ChoiceField(label=gettext_lazy("与哪一篇重复"), required=False, help_text=gettext_lazy("重复报送才选"))
    words = ProseField(gettext_lazy("说明"), rows=2, required=False, max_length=LONGEST_WORDS)

    def know(self, found: PieceView) -> None:
        """Offer the doubles that were found."""
        offered = [(str(one.id), f"{one.title}（{one.by_unit}，{one.per_cent}%）") for one in found.doubles]
        self.fields["double_of"].choices = [("", _("不选")), *offered]  # type: ignore[attr-defined]


class UseForm(PieceForm):
    """Where, when, and the proof."""

    place = WordField(UsePlace, gettext_lazy("用在哪里"))
    on = DayField(label=gettext_lazy("采用日期"))
    words = ProseField(
        gettext_lazy("依据"), gettext_lazy("简报期号、上级刊物、批示领导和内容、媒体名称和标题"), rows=2, max_length=LONGEST_WORDS
    )
    files = FilesField(label=gettext_lazy("佐证照片、文件"))

    def know(self, found: PieceView) -> None:
        """Mostly it is registered on the day."""
        self.initial = {"on": clock.today()}


class PublishingForm(PieceForm):
    """With what number a piece is published, and until when it is valid."""

    document_number = ProseField(gettext_lazy("文号"), gettext_lazy("制度成果必填"), rows=1, required=False, max_length=LONGEST_NUMBER)
    issued_on = DayField(label=gettext_lazy("印发日期"), required=False, help_text=gettext_lazy("制度成果必填"))
    valid_until = DayField(label=gettext_lazy("有效期至"), required=False, help_text=gettext_lazy("长期有效不填"))

    def know(self, found: PieceView) -> None:
        """Begin with what its unit wrote."""
        row = found.row
        self.initial = {"document_number": row.document_number, "issued_on": row.issued_on, "valid_until": row.valid_until}


class JoiningForm(PieceForm):
    problems = problems_field(required=True)


class PartingForm(PieceForm):
    """Which of its problems a piece is parted from."""

    problem = forms.ChoiceField(label=gettext_lazy("问题"))

    def know(self, found: PieceView) -> None:
        """Offer those that the viewer sees."""
        self.fields["problem"].choices = [(one, one) for one in found.problems]  # type: ignore[attr-defined]


def _pass_over(viewer: Any, at: UUID, form: PieceForm, **more: Any) -> None:
    said = form.cleaned_data
    double_of = UUID(said["double_of"]) if said["double_of"] else None
    pass_over(viewer, at, said["why"], said["words"], double_of, **more)


def _use(viewer: Any, at: UUID, form: PieceForm, **more: Any) -> str:
    said = form.cleaned_data
    used = Used(place=said["place"], on=said["on"], words=said["words"], file_ids=tuple(said["files"]))
    return str(register_use(viewer, at, used, **more))


def _edit(viewer: Any, at: UUID, form: PieceForm, **more: Any) -> int:
    said = form.cleaned_data
    return edit(viewer, at, said["version"], said["title"], said["text"], **more)


def _revise(viewer: Any, at: UUID, form: PieceForm, **more: Any) -> None:
    said = form.cleaned_data
    revise(viewer, at, said["title"], said["text"], tuple(said["files"]), **more)


def _with_words(act: Callable[..., Any]) -> Callable[..., Any]:
    return lambda viewer, at, form, **more: act(viewer, at, form.cleaned_data["words"], **more)


DOINGS: dict[PieceAct, tuple[type[PieceForm], Callable[..., Any]]] = {
    PieceAct.ADOPT: (OpinionForm, _with_words(adopt)), PieceAct.RETURN: (WantingForm, _with_words(give_back)),
    PieceAct.REVISE: (RevisionForm, _revise), PieceAct.EDIT: (WordingForm, _edit), PieceAct.PASS_OVER: (PassingOverForm, _pass_over),
    PieceAct.PUBLISH: (
        PublishingForm, lambda viewer, at, form, **more: publish(viewer, at, Publishing(**form.cleaned_data), **more)
    ),
    PieceAct.USE: (UseForm, _use), PieceAct.SEND_UP: (PieceForm, lambda viewer, at, form, **more: str(send_up(viewer, at, **more))),
    PieceAct.JOIN: (
        JoiningForm, lambda viewer, at, form, **more: join_problems(viewer, at, form.cleaned_data["problems"].split(), **more)
    ),
    PieceAct.PART: (PartingForm, lambda viewer, at, form, **more: part_problem(viewer, at, form.cleaned_data["problem"], **more)),
    PieceAct.TAKE_DOWN: (ReasonForm, _with_words(take_down)), PieceAct.WITHDRAW: (ReasonForm, _with_words(withdraw_piece)),
}
"""What each act asks, and what it does with viewer, id, the form, actor and now."""


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, piece_id: UUID, what: str) -> HttpResponse:
    """One act on a piece: the form, and what it does.

    Raises NotFound: there is no such act, or no such piece for the viewer.
    """
    viewer = request.viewer
    officials_only(viewer)
    chosen = next((one for one in PieceAct if one.value == what), None)
    if chosen is None:
        raise NotFound
    found = piece_seen(viewer, piece_id)
    kind, does = DOINGS[chosen]
    is_sent = request.method == "POST"
    form = kind(request.POST, found=found, gathered=gather(request)) if is_sent else kind(found=found)
    refusal, status = "", 422 if is_sent else 200
    if is_sent and is_adding(request):
        form, status = judged_for_files_alone(form), 200
    elif form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: does(
            viewer, piece_id, form, actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已%s。") % chosen.label)
            return redirect("practices:page", piece_id)
    back = reverse("practices:page", args=[piece_id])
    return render(request, "roadmap/form.html", {
        "form": form, "title": f"{chosen.label}：{found.row.title}", "button": chosen.label, "back_url": back, "refusal": refusal,
        "consequence": found.acts.get(chosen, ""), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("稿件"), reverse("practices:list")), Crumb(found.row.title, back), Crumb(chosen.label)],
    }, status=status)  # fmt: skip
