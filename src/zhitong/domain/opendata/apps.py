"""Django's handle on the opendata room."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """Views that other tools may read."""

    name = "zhitong.domain.opendata"
    label = "opendata"
