"""Addresses of amendments: the list, a draft, the notice with its acts, and the amendments of a task."""

from django.urls import path

from zhitong.web.amendments import acts, drafting, lists, views

app_name = "amendments"
urlpatterns = [
    path("", lists.page, name="list"),
    path("new/<slug:campaign>/", drafting.new, name="new"),
    path("tasks/<uuid:task_id>/", views.of_task, name="of_task"),
    path("<uuid:amendment_id>/", views.page, name="page"),
    path("<uuid:amendment_id>/change/", drafting.change, name="change"),
    path("<uuid:amendment_id>/submit/", acts.submitting, name="submit"),
    path("<uuid:amendment_id>/withdraw/", acts.withdrawing, name="withdraw"),
    path("<uuid:amendment_id>/approve/", acts.approving, name="approve"),
    path("<uuid:amendment_id>/refuse/", acts.refusing, name="refuse"),
]
