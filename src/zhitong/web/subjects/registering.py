"""Registering one of the served at the screen: code, name and place first, those alike shown, then everything else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import tier_rules_in_force
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.subjects.actions.registering import NewSubject, NotRegistered, register
from zhitong.domain.subjects.queries.alike import AlikeSubject, Asked, Likeness, alike_to
from zhitong.domain.subjects.queries.registrars import kinds_registered_by, require_may_register
from zhitong.domain.subjects.rules.describing import Field
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.subjects.forms import ALIKE_REASON, LookForm, RegisterForm

LOOKED_FOR = ("kind", "code", "name", "region")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The two steps of a registration: the address of the second carries what was answered in the first.

    Raises NotYours: the post registers nobody.
    """
    viewer = request.viewer
    require(viewer, Permission.REGISTER)
    kinds = kinds_registered_by(viewer)
    if not kinds:
        raise NotYours(_("登记服务对象由牵头部门和活动办公室办理。请转告本级活动办公室。"))
    is_asked = any(name in request.GET for name in LOOKED_FOR)
    look = LookForm(request.GET if is_asked else None, kinds=kinds, viewer=viewer, initial={"region": str(viewer.region_id)})
    if not is_asked or not look.is_valid():
        return _show(request, look, None, [], status=422 if is_asked else 200)
    said = look.cleaned_data
    require_may_register(viewer, [(said["kind"], said["region"])])
    alike = alike_to([Asked(name=said["name"], code=said["code"], region_id=said["region"])]).get(0, [])
    form = _form(request, said, alike)
    if request.method != "POST":
        return _show(request, look, form, alike)
    if not form.is_valid():
        return _show(request, look, form, alike, status=422)
    return _register(request, look, form, alike)


def is_taken(kind: SubjectKind, alike: list[AlikeSubject]) -> bool:
    """Whether the very same has been registered: there is nothing to register then."""
    return any(one.why is Likeness.SAME_CODE and one.kind is kind for one in alike)


def _form(request: HttpRequest, said: dict[str, Any], alike: list[AlikeSubject]) -> RegisterForm:
    has_alike = "alike_reason" in request.POST if request.method == "POST" else bool(alike)
    initial = {"code": said["code"], "name": said["name"]}
    return RegisterForm(
        request.POST if request.method == "POST" else None, kind=said["kind"], viewer=request.viewer,
        rules=tier_rules_in_force(), has_alike=has_alike, initial=initial,
    )


def _register(request: HttpRequest, look: LookForm, form: RegisterForm, alike: list[AlikeSubject]) -> HttpResponse:
    try:
        answer, _is_new = send_once(request, lambda: str(_write(request, look.cleaned_data, form)))
    except (NotFound, NotYours):
        raise
    except NotRegistered as refused:
        if refused.alike and "alike_reason" not in form.fields:
            form.add("alike_reason", ProseField(ALIKE_REASON, rows=2, max_length=200))
        form.add_error(None, refused.fields.get("0", refused.sentence))
        return _show(request, look, form, refused.alike.get(0, alike), status=422)
    messages.success(request, _("已登记“%s”。") % form.described[Field.NAME])
    return redirect("subjects:page", UUID(answer))


def _write(request: HttpRequest, looked: dict[str, Any], form: RegisterForm) -> UUID:
    entry = entry_of(looked["kind"], looked["region"], form)
    return register([entry], rules=tier_rules_in_force(), actor=request.viewer.actor("web"), now=clock.now())[0]


def entry_of(kind: SubjectKind, region_id: UUID, form: RegisterForm) -> NewSubject:
    """What a valid form says, as it is registered."""
    said = form.cleaned_data
    figures = {name: int(said[name]) for name in ("revenue_cny", "invested_cny") if said.get(name) is not None}
    return NewSubject(
        kind=kind, region_id=region_id, marks=frozenset(said.get("marks", ())), alike_reason=said.get("alike_reason", ""),
        **{field.value: value for field, value in form.described.items()}, **figures,
    )


def _show(
    request: HttpRequest, look: LookForm, form: RegisterForm | None, alike: list[AlikeSubject], *, status: int = 200
) -> HttpResponse:
    context = {
        "look": look, "form": form, "alike": alike,
        "is_taken": request.method != "POST" and form is not None and is_taken(look.cleaned_data["kind"], alike),
        "crumbs": [Crumb(_("服务对象"), reverse("subjects:list")), Crumb(_("登记"))],
        "once_key": new_key() if status == 422 else key_of(request),
    }
    return render(request, "subjects/new.html", context, status=status)
