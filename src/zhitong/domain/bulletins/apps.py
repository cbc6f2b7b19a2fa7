"""Django's handle on the bulletins room."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """The papers of an office."""

    name = "zhitong.domain.bulletins"
    label = "bulletins"
