"""The builder: a draft with its parts, each changed on a page of its own, moved and removed by a button."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.cards.actions.designing import change_draft
from zhitong.domain.cards.queries.forms import DraftView, draft_seen
from zhitong.domain.cards.queries.forms.asking import live_templates
from zhitong.domain.cards.rules import building
from zhitong.domain.cards.rules.building import NoSuchPart
from zhitong.domain.cards.rules.kinds import FieldKind, Prefill, Weight
from zhitong.domain.cards.rules.soundness import faults
from zhitong.domain.cards.rules.templates import Definition, Field, template_of
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.subjects.queries.lists import lists_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.forms import checks, parts
from zhitong.web.forms.telling import told_checks, told_sections
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once

HEAD, PROBLEMS = "head", "problems"
STEPS = {"up": -1, "down": 1}
_TITLES = {
    HEAD: gettext_lazy("基本信息"), PROBLEMS: gettext_lazy("问题部分"), "section": gettext_lazy("部分"),
    "field": gettext_lazy("栏目"), "checks": gettext_lazy("核对"), "sums": gettext_lazy("合计核对"),
    "against_last": gettext_lazy("与上期核对"), "among_peers": gettext_lazy("与同类核对"),
}
_CHECKS: dict[str, tuple[type[checks.CheckForm], dict[str, Any]]] = {
    "checks": (checks.ComparisonForm, {"severity": str(Weight.WARNING)}),
    "sums": (checks.SumForm, {"severity": str(Weight.WARNING), "must": "<="}),
    "against_last": (checks.AgainstLastForm, {"times": 10}),
    "among_peers": (checks.AmongPeersForm, {}),
}


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft with everything that stands against its publishing; its parts move up, down and away.

    Raises NotFound, NotYours.
    """
    found = draft_seen(request.viewer, draft_id)
    if request.method != "POST":
        return _show(request, found)
    step, _colon, place = request.POST.get("do", "").partition(":")
    try:
        _keep(request, found, _stepped(found.definition, step, place))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        status = 422 if "HX-Request" in request.headers else 409  # htmx shows no other answer that refuses
        return _show(request, draft_seen(request.viewer, draft_id), refusal=refused.sentence, status=status)
    return redirect(f"{request.path}#parts")


def _stepped(definition: Definition, step: str, place: str) -> dict[str, Any]:
    try:
        if step == "remove":
            return building.without(definition, place)
        return building.moved(definition, place, STEPS[step])
    except LookupError:
        raise NotFound from None


def _show(request: HttpRequest, found: DraftView, *, refusal: str = "", status: int = 200) -> HttpResponse:
    placed = {one.place for one in found.faults}
    return render(request, "forms/draft.html", {
        "draft": found, "sections": told_sections(found.template, found.faults),
        "checks": told_checks(found.template, found.faults), "refusal": refusal,
        "kind": SubjectKind(found.template.kind).label, "once_key": new_key(),
        "loose": [one.sentence for one in found.faults if one.place == "" or one.place.startswith(PROBLEMS)],
        "faults": len(found.faults), "has_faults": bool(placed),
        "new_section": building.next_place(found.definition, "sections"),
        "new_checks": [(_TITLES[one], building.next_place(found.definition, one)) for one in _CHECKS],
        "crumbs": [Crumb(_("表式"), reverse("forms:list")), Crumb(found.template.name)],
    }, status=status)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, draft_id: UUID, place: str) -> HttpResponse:
    """A part of the draft to write: the head, a section, a field, a comparison, the problem section.

    Raises NotFound: there is no such place, or the draft is not the office's to change.
    """
    found = draft_seen(request.viewer, draft_id)
    if not found.may_change:
        raise NotFound
    before = _before(found.definition, place)
    form = _form(request, found, place, before)
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _saved(request, found, place, before, form)
            except (NotFound, NotYours):
                raise
            except BadInput as refused:
                refusal = refused.sentence
            except Refused as refused:
                refusal, status = refused.sentence, 409
    return _page(request, found, place, form, is_new=not _is_there(found.definition, place), refusal=refusal, status=status)


