"""The Word files of a unit: which are in force, a sample to begin with, a new one sent in, one withdrawn."""

from __future__ import annotations

from io import BytesIO

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.bulletins.actions.templating import keep_template, withdraw_template
from zhitong.domain.bulletins.queries.templates import TemplateFile, sample_file, template_file, templates_of
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.bulletins.rules.templating import MOST_BYTES, TEMPLATED
from zhitong.kit import clock
from zhitong.kit.handing_out import number
from zhitong.kit.official.fillable import FIELDS
from zhitong.kit.refusals import NotFound
from zhitong.web.bulletins.making import word_in
from zhitong.web.shell.components import Confirmation, Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.shell.taken_out import export_mark
from zhitong.web.visits.asking import tried

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(PlainForm):
    """A Word file and the kind of paper it is for."""

    kind = forms.ChoiceField(label=gettext_lazy("用于哪种材料"), choices=[(one.value, one.label) for one in TEMPLATED])
    template = forms.FileField(
        label=gettext_lazy("Word 文件（.docx）"), widget=forms.FileInput(attrs={"accept": f".{Format.WORD.value}"}),
        help_text=gettext_lazy("先下载样板，在Word或WPS里改好字体、版头，保留{{ }}里的标记，再传上来"),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Every kind with the file in force, and the form that sends another in. Raises NotFound: the viewer makes no papers."""
    rows = templates_of(request.viewer)
    form = TemplateForm(initial={"kind": request.GET.get("kind", "")})
    refusal, status = "", 200
    if request.method == "POST":
        form, status = TemplateForm(request.POST, request.FILES), 422
        if form.is_valid():
            is_done, _answer, refusal, status = tried(request, form, lambda: _kept(request, form))
            if is_done:
                messages.success(request, _("已启用，以后出这种材料的Word都用这个版式。"))
                return redirect("bulletins:templates")
    context = {
        "rows": rows, "form": form, "refusal": refusal, "fields": FIELDS.items(),
        "once_key": new_key() if status == 422 or request.method != "POST" else key_of(request),
    }
    return render(request, "bulletins/templates/page.html", context, status=status)


def _kept(request: HttpRequest, form: TemplateForm) -> str:
    sent = form.cleaned_data["template"]
    kept = keep_template(
        kind=PaperKind(form.cleaned_data["kind"]), name=sent.name or "", content=sent.read(MOST_BYTES + 1),
        actor=request.viewer.actor("web"), now=clock.now(),
    )
    return str(kept)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask, then go back to the system's layout. Raises NotFound, NoTemplate."""
    found = _kind(kind)
    row = next(one for one in templates_of(request.viewer) if one.kind is found)
    back = reverse("bulletins:templates")
    if request.method == "POST":
        form = forms.Form(request.POST)
        is_done, _answer, refusal, _status = tried(request, form, lambda: withdraw_template(
            kind=found, actor=request.viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已停用，以后用系统版式。"))
        else:
            messages.error(request, refusal)
        return redirect(back)
    if not row.name:
        raise NotFound
    return render(request, "shell/confirm.html", {
        "confirmation": Confirmation(
            _("停用%(kind)s的版式") % {"kind": found.label},
            _("停用后，本单位出的%(kind)s改用系统版式；已经印发的仍是原来的样子。") % {"kind": found.label},
            reverse("bulletins:template-withdraw", args=[kind]), _("停用"), back, new_key(),
        ),
        "crumbs": [Crumb(_("版式模板"), back), Crumb(found.label)],
    })  # fmt: skip


@require_GET
def file(request: HttpRequest, kind: str) -> FileResponse:
    """The file in force, or a sample where there is none. Raises NotFound."""
    return _answer(template_file(request.viewer, _kind(kind)))


@require_GET
def sample(request: HttpRequest, kind: str) -> FileResponse:
    """A sample in the standard's layout. Raises NotFound."""
    templates_of(request.viewer)  # whoever makes no papers finds nothing here
    return _answer(sample_file(_kind(kind)))


def _kind(text: str) -> PaperKind:
    kind = word_in(PaperKind, text)
    if kind not in TEMPLATED:
        raise NotFound
    return kind


def _answer(found: TemplateFile) -> FileResponse:
    answer = FileResponse(BytesIO(found.content), as_attachment=True, filename=found.name, content_type=WORD)
    number(answer, export_mark("paper templates"))  # an office's own file stays as it sent it
    return answer
