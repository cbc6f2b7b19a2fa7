"""Addresses of sign-off: the unit's drafts, its setting, one draft."""

from django.urls import path

from zhitong.web.signing import views

app_name = "signing"
urlpatterns = [
    path("", views.drafts, name="list"),
    path("setting/", views.setting, name="setting"),
    path("<uuid:draft_id>/", views.one, name="draft"),
]
