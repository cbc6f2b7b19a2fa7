"""Addresses of files: the file itself, and the small picture of a photo."""

from django.urls import path

from zhitong.web.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:file_id>/", views.file, name="file"),
    path("<uuid:file_id>/small/", views.small, name="small"),
]
