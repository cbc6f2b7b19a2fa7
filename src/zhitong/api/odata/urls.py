"""Addresses of the feed, below /odata/v4/."""

from django.urls import path

from zhitong.api.odata import views

app_name = "odata"
urlpatterns = [
    path("", views.root, name="root"),
    path("$metadata", views.described, name="metadata"),
    path("<path:path>", views.resource, name="resource"),
]
