"""临时代办: naming who stands in for the holder of a post, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.actions.substituting import end_substitution, name_substitute
from zhitong.domain.organisations.queries.staffing import post_administered
from zhitong.domain.organisations.queries.substituting import colleagues_of, lendable, stand_in_seen
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit import clock
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.staffing.forms import InsteadForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
def name_one(request: HttpRequest, post_id: UUID, holder_id: UUID) -> HttpResponse:
    """Name a substitute. Raises NotFound: the post is neither one's own nor in one's territory."""
    title, name = lendable(request.viewer, post_id, holder_id)
    form = InsteadForm(
        request.POST or None, colleagues=colleagues_of(post_id, holder_id, clock.today()),
        initial={"since": clock.today(), "until": clock.today()},
    )
    told = _("代办人在这几天里可以看到、办理这个岗位的事，留痕写明代谁办理；最后一天过后自动结束，双方和系统管理员都可以提前结束。")
    page = _page(
        request, post_id, _("指定代办人：%(name)s（%(title)s）") % {"name": name, "title": title}, told, _("已指定代办人。"),
        is_own=holder_id == request.viewer.person_id,
    )
    return page.respond(request, form, lambda: str(name_substitute(
        request.viewer, post_id=post_id, holder_id=holder_id, **form.cleaned_data, actor=request.viewer.actor("web"),
        now=clock.now(),
    )))


@ASKS
def end_one(request: HttpRequest, substitution_id: UUID) -> HttpResponse:
    """End a substitution at once. Raises NotFound: it is over, or no business of the viewer's."""
    found = stand_in_seen(request.viewer, substitution_id, clock.today())
    told = _("%(person)s立即不能再代%(holder)s办理。") % {"person": found.person, "holder": found.holder}
    is_own = request.viewer.person_id in (found.holder_id, found.person_id)
    page = _page(request, found.post_id, _("结束代办"), told, _("已结束代办。"), is_own=is_own)
    return page.respond(request, PlainForm(request.POST or None), lambda: end_substitution(
        request.viewer, substitution_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _page(request: HttpRequest, post_id: UUID, title: str, consequence: str, done: str, *, is_own: bool) -> Once:
    """Back to one's own account, or to the unit whose posts one administers."""
    if is_own or not request.viewer.may(Permission.ADMINISTER):
        name, to = _("我的账号"), reverse("accounts:mine")
    else:
        unit = post_administered(request.viewer, post_id)[2]
        name, to = unit.name, reverse("staffing:unit", args=[unit.code])
    return Once(title, _("确定"), consequence, done, to, [Crumb(name, to), Crumb(title)])
