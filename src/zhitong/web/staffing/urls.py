"""Addresses of units, posts and people, and of who stands in for whom."""

from django.urls import path

from zhitong.web.staffing import instead, people, roll, units

app_name = "staffing"
urlpatterns = [
    path("", units.own, name="list"),
    path("people/", roll.people, name="people"),
    path("regions/<slug:code>/", units.region, name="region"),
    path("regions/<slug:code>/new/", units.new, name="new_unit"),
    path("units/<slug:code>/", units.unit, name="unit"),
    path("units/<slug:code>/rename/", units.rename, name="rename"),
    path("units/<slug:code>/close/", units.close, name="close_unit"),
    path("units/<slug:code>/posts/new/", units.new_post, name="new_post"),
    path("posts/<uuid:post_id>/close/", units.close_the_post, name="close_post"),
    path("posts/<uuid:post_id>/seat/", people.seat, name="seat"),
    path("tenures/<uuid:tenure_id>/move/", people.move, name="move"),
    path("tenures/<uuid:tenure_id>/leave/", people.leave, name="leave"),
    path("instead/<uuid:post_id>/<uuid:holder_id>/", instead.name_one, name="instead"),
    path("instead/<uuid:substitution_id>/end/", instead.end_one, name="end_instead"),
]
