"""Addresses of what comes in by other doors."""

from django.urls import path

from zhitong.web.intake import hotline, recording, screenings, sheets, suggesting, symposia

app_name = "intake"
urlpatterns = [
    path("record/", recording.record, name="record"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("firms/", recording.firms, name="firms"),
    path("hotline/", hotline.hotline, name="hotline"),
    path("sheets/<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path("symposia/", symposia.symposia, name="symposia"),
    path("symposia/new/", symposia.written, name="written"),
    path("symposia/<uuid:symposium_id>/", symposia.symposium, name="symposium"),
    path("screenings/", screenings.screenings, name="screenings"),
    path("screenings/<uuid:screening_id>/", screenings.screening, name="screening"),
    path("screenings/<uuid:screening_id>/template.xlsx", screenings.template, name="template"),
    path("screenings/items/<uuid:item_id>/", screenings.item, name="item"),
]
