"""Addresses of where time goes: the page, and the passages behind a figure."""

from django.urls import path

from zhitong.web.timing import rows, views

app_name = "timing"
urlpatterns = [
    path("", views.page, name="timing"),
    path("rows/", rows.listed, name="rows"),
]
