"""Django's handle on the problems room."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    """Problems and the typed rows of their way."""

    name = "zhitong.domain.problems"
    label = "problems"
