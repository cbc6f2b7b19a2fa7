"""How the chain stands in words: the last seal, the last verifying, and the digests of the last days."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.history.queries.archives import archives
from zhitong.domain.history.queries.checks import CheckView, newest_checks
from zhitong.domain.history.queries.days import seal_of_day
from zhitong.domain.history.queries.kinds import kinds_told
from zhitong.domain.history.queries.sealed import newest_heads
from zhitong.domain.history.rules.faults import sentence_of
from zhitong.domain.history.rules.seals import in_groups
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.queries.auditing import units_audited
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Empty, Light, Tab, Tone

DAYS = 14
CHECKS = 7
JSON = "application/json"


def auditors_only(request: HttpRequest) -> Viewer:
    """The viewer, who is an auditor. Raises NotFound: he is none; no such page is there for him."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.may(Permission.AUDIT):
        raise NotFound
    return viewer


def tabs(here: str) -> list[Tab]:
    """The two pages that lie side by side."""
    return [
        Tab(label, reverse(f"audit:{name}"), name == here) for name, label in (("state", _("封存和核验")), ("facts", _("查留痕")))
    ]


@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """The chain's standing, the nights' verifyings with what they named, and the days' digests.

    Raises NotFound: the viewer is no auditor.
    """
    viewer = auditors_only(request)
    heads, checks = newest_heads(1), newest_checks(CHECKS)
    ended = next((one for one in checks if one.ended_at), None)
    today = clock.today()
    days = [found for back in range(DAYS) if (found := seal_of_day(today - timedelta(days=back)))]
    return render(request, "audit/state.html", {
        "tabs": tabs("state"), "last": heads[0] if heads else None, "groups": in_groups(heads[0].digest) if heads else "",
        "light": light_of(ended), "ended": ended, "checks": checks, "named": _named(viewer, ended),
        "days": [(one, in_groups(one.head.digest)) for one in days],
        "archives": archives(),
        "nothing": Empty(_("还没有封存"), _("后台每分钟封存一次；第一次封存以后，这里显示最后一号和每天的摘要。"), icon="lock"),
    })


@require_GET
def day_file(request: HttpRequest, day: str) -> HttpResponse:
    """The digest of a day as the file that `zhitong history verify --against` reads.

    Raises NotFound: the viewer is no auditor, or nothing was sealed by then.
    """
    auditors_only(request)
    try:
        sealed = seal_of_day(date.fromisoformat(day))
    except ValueError as error:
        raise NotFound from error
    if sealed is None:
        raise NotFound
    answer = HttpResponse(sealed.text, content_type=JSON)
    answer["Content-Disposition"] = f'attachment; filename="{sealed.name}"'
    return answer


def light_of(check: CheckView | None) -> Light:
    """What the last verifying found, as a shape and a word."""
    if check is None:
        return Light(Tone.NONE, _("还没有核验过"))
    return Light(Tone.BAD, _("发现 %d 处问题") % check.faults) if check.faults else Light(Tone.GOOD, _("完好"))


def _named(viewer: Viewer, check: CheckView | None) -> list[str]:
    """The faults in the viewer's own audit, in words; those of seals are everybody's."""
    faults = check.named if check else ()
    own = units_audited(viewer, {one.unit_id for one in faults})
    shown = [one for one in faults if one.fact_id is None or one.unit_id in own]
    kinds, names = kinds_told(), unit_names(one.unit_id for one in shown)
    return [sentence_of(one, kinds, names) for one in shown]

