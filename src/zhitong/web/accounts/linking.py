"""What a system administrator does about links with identity services for somebody of his territory."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.accounts.actions.identities import link_for, unlink_for
from zhitong.domain.accounts.queries.identities import services
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.accounts.forms import LinkForm, UnlinkForm
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
def link_them(request: HttpRequest) -> HttpResponse:
    """Link somebody with his account at a service. Raises NotFound: the post does not administer, or there is no service."""
    form = LinkForm(request.POST or None, offered=_offered(request))
    page = _page(
        _("绑定统一身份"), _("绑定"),
        _("绑定后，本人可以用这项服务登录本系统。请先核对身份和编号：绑错的，别人会以他的身份登录。"), _("已绑定。"),
    )
    return page.respond(request, form, lambda: link_for(
        request.viewer, login=form.cleaned_data["login"], subject=form.cleaned_data["subject"],
        reason=form.cleaned_data["reason"], service_key=form.cleaned_data["service"], actor=request.viewer.actor("web"),
        now=clock.now(),
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def unlink_them(request: HttpRequest) -> HttpResponse:
    """Take a link away. Raises NotFound: the post does not administer, or there is no service."""
    form = UnlinkForm(request.POST or None, offered=_offered(request))
    page = _page(
        _("解除统一身份"), _("解除"),
        _("解除后，本人不能再用这项服务登录，除非重新绑定。现在登录着的各处不受影响。"), _("已解除。"),
    )
    return page.respond(request, form, lambda: unlink_for(
        request.viewer, login=form.cleaned_data["login"], reason=form.cleaned_data["reason"],
        service_key=form.cleaned_data["service"], actor=request.viewer.actor("web"), now=clock.now(),
    ))  # fmt: skip


def _offered(request: HttpRequest) -> list[tuple[str, str]]:
    if not request.viewer.may(Permission.ADMINISTER) or not services():
        raise NotFound
    return [(one.key, one.name) for one in services()]


def _page(title: str, button: str, consequence: str, done: str) -> Once:
    back = reverse("accounts:waits")
    return Once(title, button, consequence, done, back, [Crumb(_("登录保护"), back), Crumb(title)])
