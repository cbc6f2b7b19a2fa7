"""Addresses of inspections."""

from django.urls import path

from zhitong.web.inspections import acts, findings, in_place, planning, plans

app_name = "inspections"
urlpatterns = [
    path("", plans.inspections, name="list"),
    path("new/", planning.new, name="new"),
    path("findings/", findings.ledger, name="findings"),
    path("findings/<uuid:finding_id>/", findings.finding, name="finding"),
    path("findings/<uuid:finding_id>/<str:what>/", findings.act, name="finding_act"),
    path("in-place/", in_place.overview, name="in_place"),
    path("in-place/own/", in_place.own, name="in_place_own"),
    path("samples/<uuid:sample_id>.txt", plans.names, name="names"),
    path("<uuid:inspection_id>/", plans.inspection, name="page"),
    path("<uuid:inspection_id>/change/", planning.change, name="change"),
    path("<uuid:inspection_id>/in-place/<str:unit_code>/", in_place.seen, name="in_place_seen"),
    path("<uuid:inspection_id>/<str:what>/", acts.act, name="act"),
]
