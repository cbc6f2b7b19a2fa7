"""Django's handle on the intake room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What comes in by other doors."""

    name = "zhitong.domain.intake"
    label = "intake"
