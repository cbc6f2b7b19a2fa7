"""Django's handle on the entry room."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """How everyone gets in."""

    name = "zhitong.domain.entry"
    label = "entry"
