"""One of the served: its tier beside the rule's word, its moves, diagnoses and rungs; setting it by hand and releasing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.tiering.actions.overriding import override, release
from zhitong.domain.tiering.queries.diagnoses import diagnoses_of
from zhitong.domain.tiering.queries.ladders import rung_moves_of
from zhitong.domain.tiering.queries.moves import tiering_of
from zhitong.kit import clock
from zhitong.web.shell.asking import Once
from zhitong.web.tiering.forms import ReasonForm, TierForm
from zhitong.web.tiering.looking import campaign_of, crumb, tier_in_words


@require_GET
def page(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """How one of the served stands and came to stand so.

    Raises NotFound: it is not there for the viewer, or the viewer is one of the served.
    """
    campaign = campaign_of()
    found = tiering_of(request.viewer, campaign.code, subject_id)
    return render(request, "tiering/subject.html", {
        "found": found, "tier": tier_in_words(found.subject.tier), "by_rule": tier_in_words(found.by_rule),
        "moves": [(one, tier_in_words(one.before), tier_in_words(one.after)) for one in found.moves],
        "diagnoses": diagnoses_of(subject_id) if found.subject.sees_figures else [],
        "rungs": rung_moves_of(request.viewer, campaign.code, subject_id),
        "crumbs": [crumb(url=f"{reverse('tiering:list')}?kind={found.subject.kind}"), crumb(found.subject.name)],
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def set_by_hand(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """The form of a tier by hand. Raises NotFound, NotYours."""
    campaign = campaign_of()
    require(request.viewer, Permission.DISPATCH)
    found = tiering_of(request.viewer, campaign.code, subject_id)
    form = TierForm(request.POST or None)

    def act() -> str:
        viewer = request.viewer
        override(viewer, subject_id, **form.cleaned_data, campaign=campaign.code, actor=viewer.actor("web"), now=clock.now())
        return ""

    told = _("现在%(tier)s，按规则%(by_rule)s。人工确定后一直有效，以后测算不会改动，直到恢复按规则。") % {
        "tier": tier_in_words(found.subject.tier), "by_rule": tier_in_words(found.by_rule),
    }
    return _once(subject_id, found.subject.name, _("人工调整级别"), _("确定"), told, _("已按人工确定的级别调整。")).respond(
        request, form, act
    )


@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """The form of a release. Raises NotFound, NotYours."""
    campaign = campaign_of()
    require(request.viewer, Permission.DISPATCH)
    found = tiering_of(request.viewer, campaign.code, subject_id)
    form = ReasonForm(request.POST or None)

    def act() -> str:
        viewer = request.viewer
        reason = form.cleaned_data["reason"]
        given = release(
            viewer, subject_id, reason=reason, campaign=campaign.code, actor=viewer.actor("web"), now=clock.now()
        )
        return tier_in_words(given)

    told = _("恢复后按规则确定为：%s。以后测算会跟着数据变化。") % tier_in_words(found.by_rule)
    return _once(subject_id, found.subject.name, _("恢复按规则"), _("恢复"), told, _("已恢复按规则分级：%s。")).respond(
        request, form, act
    )


def _once(subject_id: UUID, name: str, title: str, button: str, told: str, done: str) -> Once:
    back = reverse("tiering:subject", args=[subject_id])
    return Once(title, button, told, done, back, [crumb(name, back), crumb(title)])
