"""Addresses of open data: the guide, one set, its files, and one's own keys."""

from django.urls import path

from zhitong.web.opendata import files, keys, views

app_name = "opendata"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:key_id>/end/", keys.end, name="end_key"),
    path("<slug:name>/", views.one, name="set"),
    path("<slug:name>/file/", files.download, name="file"),
]
