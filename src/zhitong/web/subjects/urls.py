"""Addresses of the served: the registry, and one of them."""

from django.urls import path

from zhitong.web.subjects import views

app_name = "subjects"
urlpatterns = [
    path("", views.registry, name="list"),
    path("<uuid:subject_id>/", views.page, name="page"),
]
