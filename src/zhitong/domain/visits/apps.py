"""Django's handle on the visits room."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Contact with the served."""

    name = "zhitong.domain.visits"
    label = "visits"
