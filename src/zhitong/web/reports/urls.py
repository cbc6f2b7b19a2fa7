"""Addresses of progress reports."""

from django.urls import path

from zhitong.web.reports import correcting, desks, meters, mine, one, sheet, source_table, sources, table

app_name = "reports"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("sheet/<str:period>/", sheet.sheet, name="sheet"),
    path("sheet/<str:period>/form/", table.form, name="form"),
    path("sheet/<str:period>/import/", table.bring_in, name="import"),
    path("approve/", desks.approve, name="approve"),
    path("accept/", desks.accept, name="accept"),
    path("all/", desks.territory, name="list"),
    path("together/<str:lens>/", desks.together, name="together"),
    path("meter/", meters.meter, name="meter"),
    path("corrections/", correcting.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", correcting.decide, name="decide"),
    path("figures/<uuid:figure_id>/correct/", correcting.ask, name="correct"),
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", sources.register, name="register"),
    path("sources/blank/", source_table.blank, name="source_blank"),
    path("sources/<slug:code>/table/", source_table.send, name="source_table"),
    path("<uuid:report_id>/", one.page, name="page"),
    path("<uuid:report_id>/approve/", one.approve, name="approve_one"),
    path("<uuid:report_id>/accept/", one.accept, name="accept_one"),
    path("<uuid:report_id>/return/", one.give_back, name="return"),
    path("<uuid:report_id>/let-through/", one.let_go_up, name="let_through"),
    path("<uuid:report_id>/evidence/", one.evidence, name="evidence"),
]
