"""Before a draft is published: how it looks on a phone, what it costs, what is known already; and giving one up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.cards.actions.designing import drop_draft, publish_draft
from zhitong.domain.cards.queries.forms import DraftView, draft_seen, review_of
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Confirmation, Crumb, Figure
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.shell.words import figure_in_words


@require_GET
def preview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft as its reporters will see it, on the width of a phone.

    Raises NotFound, NotYours.
    """
    found = draft_seen(request.viewer, draft_id)
    return render(request, "forms/preview.html", {"draft": found, "crumbs": _crumbs(found, _("预览"))})


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What publishing asks of people, and the button.

    Raises NotFound, NotYours.
    """
    found = draft_seen(request.viewer, draft_id)
    if request.method == "POST":
        try:
            done, _is_new = send_once(request, lambda: {"template": str(publish_draft(
                request.viewer, draft_id, version=_version(request, found), actor=request.viewer.actor("web"), now=clock.now(),
            ))})
        except (NotFound, NotYours):
            raise
        except Refused as refused:
            status = 422 if isinstance(refused, BadInput) else 409
            return _review(request, draft_seen(request.viewer, draft_id), refusal=refused.sentence, status=status)
        messages.success(request, _("“%s”已发布，开放填报时就可以选用。") % found.template.name)
        return redirect("forms:page", done["template"])
    return _review(request, found)


def _review(request: HttpRequest, found: DraftView, *, refusal: str = "", status: int = 200) -> HttpResponse:
    review = review_of(request.viewer, found)
    burden = review.burden
    figures = [
        Figure(_("栏目"), str(burden.fields), _("个")), Figure(_("填一张"), str(burden.minutes_a_card), _("分钟")),
        Figure(_("填报对象"), figure_in_words(burden.reporters), _("户"), SubjectKind(found.template.kind).label),
        Figure(_("每年"), str(burden.periods), _("期")),
        Figure(_("全年负担"), figure_in_words(burden.hours_a_year), _("小时")),
    ]
    return render(request, "forms/publish.html", {
        "draft": found, "review": review, "figures": figures, "refusal": refusal,
        "alike": [(one, round(one.share * 100)) for one in review.alike],
        "once_key": new_key() if refusal else key_of(request), "crumbs": _crumbs(found, _("发布")),
    }, status=status)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give a draft up, after a look at what that means.

    Raises NotFound, NotYours, DraftMoved.
    """
    found = draft_seen(request.viewer, draft_id)
    if request.method == "POST":
        send_once(request, lambda: {"done": drop_draft(
            request.viewer, draft_id, version=_version(request, found), actor=request.viewer.actor("web"), now=clock.now(),
        )})
        messages.success(request, _("草稿已放弃。"))
        return redirect("forms:list")
    confirmation = Confirmation(
        _("放弃“%s”的草稿") % found.template.name, _("放弃后不能再改、不能发布；已经发布的版本不受影响。"), request.path,
        _("放弃草稿"), reverse("forms:draft", args=[found.id]), key_of(request), [("version", str(found.version))],
    )
    return render(request, "shell/confirm.html", {"confirmation": confirmation})


def _version(request: HttpRequest, found: DraftView) -> int:
    """The version that the page showed."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() else found.version


def _crumbs(found: DraftView, last: str) -> list[Crumb]:
    draft_url = reverse("forms:draft", args=[found.id])
    return [Crumb(_("表式"), reverse("forms:list")), Crumb(found.template.name, draft_url), Crumb(last)]
