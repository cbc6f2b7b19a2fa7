"""Addresses of the served: the registry, registering, one of them, and the acts on it."""

from django.urls import path

from zhitong.web.subjects import acting, joining, registering, removals, revealing, views

app_name = "subjects"
urlpatterns = [
    path("", views.registry, name="list"),
    path("new/", registering.new, name="new"),
    path("removals/", removals.removals, name="removals"),
    path("removals/<uuid:removal_id>/", removals.decide, name="decide"),
    path("<uuid:subject_id>/", views.page, name="page"),
    path("<uuid:subject_id>/contact/", revealing.reveal, name="reveal"),
    path("<uuid:subject_id>/merge/", joining.merging, name="merge"),
    path("<uuid:subject_id>/split/", joining.splitting, name="split"),
    path("<uuid:subject_id>/<slug:act>/", acting.act, name="act"),
]
