"""Addresses of regions, units and lines; without a code it is the viewer's own region, or what a search gave."""

from django.urls import path

from zhitong.web.territory import views

app_name = "territory"
urlpatterns = [
    path("", views.territory, name="territory"),
    path("lines/", views.lines, name="lines"),
    path("regions/<slug:code>/", views.region, name="region"),
    path("units/<slug:code>/", views.unit, name="unit"),
]
