"""提建议: the delegates' page: a suggestion in one's own words, and what became of those put forward."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.suggesting import Suggestion
from zhitong.domain.intake.actions.suggesting import suggest as put_forward
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, send_once

SHOWN = 50


class SuggestForm(PlainForm):
    text = ProseField(gettext_lazy("建议内容"), gettext_lazy("写明事由和建议怎么办。建议和答复在本级公开，不要写个人电话。"), rows=7)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """The form, and the unit's suggestions with how each stands.

    Raises NotYours: the post puts no suggestions. Raises NotFound: no campaign is in force.
    """
    viewer, campaign = request.viewer, campaign_in_force()
    require(viewer, Permission.SUGGEST)
    if campaign is None:
        raise NotFound
    form = SuggestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        one = Suggestion(campaign=campaign.code, text=form.cleaned_data["text"], actor=viewer.actor("web"), now=clock.now())
        number, is_new = send_once(request, lambda: put_forward(viewer, one).number)
        done = _("建议已提交，由本级活动办公室交办，办理结果会在这里答复您。")
        messages.success(request, done if is_new else _("这条建议刚才已经提交。"))
        return redirect("problems:page", number)
    page = problems_for(viewer, Lens.UNIT, Filters(), now=clock.now(), limit=SHOWN)
    return render(request, "intake/suggest.html", {"form": form, "rows": page.rows, "once_key": key_of(request)},
                  status=422 if form.is_bound else 200)  # fmt: skip
