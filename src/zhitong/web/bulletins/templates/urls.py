"""Addresses of an office's own templates."""

from __future__ import annotations

from django.urls import path

from zhitong.web.bulletins.templates import views

urlpatterns = [
    path("", views.templates, name="templates"),
    path("<str:kind>-sample.docx", views.sample, name="template-sample"),
    path("<str:kind>.docx", views.file, name="template"),
    path("<str:kind>/withdraw", views.withdraw, name="template-withdraw"),
]
