"""Addresses of terms, holds and erasing."""

from django.urls import path

from zhitong.web.retention import acting, views

app_name = "retention"
urlpatterns = [
    path("", views.terms, name="terms"),
    path("holds/", views.holds, name="holds"),
    path("erasures/", views.erasures, name="erasures"),
    path("terms/<slug:kind>/", acting.change, name="change"),
    path("holds/new/", acting.hold_one, name="hold"),
    path("holds/<uuid:hold_id>/release/", acting.release_one, name="release"),
    path("erasures/new/", acting.erase_one, name="erase"),
]
