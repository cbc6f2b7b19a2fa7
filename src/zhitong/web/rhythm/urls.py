"""Addresses of the rhythm."""

from django.urls import path

from zhitong.web.rhythm import acts, agenda, cycles, decisions, habits, opening, recording

app_name = "rhythm"
urlpatterns = [
    path("", cycles.cycles, name="list"),
    path("new/", opening.choose, name="choose"),
    path("new/<slug:kind>/", opening.new, name="new"),
    path("habits/", habits.habits, name="habits"),
    path("habits/<slug:kind>/", habits.habit, name="habit"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:decision_id>/<slug:what>/", decisions.act, name="decision_act"),
    path("<uuid:cycle_id>/", cycles.cycle, name="page"),
    path("<uuid:cycle_id>/change/", opening.change, name="change"),
    path("<uuid:cycle_id>/arrange/", agenda.arranging, name="arrange"),
    path("<uuid:cycle_id>/record/", recording.record, name="record"),
    path("<uuid:cycle_id>/<slug:what>/", acts.act, name="act"),
]
