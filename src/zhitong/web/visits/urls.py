"""Addresses of visits."""

from django.urls import path

from zhitong.web.visits import lists, looking, mine, planning, recording

app_name = "visits"
urlpatterns = [
    path("", lists.rounds, name="rounds"),
    path("all/", lists.visits, name="list"),
    path("plans/", planning.plans, name="plans"),
    path("plans/new/<uuid:subject_id>/", planning.plan, name="plan"),
    path("plans/<uuid:plan_id>/join/", planning.join, name="join"),
    path("plans/<uuid:plan_id>/call-off/", planning.leave, name="call_off"),
    path("quiet/<uuid:subject_id>/", planning.quiet, name="quiet"),
    path("record/", recording.choose, name="choose"),
    path("record/<uuid:subject_id>/", recording.record, name="record"),
    path("paper/<uuid:subject_id>/", looking.paper, name="paper"),
    path("promises/<uuid:promise_id>/", looking.promise, name="promise"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<uuid:visit_id>/", mine.confirm, name="confirm"),
    path("<uuid:visit_id>/", looking.visit, name="page"),
]
