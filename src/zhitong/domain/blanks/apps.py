"""Django's handle on the blanks room."""

from django.apps import AppConfig


class BlanksConfig(AppConfig):
    """Other offices' empty tables, filled from our facts."""

    name = "zhitong.domain.blanks"
    label = "blanks"
