"""Who changes his own locks proves anew that it is he: an open screen is not enough to open a second way in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhitong.domain.accounts.actions.passwords import confirm
from zhitong.domain.accounts.queries.sittings import moments_in
from zhitong.kit import clock
from zhitong.kit.refusals import Refused
from zhitong.web.accounts.forms import AgainForm
from zhitong.web.accounts.trying import counted

FRESH = timedelta(minutes=10)
"""Who has no password, and comes in by phone or by another service, must have done so no longer ago."""
Outcome = TypeVar("Outcome")


class NotFresh(Refused):
    """He came in too long ago to be taken for himself without a password."""


def confirmed(request: HttpRequest, form: AgainForm, act: Callable[[], Outcome]) -> Outcome | None:
    """Do an act after the password of its form was proved; None when it was refused, which the form then says."""

    def proved() -> Outcome:
        if "password" in form.fields:
            confirm(person_id=request.user.pk, password=form.cleaned_data["password"])
        elif not _is_fresh(request):
            raise NotFresh(_("为确认是您本人，请退出后重新登录，10分钟内再来办理。"))
        return act()

    return counted(request, request.user.pk, form, proved)


def let_go(request: HttpRequest, act: Callable[[], object]) -> AgainForm | None:
    """Let go of a way in of one's own; None when that was done, else the form that asks for the password, with what is wrong."""
    form = AgainForm(request.POST or None, has_password=request.user.has_usable_password())
    if request.method == "POST" and form.is_valid() and confirmed(request, form, lambda: act() or True):
        messages.success(request, _("已解除，不能再用它登录。"))
        return None
    return form


def _is_fresh(request: HttpRequest) -> bool:
    moments = moments_in(request.session)
    return moments is not None and clock.world_now() - moments[0] <= FRESH