def _saved(
    request: HttpRequest, found: DraftView, place: str, before: Definition, form: parts.PartForm
) -> HttpResponse:
    changed = _changed(found.definition, place, form.part(before))
    for fault in faults(changed):
        if place not in (HEAD, PROBLEMS) and (fault.place == place or fault.place.startswith(f"{place}.")):
            key = fault.key if fault.key in form.fields else "when" if fault.place.endswith(".when") else None
            if fault.key != "fields":
                form.add_error(key, fault.sentence)
    if form.errors:
        raise BadInput(_("这一部分还有不对的地方，没有保存。请按提示改好。"))
    _keep(request, found, changed)
    messages.success(request, _("已保存。"))
    if "more" in request.POST:
        section = ".".join(place.split(".")[:2])
        return redirect("forms:part", found.id, building.next_place(changed, f"{section}.fields"))
    return redirect(f"{reverse('forms:draft', args=[found.id])}#parts")


def _keep(request: HttpRequest, found: DraftView, definition: Definition) -> None:
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else found.version
    send_once(request, lambda: {"version": change_draft(
        request.viewer, found.id, definition, version=version, actor=request.viewer.actor("web"), now=clock.now(),
    )})


def _changed(definition: Definition, place: str, typed: dict[str, Any]) -> dict[str, Any]:
    if place == HEAD:
        return building.with_head(definition, typed)
    if place == PROBLEMS:
        return building.with_problems(definition, **typed)
    return building.with_part(definition, place, typed)


def _is_there(definition: Definition, place: str) -> bool:
    if place in (HEAD, PROBLEMS):
        return True
    try:
        building.part_at(definition, place)
    except NoSuchPart:
        return False
    return True


def _before(definition: Definition, place: str) -> Definition:
    """What stands at a place, or what a new part begins with.

    Raises NotFound: the place is none, or beyond the one after the last.
    """
    if place == HEAD:
        return definition
    if place == PROBLEMS:
        return dict(definition["problems"])
    if _is_there(definition, place):
        return building.part_at(definition, place)
    try:
        if building.next_place(definition, place.rpartition(".")[0]) != place:
            raise NotFound
    except NoSuchPart:
        raise NotFound from None
    kind = _kind(place)
    if kind == "section":
        return {"code": building.fresh_code(definition, "s"), "prefill": str(Prefill.NEVER), "fields": []}
    if kind == "field":
        return {"code": building.fresh_code(definition, "q"), "type": str(FieldKind.TEXT)}
    return _CHECKS[kind][1]


def _kind(place: str) -> str:
    if place in (HEAD, PROBLEMS):
        return place
    head = place.partition(".")[0]
    return head if head in _CHECKS else "field" if ".fields." in place else "section"


def _form(request: HttpRequest, found: DraftView, place: str, before: Definition) -> parts.PartForm:
    posted = request.POST if request.method == "POST" else None
    kind = _kind(place)
    if kind == "field":
        live = live_templates(found.campaign)
        return parts.FieldForm(
            posted, questions=_questions_before(found.definition, place), initial=parts.FieldForm.initial_of(before),
            facts=parts.facts_offered(live, before.get("fact", "")),
        )
    if kind in _CHECKS:
        form = _CHECKS[kind][0]
        return form(posted, questions=found.template.fields(), initial=form.initial_of(before))
    if kind == "section":
        lists = [(one.code, one.name) for one in lists_of(request.viewer, found.campaign) if str(one.kind) == found.template.kind]
        return parts.SectionForm(posted, lists=lists, initial=before)
    return (parts.HeadForm if kind == HEAD else parts.ProblemsForm)(posted, initial=before)


def _questions_before(definition: Definition, place: str) -> list[Field]:
    """The questions above a field; a condition can name no other."""
    section, at = int(place.split(".")[1]), int(place.split(".")[3])
    form = template_of(definition)
    above = [field for one in form.sections[:section] for field in one.fields]
    return above + list(form.sections[section].fields[:at])


def _page(
    request: HttpRequest, found: DraftView, place: str, form: parts.PartForm, *, is_new: bool, refusal: str, status: int
) -> HttpResponse:
    title = _TITLES[_kind(place)]
    heading = (_("新增%s") if is_new else _("修改%s")) % title
    back = reverse("forms:draft", args=[found.id])
    return render(request, "forms/part.html", {
        "form": form, "draft": found, "heading": heading, "refusal": refusal, "back": back,
        "version": request.POST.get("version", found.version), "is_field": _kind(place) == "field",
        "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("表式"), reverse("forms:list")), Crumb(found.template.name, back), Crumb(heading)],
    }, status=status)  # fmt: skip
