"""Papers and urgings in the components of the shell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.supervision.queries.papers import sides_of
from zhitong.kit import clock
from zhitong.web.problems.showing import clock_line
from zhitong.web.shell import components
from zhitong.web.shell.components import Clock, Crumb, Tab


def tabs_of(request: HttpRequest, current: str) -> list[Tab]:
    """The sides of the ledger, what should be pressed, and what came of it."""
    found = [(side.value, side.label, f"{reverse('supervision:list')}?side={side.value}") for side in sides_of(request.viewer)]
    if request.viewer.may(Permission.SUPERVISE):
        found.append(("press", _("该催办的"), reverse("supervision:press")))
    found.append(("effects", _("两个工作日内的成效"), reverse("supervision:effects")))
    return [Tab(label, url, name == current) for name, label, url in found]


def limit_of(due_at: datetime | None, light: Light) -> Clock | None:
    """The limit of a paper or an item on one line; one that no longer runs says only whether it was late."""
    if due_at is None:
        return None
    if light is Light.NONE:
        return Clock("", components.STOPPED, due_at)
    return clock_line(due_at, light, calendar(), clock.now())


def crumbs_of(*more: Crumb) -> Sequence[Crumb]:
    """The way from the ledger of papers."""
    return [Crumb(_("督办"), reverse("supervision:list")), *more]


def ledger_crumbs(*more: Crumb) -> Sequence[Crumb]:
    """The way from the ledger of instructions."""
    return [Crumb(_("领导批示台账"), reverse("supervision:instructions")), *more]
