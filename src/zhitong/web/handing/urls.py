"""Addresses of hand-overs: the list, a new one, the end of a unit, one sheet."""

from django.urls import path

from zhitong.web.handing import dissolving, views

app_name = "handing"
urlpatterns = [
    path("", views.sheets, name="list"),
    path("new/", views.new, name="new"),
    path("dissolve/", dissolving.dissolve, name="dissolve"),
    path("<uuid:sheet_id>/", views.sheet, name="sheet"),
]
