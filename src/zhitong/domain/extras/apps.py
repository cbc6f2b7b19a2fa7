"""Django's handle on the extras room."""

from django.apps import AppConfig


class ExtrasConfig(AppConfig):
    """What a place does beside the plan."""

    name = "zhitong.domain.extras"
    label = "extras"
