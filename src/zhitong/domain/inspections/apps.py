"""Django's handle on the inspections room."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """What an office goes and looks at."""

    name = "zhitong.domain.inspections"
    label = "inspections"
