"""Django's handle on the papers room."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Policy documents on their way to a plan."""

    name = "zhitong.domain.papers"
    label = "papers"
