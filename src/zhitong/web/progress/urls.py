"""Addresses of progress: the viewer's own region, any below it, a department, two regions, a board, and the rows."""

from django.urls import path

from zhitong.web.progress import board, comparing, lists, region, unit

app_name = "progress"
urlpatterns = [
    path("", region.page, name="own"),
    path("targets/", lists.targets, name="list"),
    path("compare/", comparing.page, name="compare"),
    path("regions/<slug:code>/", region.page, name="region"),
    path("units/<slug:code>/", unit.page, name="unit"),
    path("board/<slug:campaign>/", board.page, name="board"),
]
