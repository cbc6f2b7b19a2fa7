"""Editing the words of an edition; whoever comes second is shown what the first wrote beside what he typed himself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.bulletins.actions.editions.drafting import Overtaken, Saving, save
from zhitong.domain.bulletins.actions.editions.taking_back import TakingBack, take_back
from zhitong.domain.bulletins.queries.editions.page import EditionPage, edition_page, wording_at
from zhitong.domain.bulletins.rules.drawn import Section
from zhitong.domain.bulletins.rules.templating import MOST_BYTES
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.bulletins.editions.forms import TextForm, WordForm
from zhitong.web.bulletins.editions.showing import crumb_of, crumbs_of, figures_shown
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.supervision.asking import Asking, respond


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """The form of the text, and its saving.

    Raises NotFound: there is no such edition of the viewer's office. Raises NotNow, NotYours: it is not to be edited.
    """
    found = edition_page(request.viewer, edition_id, now=clock.now())
    if not found.is_own:
        raise NotFound
    closed = _closed(found)
    if request.method != "POST" or closed:
        form = TextForm(initial=_initial(found), sections=found.sections)
        return _ask(request, found, form, refusal=closed, status=409 if closed else 200)
    form = TextForm(request.POST, sections=_begun_with(request, found))
    if not form.is_valid():
        return _ask(request, found, form, status=422)
    return _save(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Take the text back from a Word file. Raises NotFound: there is no such edition of the viewer's office."""
    found = edition_page(request.viewer, edition_id, now=clock.now())
    if not found.is_own:
        raise NotFound
    form = WordForm(request.POST, request.FILES) if request.method == "POST" else WordForm()
    address = reverse("bulletins:edition", args=[edition_id])
    asking = Asking(
        _("取回 Word 文稿"), _("文字存为新的一版；数字、附件、版头版记仍以系统为准，改动过的数会逐个指出。"), _("取回"), "upload", address,
        crumbs_of(crumb_of(found), Crumb(_("取回 Word 文稿"))), closed=_closed(found),
    )
    return respond(
        request, asking, form, lambda: _taken_back(request, edition_id, form.cleaned_data), _("文稿已取回。"), lambda _version: address
    )


def _taken_back(request: HttpRequest, edition_id: UUID, given: Mapping[str, Any]) -> int:
    file = given["file"]
    return take_back(TakingBack(
        edition_id=edition_id, name=file.name or "", content=file.read(MOST_BYTES + 1), knowingly=given["knowingly"],
        actor=request.viewer.actor("web"), now=clock.now(),
    ))


def _closed(found: EditionPage) -> str:
    """Why the text may not be edited; empty where it may."""
    choice = next((one for one in found.acts if one.act is EditionAct.EDIT), None)
    return choice.reason if choice else _("文稿现在是“%s”，不能修改。") % found.row.state.label


def _save(request: HttpRequest, found: EditionPage, form: TextForm) -> HttpResponse:
    try:
        _version, is_new = send_once(request, lambda: save(_saving(request, found, form)))
    except Overtaken as overtaken:
        return _beside(request, found, form, overtaken)
    except BadInput as refused:
        for name, sentence in refused.fields.items():
            if name in form.fields:
                form.add_error(name, sentence)
        return _ask(request, found, form, refusal=refused.sentence, status=422)
    messages.success(request, _("文稿已保存。") if is_new else _("这张表单已经办过，没有重复保存。"))
    return redirect(reverse("bulletins:edition", args=[found.row.id]))


def _saving(request: HttpRequest, found: EditionPage, form: TextForm) -> Saving:
    given = form.cleaned_data
    return Saving(
        edition_id=found.row.id, version=given["version"], title=given["title"], recipients=given["recipients"],
        sections=form.sections(), knowingly=given["knowingly"], actor=request.viewer.actor("web"), now=clock.now(),
    )


def _beside(request: HttpRequest, found: EditionPage, form: TextForm, overtaken: Overtaken) -> HttpResponse:
    """The same form on the newest version: what was typed stays, what another saved there meanwhile stands beneath it."""
    typed = request.POST.copy()
    typed["version"] = str(overtaken.version)
    again = TextForm(typed, sections=(*overtaken.sections, *form.sections()[len(overtaken.sections):]))
    again.is_valid()
    for place in overtaken.clashes:
        theirs = overtaken.sections[place].text if place < len(overtaken.sections) else _("（已删去）")
        if f"text_{place}" in again.fields:
            again.add_error(f"text_{place}", _("现在存的是：%s") % theirs)
    return _ask(request, found, again, refusal=overtaken.sentence, status=409)


def _begun_with(request: HttpRequest, found: EditionPage) -> tuple[Section, ...]:
    """The sections of the version that the form was begun with; those of now where it names none."""
    try:
        return wording_at(request.viewer, found.row.id, int(request.POST.get("version", "")))
    except (ValueError, NotFound):
        return found.sections


def _initial(found: EditionPage) -> dict[str, Any]:
    return {"version": found.version, "title": found.row.title, "recipients": found.recipients}


def _ask(
    request: HttpRequest, found: EditionPage, form: TextForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "found": found, "form": form, "refusal": refusal, "crumbs": crumbs_of(crumb_of(found), Crumb(_("修改文稿"))),
        "figures": figures_shown(found, request.viewer, found.figures), "is_closed": status == 409 and not form.is_bound,
        "back_url": reverse("bulletins:edition", args=[found.row.id]),
        "once_key": new_key() if refusal or form.errors else key_of(request),
    }
    return render(request, "bulletins/editions/edit.html", context, status=status)
