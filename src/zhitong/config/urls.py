"""Which address belongs to which place; every place of the web and the API adds its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from zhitong.api.kinds import listed
from zhitong.api.tokens import token
from zhitong.api.v1 import api

handler400 = "zhitong.web.shell.readable.unreadable"
handler500 = "zhitong.web.shell.tracing.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zhitong.web.shell.urls")),
    path("", include("zhitong.web.home.urls")),
    path("", include("zhitong.web.entry.urls")),
    path("", include("zhitong.web.accounts.urls")),
    path("api/failures", listed, name="failure_kinds"),
    path("api/oauth/token", token, name="oauth_token"),
    path("api/v1/", api.urls),
    path("odata/v4/", include("zhitong.api.odata.urls")),
    path("files/", include("zhitong.web.files.urls")),
    path("overview/", include("zhitong.web.overview.urls")),
    path("search/", include("zhitong.web.search.urls")),
    path("wall/", include("zhitong.web.wall.urls")),
    path("bulletins/", include("zhitong.web.bulletins.urls")),
    path("open-data/", include("zhitong.web.opendata.urls")),
    path("timing/", include("zhitong.web.timing.urls")),
    path("hurting/", include("zhitong.web.hurting.urls")),
    path("problems/", include("zhitong.web.problems.urls")),
    path("commons/", include("zhitong.web.commons.urls")),
    path("signing/", include("zhitong.web.signing.urls")),
    path("handing/", include("zhitong.web.handing.urls")),
    path("complaints/", include("zhitong.web.complaints.urls")),
    path("supervision/", include("zhitong.web.supervision.urls")),
    path("plan/", include("zhitong.web.plan.urls")),
    path("targets/", include("zhitong.web.targets.urls")),
    path("amendments/", include("zhitong.web.amendments.urls")),
    path("extras/", include("zhitong.web.extras.urls")),
    path("inspections/", include("zhitong.web.inspections.urls")),
    path("practices/", include("zhitong.web.practices.urls")),
    path("rhythm/", include("zhitong.web.rhythm.urls")),
    path("reader/", include("zhitong.web.reader.urls")),
    path("progress/", include("zhitong.web.progress.urls")),
    path("forecast/", include("zhitong.web.forecast.urls")),
    path("roadmap/", include("zhitong.web.roadmap.urls")),
    path("cascade/", include("zhitong.web.cascade.urls")),
    path("lights/", include("zhitong.web.lights.urls")),
    path("reports/", include("zhitong.web.reports.urls")),
    path("territory/", include("zhitong.web.territory.urls")),
    path("calendars/", include("zhitong.web.calendars.urls")),
    path("audit/", include("zhitong.web.audit.urls")),
    path("retention/", include("zhitong.web.retention.urls")),
    path("staffing/", include("zhitong.web.staffing.urls")),
    path("sight/", include("zhitong.web.sight.urls")),
    path("intake/", include("zhitong.web.intake.urls")),
    path("notices/", include("zhitong.web.notices.urls")),
    path("messages/", include("zhitong.web.messaging.urls")),
    path("feeds/", include("zhitong.web.feeds.urls")),
    path("blanks/", include("zhitong.web.blanks.urls")),
    path("exchange/", include("zhitong.web.exchange.urls")),
    path("portal/", include("zhitong.web.portal.urls")),
    path("cards/", include("zhitong.web.cards.urls")),
    path("forms/", include("zhitong.web.forms.urls")),
    path("subjects/", include("zhitong.web.subjects.urls")),
    path("care/", include("zhitong.web.care.urls")),
    path("visits/", include("zhitong.web.visits.urls")),
    path("systems/", include("zhitong.web.systems.urls")),
    path("tiering/", include("zhitong.web.tiering.urls")),
]
