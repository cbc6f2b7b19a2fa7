"""Addresses of tiering: the page of a kind, what-if, adopting, one of the served, moves; diagnosis; ladders."""

from django.urls import path

from zhitong.web.tiering import diagnosis, ladders, moves, runs, setting, what_if

app_name = "tiering"
urlpatterns = [
    path("", runs.page, name="list"),
    path("run/", runs.run, name="run"),
    path("what-if/", what_if.page, name="what_if"),
    path("runs/<uuid:run_id>/adopt/", runs.adopting, name="adopt"),
    path("moves/", moves.page, name="moves"),
    path("subjects/<uuid:subject_id>/", setting.page, name="subject"),
    path("subjects/<uuid:subject_id>/set/", setting.set_by_hand, name="set"),
    path("subjects/<uuid:subject_id>/release/", setting.let_go, name="release"),
    path("diagnosis/", diagnosis.page, name="diagnosis"),
    path("ladders/", ladders.first, name="ladders"),
    path("ladders/<slug:code>/", ladders.page, name="ladder"),
    path("ladders/<slug:code>/move/", ladders.move, name="climb"),
]
