"""Addresses of gates and of a target's lights."""

from django.urls import path

from zhitong.web.lights import course, gates

app_name = "lights"
urlpatterns = [
    path("gates/", gates.compared, name="gates"),
    path("gates/<slug:campaign>/<slug:gate>/<str:region>/", gates.one, name="gate"),
    path("targets/<uuid:target_id>/", course.page, name="course"),
    path("targets/<uuid:target_id>/<str:period>/override/", course.override, name="override"),
    path("overrides/<uuid:target_id>/<uuid:override_id>/release/", course.release, name="release"),
]
