"""Addresses of the audit: the standing of the chain, the digest of a day, the facts, one fact with its proof."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from zhitong.web.audit import facts, views

app_name = "audit"


class Day(StringConverter):
    """A day as 2018-09-17."""

    regex = r"\d{4}-\d{2}-\d{2}"


register_converter(Day, "day_digits")

urlpatterns = [
    path("", views.state, name="state"),
    path("days/<day_digits:day>/", views.day_file, name="day"),
    path("facts/", facts.facts, name="facts"),
    path("facts/<uuid:fact_id>/", facts.fact, name="fact"),
    path("facts/<uuid:fact_id>/proof/", facts.proof, name="proof"),
]
