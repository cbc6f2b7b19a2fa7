"""Addresses of forecasts: of the viewer's own region, of any below it, and of one target."""

from django.urls import path

from zhitong.web.forecast import lists, target

app_name = "forecast"
urlpatterns = [
    path("", lists.page, name="forecast"),
    path("targets/<uuid:target_id>/", target.page, name="target"),
]
