"""几件没办，谁的: the one sheet on a screen, with the same figures as on paper, and that paper for the same moment."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.ledgers.owing import MOST, owing_sheet
from zhitong.domain.bulletins.queries.making import ENTRIES
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.kit import clock
from zhitong.kit.official.wording import moment_on_paper
from zhitong.web.bulletins.desk import SECOND
from zhitong.web.bulletins.making import cut_off_in
from zhitong.web.shell.components import Crumb, Figure
from zhitong.web.shell.words import figure_in_words


@require_GET
def owing(request: HttpRequest) -> HttpResponse:
    """The sheet of a region (`region`, else one's own) at a moment (`at`, else now).

    Raises NotFound: the viewer oversees no such territory. Raises BadInput: the moment cannot be told of.
    """
    region, asked = request.GET.get("region", ""), request.GET.get("at", "")
    at = cut_off_in(asked).replace(microsecond=0)
    sheet = owing_sheet(request.viewer, region, at)
    said = {"kind": PaperKind.OWING.value, "about": region, "at": at.astimezone(clock.SHANGHAI).strftime(SECOND)}
    late_units = sum(1 for one in sheet.units if one.overdue)
    return render(request, "bulletins/owing.html", {
        "sheet": sheet, "cut_off": moment_on_paper(at), "units": sheet.units[:MOST], "left_out": sheet.units[MOST:],
        "figures": [
            Figure(_("未办结"), figure_in_words(sheet.still_open), _("件")),
            Figure(_("其中超期"), figure_in_words(sheet.overdue), _("件")),
            Figure(_("涉及"), figure_in_words(late_units), _("个单位")),
        ],
        "papers": [
            (one.label, f"{reverse('bulletins:make')}?{urlencode({**said, 'format': one.value})}")
            for one in ENTRIES[PaperKind.OWING].formats
        ],
        "crumbs": [Crumb(_("材料"), reverse("bulletins:desk")), Crumb(PaperKind.OWING.label)],
    })  # fmt: skip
