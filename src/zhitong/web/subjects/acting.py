"""The form of an act on one of the served, and the act: once for a form, refused with what was typed kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.subjects.actions.changing import NotChanged
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.subjects.queries.registrars import require_may_change, require_may_rearrange
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Act, ActBar, ActGroup, Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.subjects.forms import ALIKE_REASON
from zhitong.web.subjects.ways import WAYS, Way

AT_HAND = ("edit", "note", "elements")


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, subject_id: UUID, act: str) -> HttpResponse:
    """The form of an act, and the act itself.

    Raises NotFound: there is no such act, subject, or act for this subject. Raises NotYours: it is another's to do.
    """
    way, subject = WAYS.get(act), subject_seen(request.viewer, subject_id)
    if way is None or not way.is_there(subject):
        raise NotFound
    require_for(request.viewer, subject, is_rearranging=way.is_rearranging)
    form = way.make(request, subject, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, way, subject, form)
    if not form.is_valid():
        return _ask(request, way, subject, form, status=422)
    return _do(request, way, subject, form)


def require_for(viewer: Viewer, subject: SubjectView, *, is_rearranging: bool) -> None:
    """Refuse who may not do an act of this sort.

    Raises NotYours: see `queries.registrars`.
    """
    (require_may_rearrange if is_rearranging else require_may_change)(viewer, [subject.id])


def bar_of(viewer: Viewer, subject: SubjectView) -> ActBar:
    """The acts that the viewer may do to a subject: the everyday ones at hand, the rest folded; two queries."""
    may_change, may_rearrange = (_may(viewer, subject, is_rearranging=one) for one in (False, True))
    offered = [
        name for name, way in WAYS.items()
        if way.is_there(subject) and (may_rearrange if way.is_rearranging else may_change)
    ]
    at_hand = tuple(_act(name, subject, primary=name == "edit") for name in AT_HAND if name in offered)
    folded = [_act(name, subject) for name in offered if name not in AT_HAND]
    if may_rearrange and subject.ended_on is None:
        folded += [
            Act(_("合并登记"), reverse("subjects:merge", args=[subject.id]), icon="git-merge"),
            Act(_("拆分登记"), reverse("subjects:split", args=[subject.id]), icon="arrows-split"),
        ]
    return ActBar(at_hand, (ActGroup(_("登记"), tuple(folded)),) if folded else (), calm=True)


def crumbs_of(subject: SubjectView, last: str) -> list[Crumb]:
    """The way to a page about a subject."""
    return [
        Crumb(_("服务对象"), reverse("subjects:list")), Crumb(subject.name, reverse("subjects:page", args=[subject.id])),
        Crumb(last),
    ]


def _may(viewer: Viewer, subject: SubjectView, *, is_rearranging: bool) -> bool:
    try:
        require_for(viewer, subject, is_rearranging=is_rearranging)
    except (NotFound, NotYours):
        return False
    return True


def _act(name: str, subject: SubjectView, *, primary: bool = False) -> Act:
    way = WAYS[name]
    return Act(way.label, reverse("subjects:act", args=[subject.id, name]), icon=way.icon, primary=primary)


def _do(request: HttpRequest, way: Way, subject: SubjectView, form: PlainForm) -> HttpResponse:
    try:
        said, is_new = send_once(request, lambda: way.do(request, subject, form))
    except (NotFound, NotYours):
        raise
    except NotChanged as refused:
        _place_beside(form, refused)
        return _ask(request, way, subject, form, alike=refused.alike.get(0, ()), status=422)
    except Refused as refused:
        status = 422 if isinstance(refused, BadInput) else 409
        refusal = "".join(getattr(refused, "fields", {}).values()) or refused.sentence
        return _ask(request, way, subject, form, refusal=refusal, status=status)
    messages.success(request, said if is_new else _("这张表单已经办过，没有重复办理。%s") % said)
    return redirect("subjects:page", subject.id)


def _place_beside(form: PlainForm, refused: NotChanged) -> None:
    """Put what was refused beside its fields, and ask for the reason where another looks alike."""
    if refused.alike and "alike_reason" not in form.fields:
        form.add("alike_reason", ProseField(ALIKE_REASON, rows=2, required=False, max_length=200))
    for field, sentence in refused.by_field.items():
        form.add_error(field.value if field.value in form.fields else None, sentence)
    if not refused.by_field:
        form.add_error(None, refused.sentence)


def _ask(
    request: HttpRequest, way: Way, subject: SubjectView, form: PlainForm, *, refusal: str = "", alike: Any = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "subject": subject, "form": form, "title": way.label, "icon": way.icon, "consequence": way.consequence,
        "refusal": refusal, "alike": alike, "crumbs": crumbs_of(subject, str(way.label)),
        "once_key": key_of(request) if status == 200 else new_key(),
    }
    return render(request, "subjects/act.html", context, status=status)
