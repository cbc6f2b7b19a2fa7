"""What is done with an amendment: sent up, taken back, approved, refused; each on a page that says what follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.plans.actions.amending.deciding import approve_amendment, refuse_amendment
from zhitong.domain.plans.actions.amending.drafting import submit_amendment, withdraw_amendment
from zhitong.domain.plans.queries.amendments import AmendmentView, amendment_seen
from zhitong.kit import clock
from zhitong.kit.figures import whole_day
from zhitong.kit.refusals import NotFound
from zhitong.web.amendments.forms import ApprovalForm, DecisionForm
from zhitong.web.amendments.views import crumbs_of
from zhitong.web.shell.asking import Once
from zhitong.web.shell.forms import PlainForm


@require_http_methods(["GET", "HEAD", "POST"])
def submitting(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """Send a draft up. Raises NotFound: it is not this post's draft."""
    found = amendment_seen(request.viewer, amendment_id)
    if not found.may_change and request.method != "POST":
        raise NotFound

    def act(**said: Any) -> None:
        submit_amendment(request.viewer, amendment_id, version=found.version, **said)

    told = _("提请后由上一级活动办公室批准，批准前目标不变，草稿不能再改（可以撤回）。")
    return _asking(request, found, PlainForm, act, (_("提请批准"), told, _("已提请批准。")))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawing(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """Take a draft or a request back. Raises NotFound: it is not this post's, or decided already."""
    found = amendment_seen(request.viewer, amendment_id)
    if not found.may_withdraw and request.method != "POST":
        raise NotFound

    def act(**said: Any) -> None:
        withdraw_amendment(request.viewer, amendment_id, **said)

    told = _("撤回后这份调整作废，留在列表里；如需再调整，另拟一份。")
    return _asking(request, found, PlainForm, act, (_("撤回"), told, _("已撤回。")))


@require_http_methods(["GET", "HEAD", "POST"])
def approving(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """Approve. Raises NotFound: it does not wait for this post."""
    found = _waiting(request, amendment_id)

    def act(**said: Any) -> None:
        approve_amendment(request.viewer, amendment_id, **said)

    told = _("批准后自%s起按新的目标评判，此前的报送不变；有关单位会收到通知。") % whole_day(found.since)
    return _asking(request, found, ApprovalForm, act, (_("批准"), told, _("已批准。")))


@require_http_methods(["GET", "HEAD", "POST"])
def refusing(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """Refuse. Raises NotFound: it does not wait for this post."""
    found = _waiting(request, amendment_id)

    def act(**said: Any) -> None:
        refuse_amendment(request.viewer, amendment_id, **said)

    return _asking(request, found, DecisionForm, act, (_("不批准"), _("不批准的，目标任务维持原样。"), _("已答复不批准。")))


def _waiting(request: HttpRequest, amendment_id: UUID) -> AmendmentView:
    found = amendment_seen(request.viewer, amendment_id)
    if not found.may_decide and request.method != "POST":
        raise NotFound
    return found


def _asking(
    request: HttpRequest, found: AmendmentView, kind: type[PlainForm], act: Any, words: tuple[str, str, str]
) -> HttpResponse:
    button, consequence, done = words
    form = kind(request.POST if request.method == "POST" else None)

    def once() -> str:
        act(**form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now())
        return ""

    page = Once(
        f"{button}：{found.title}", button, consequence, done, reverse("amendments:page", args=[found.id]),
        crumbs_of(found, button),
    )
    return page.respond(request, form, once, notice=found.notice)
