"""Proposing a curve by shape or month by month with the drawing beneath it, and the answer of the office above."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.curving import accept_curve, propose_curve, return_curve
from zhitong.domain.plans.queries.one_target import TargetInRegion, target_of_curve, target_seen
from zhitong.domain.plans.rules import CurveShape
from zhitong.domain.plans.rules.curves import Points, given_trouble, month_ends, points_for
from zhitong.kit import clock
from zhitong.kit.figures import whole_day
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.asking import Once
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.targets.forms import AnswerForm, CurveForm
from zhitong.web.targets.views import crumbs_of, curves_of, drawing_of, name_of


@require_http_methods(["GET", "HEAD", "POST"])
def proposing(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """The form with the curve drawn beneath; “看曲线” draws what was typed and keeps nothing.

    Raises NotFound: no such target, or this post proposes no curve of it.
    """
    found = target_seen(request.viewer, target_id, clock.today())
    if not found.may_propose:
        raise NotFound
    ends = month_ends(found.begin, found.deadline)
    form = CurveForm(request.POST or None, ends=ends, initial={"since": found.earliest, "shape": found.curve.shape})
    refusal, typed = "", _typed(form, found) if request.method == "POST" else ()
    if request.method == "POST" and typed and "look" not in request.POST:
        try:
            send_once(request, lambda: _propose(request, target_id, form))
        except (NotFound, NotYours):
            raise
        except BadInput as wrong:
            for name, sentence in wrong.fields.items():
                form.add_error(form.last_month() if name == "months" else name, sentence)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("已提出，%s认可以后按新的曲线。") % (found.decider or _("上级")))
            return redirect("targets:page", target_id)
    again = new_key() if refusal or form.errors else key_of(request)
    return render(request, "targets/propose.html", {
        "target": found, "form": form, "refusal": refusal, "once_key": again,
        "drawing": drawing_of(found, curves_of(found, typed)), "crumbs": crumbs_of(found, _("提出进度曲线")),
    }, status=409 if refusal else 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def accepting(request: HttpRequest, curve_id: UUID) -> HttpResponse:
    """The page before a curve is accepted, and the act. Raises NotFound: it does not wait for this post's answer."""
    return _answering(
        request, curve_id, _("认可进度曲线"), _("认可"), _("认可以后自%s起按这条曲线评判进度，以前的不变。"), _("已认可。"), accept_curve
    )


@require_http_methods(["GET", "HEAD", "POST"])
def returning(request: HttpRequest, curve_id: UUID) -> HttpResponse:
    """The page before a curve is returned, and the act. Raises NotFound: it does not wait for this post's answer."""
    return _answering(
        request, curve_id, _("退回进度曲线"), _("退回"), _("退回以后继续按现行的曲线；拟自%s起的这一条不用。"), _("已退回。"), return_curve
    )


def _answering(
    request: HttpRequest, curve_id: UUID, title: str, button: str, consequence: str, done: str, act: Any
) -> HttpResponse:
    found = target_seen(request.viewer, target_of_curve(request.viewer, curve_id), clock.today())
    curve = found.proposed
    if not found.may_decide:
        raise NotFound
    form, viewer = AnswerForm(request.POST or None), request.viewer

    def answer() -> str:
        act(viewer, curve_id, decision=form.cleaned_data["decision"], actor=viewer.actor("web"), now=clock.now())
        return ""

    day = whole_day(curve.since) if curve else ""
    page = Once(
        _("%(title)s：%(name)s") % {"title": title, "name": name_of(found)}, button, consequence % day, done,
        reverse("targets:page", args=[found.id]), crumbs_of(found, title),
    )
    return page.respond(request, form, answer)


def _propose(request: HttpRequest, target_id: UUID, form: CurveForm) -> str:
    viewer, said = request.viewer, form.cleaned_data
    return str(propose_curve(
        viewer, target_id, shape=CurveShape(said["shape"]), given=form.given(), since=said["since"], reason=said["reason"],
        actor=viewer.actor("web"), now=clock.now(),
    ))


def _typed(form: CurveForm, found: TargetInRegion) -> Points:
    """The curve as typed; empty when something in it is wrong, which then stands beside its field."""
    if not form.is_valid():
        return ()
    shape, given = CurveShape(form.cleaned_data["shape"]), form.given()
    if trouble := given_trouble(shape, given, len(form.months)):
        form.add_error(form.last_month(), trouble)
        return ()
    return points_for(shape, found.begin, found.deadline, calendar(), given)
