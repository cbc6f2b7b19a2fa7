"""Addresses of calendars: one's own unit's first, then any unit's or region's, and what is entered into them."""

from django.urls import path

from zhitong.web.calendars import entering, views

app_name = "calendars"
urlpatterns = [
    path("", views.own, name="calendar"),
    path("years/", entering.year, name="year"),
    path("<str:kind>/<slug:code>/", views.page, name="of"),
    path("<str:kind>/<slug:code>/hours/", entering.hours, name="hours"),
    path("<str:kind>/<slug:code>/days/", entering.day, name="day"),
]
