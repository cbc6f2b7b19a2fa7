"""我的填报: the periods one's unit owes, by when, and how far each is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.progress.queries.sheets import OwedPeriod, periods_owed
from zhitong.kit import clock
from zhitong.web.reports.showing import tabs_of
from zhitong.web.shell.components import Light, Tone


def _light(one: OwedPeriod) -> Light:
    now = clock.now()
    if not one.unsent:
        return Light(Tone.GOOD, "已报齐")
    if now >= one.lock_at:
        return Light(Tone.BAD, "已锁定，有未报")
    return Light(Tone.BAD, "已逾期") if now > one.due_at else Light(Tone.WARN, "待报")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What one's unit owes.

    Raises NotFound: the viewer is no official.
    """
    officials_only(request.viewer)
    periods = [(one, _light(one)) for one in periods_owed(request.viewer)]
    return render(request, "reports/mine.html", {"tabs": tabs_of(request, "mine"), "periods": periods})
