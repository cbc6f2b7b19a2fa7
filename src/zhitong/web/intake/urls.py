"""Addresses of what comes in by other doors."""

from django.urls import path

from zhitong.web.intake import recording

app_name = "intake"
urlpatterns = [
    path("record/", recording.record, name="record"),
    path("firms/", recording.firms, name="firms"),
]
