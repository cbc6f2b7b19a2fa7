"""Addresses of 导入导出."""

from django.urls import path

from zhitong.web.exchange import one, outgoing, views

app_name = "exchange"
urlpatterns = [
    path("", views.uploads, name="list"),
    path("<uuid:upload_id>/", one.upload, name="upload"),
    path("templates/<str:word>.xlsx", outgoing.template, name="template"),
    path("kept/<str:word>.xlsx", outgoing.kept, name="kept"),
]
