"""Django's handle on the supervision room."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Urgings, supervisions, instructions."""

    name = "zhitong.domain.supervision"
    label = "supervision"
