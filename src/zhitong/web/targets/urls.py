"""Addresses of targets: those of a region, one of them, its curve proposed and answered."""

from django.urls import path

from zhitong.web.targets import curving, lists, views

app_name = "targets"
urlpatterns = [
    path("", lists.page, name="list"),
    path("<uuid:target_id>/", views.page, name="page"),
    path("<uuid:target_id>/curve/", curving.proposing, name="propose"),
    path("curves/<uuid:curve_id>/accept/", curving.accepting, name="accept"),
    path("curves/<uuid:curve_id>/return/", curving.returning, name="return"),
]
