"""Django's handle on the progress room."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Progress, tasks, indicators, targets, gates."""

    name = "zhitong.domain.progress"
    label = "progress"
