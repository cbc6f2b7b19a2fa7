"""Django's handle on the systems room."""

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    """Other programs: their rights, their keys, and what they are told."""

    name = "zhitong.domain.systems"
    label = "systems"
