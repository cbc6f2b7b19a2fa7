"""Addresses of timetables; without a region it is the viewer's own."""

from django.urls import path

from zhitong.web.roadmap import acts, lists, views

app_name = "roadmap"
urlpatterns = [
    path("", lists.milestones, name="list"),
    path("chart/", lists.chart, name="chart"),
    path("task/<uuid:task_id>/<str:region>/", views.task, name="task"),
    path("task/<uuid:task_id>/<str:region>/new/", acts.plan, name="new"),
    path("task/<uuid:task_id>/<str:region>/sheet/", acts.sheet, name="sheet"),
    path("task/<uuid:task_id>/<str:region>/hand-down/", acts.down, name="hand_down"),
    path("<uuid:milestone_id>/", views.milestone, name="page"),
    path("<uuid:milestone_id>/change/", acts.change, name="change"),
    path("<uuid:milestone_id>/<str:what>/", acts.act, name="act"),
]
