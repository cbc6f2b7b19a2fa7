"""What is done to a division: begun, worked out, issued, given up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.dividing.drafting import WorkedOut, discard, draft, set_by_method
from zhitong.domain.plans.actions.dividing.issuing import ONLY_OFFICE, issue
from zhitong.domain.plans.queries.dividing.divisions import DivisionView, division_seen
from zhitong.domain.plans.queries.dividing.heads import TargetHead, may_decide, target_to_divide
from zhitong.domain.plans.queries.dividing.weights import weight_sets
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.domain.plans.rules.dividing import DivisionState, fitting_methods
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cascade.division import show
from zhitong.web.cascade.forms import IssueForm, MethodForm
from zhitong.web.cascade.looking import balance_figures, crumbs_of, light_of, page_of, turn_of
from zhitong.web.shell.asking import Once
from zhitong.web.shell.sending import send_once


@require_POST
def begin(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Open a draft, or go on with the one under way. Raises NotFound, NotYours."""
    head = target_to_divide(request.viewer, target_id)
    try:
        send_once(request, lambda: [str(one) for one in draft([head.id], turn_of(request))])
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(page_of(target_id))


@require_POST
def work_out(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Work the shares of a draft out by a method. Raises NotFound, NotYours."""
    head, found = _drafted(request, target_id)
    form = MethodForm(request.POST, methods=fitting_methods(head.asks), sets=weight_sets(request.viewer, head.campaign))
    if not form.is_valid():
        return show(request, head, found, status=422, method_form=form)
    said, version = form.cleaned_data, request.POST.get("version", "")

    def act() -> str:
        [told] = set_by_method(
            [found.id], DivisionMethod(said["method"]), turn_of(request), version=int(version) if version.isdigit() else None,
            weights_id=UUID(said["weights"]) if said["weights"] else None,
        )
        return _told(told)

    try:
        told, _is_new = send_once(request, act)
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return show(request, head, division_seen(request.viewer, head), status=409, method_form=form)
    messages.success(request, told)
    return redirect(page_of(target_id))


def _told(worked: WorkedOut) -> str:
    """What a method came to, with the ties it decided and those who got nothing."""
    said = _("已计算，核对后下达。")
    if worked.tied:
        said += _("%(places)s余数相同，最后%(spare)s份按区划先后给了前面的。") % {
            "places": "、".join(worked.tied), "spare": worked.spare,
        }
    if worked.empty:
        said += _("总数不够分，%s没有分到。") % "、".join(worked.empty)
    return said


@require_http_methods(["GET", "HEAD", "POST"])
def issuing(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """The form that puts a draft in force. Raises NotFound, NotYours."""
    head, found = _drafted(request, target_id)
    if not may_decide(request.viewer, head.region_id):
        raise NotYours(ONLY_OFFICE)
    form = IssueForm(request.POST or None, initial={"since": clock.today(), "reason": found.reason})

    def act() -> list[str]:
        said = form.cleaned_data
        issued = issue([found.id], turn_of(request), since=said["since"], reason=said["reason"], version=found.version)
        return [str(one) for one in issued]

    told = _("下达后各地的数成为当地目标，从执行日期起考核；各地活动办公室接收或请求调整。")
    once = Once(
        _("下达：%(name)s %(goal)s") % {"name": head.name, "goal": head.goal}, _("下达"), told, _("已下达，等各地接收。"),
        page_of(target_id), crumbs_of(head, _("下达")),
    )
    return once.respond(
        request, form, act, figures=balance_figures(head, found.balance, found.weighed_by), light=light_of(found.balance)
    )


@require_POST
def give_up(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Give a draft up; what is in force stays. Raises NotFound, NotYours."""
    _head, found = _drafted(request, target_id)
    send_once(request, lambda: discard(found.id, turn_of(request)))
    messages.success(request, _("已放弃拟定的分解，已经下达的不受影响。"))
    return redirect(page_of(target_id))


def _drafted(request: HttpRequest, target_id: UUID) -> tuple[TargetHead, DivisionView]:
    """A target with its draft. Raises NotFound: there is none."""
    head = target_to_divide(request.viewer, target_id)
    found = division_seen(request.viewer, head)
    if found is None or found.state is not DivisionState.DRAFT:
        raise NotFound
    return head, found
