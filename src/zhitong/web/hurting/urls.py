"""Addresses of what hurts: the page, and the problems behind a hot spot or a theme."""

from django.urls import path

from zhitong.web.hurting import rows, views

app_name = "hurting"
urlpatterns = [
    path("", views.page, name="hurting"),
    path("rows/", rows.listed, name="rows"),
]
