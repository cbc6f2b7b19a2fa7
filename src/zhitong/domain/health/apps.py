"""Django's handle on the health room."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """The last beat of each part."""

    name = "zhitong.domain.health"
    label = "health"
