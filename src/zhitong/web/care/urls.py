"""Addresses of care."""

from django.urls import path

from zhitong.web.care import assigning, coverage, gaps, load, proposing

app_name = "care"
urlpatterns = [
    path("", coverage.coverage, name="coverage"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("load/", load.load, name="load"),
    path("suggest/", proposing.suggest, name="suggest"),
    path("leaving/", proposing.leaving, name="leaving"),
    path("hand-over/", load.hand_over, name="hand_over"),
    path("assign/<uuid:subject_id>/", assigning.assign, name="assign"),
]
