"""Addresses of 套表."""

from django.urls import path

from zhitong.web.blanks import files, one, views

app_name = "blanks"
urlpatterns = [
    path("", views.blanks, name="list"),
    path("<uuid:blank_id>/", one.blank, name="blank"),
    path("fillings/<uuid:filling_id>.xlsx", files.filling, name="file"),
]
