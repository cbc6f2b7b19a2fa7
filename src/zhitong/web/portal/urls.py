"""Addresses of the portal: home, cards and their form, my problems, a problem of my own accord, our own page."""

from django.urls import path

from zhitong.web.portal import filling, filling_for, home, reporting

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("card/", home.cards, name="card"),
    path("card/<uuid:round_id>/", filling.fill, name="fill"),
    path("card/<uuid:round_id>/correct/", filling.correct, name="correct"),
    path("card/<uuid:round_id>/for/<uuid:subject_id>/", filling_for.fill_for, name="fill_for"),
    path("card/<uuid:round_id>/draft/", filling.draft, name="draft"),
    path("card/<uuid:round_id>/check/<str:name>/", filling.check_field, name="check"),
    path("problems/", home.problems, name="problems"),
    path("subject/", home.subject, name="subject"),
    path("report/", reporting.report, name="report"),
]
