"""Django's handle on the rhythm room."""

from django.apps import AppConfig


class RhythmConfig(AppConfig):
    """The meetings that come round."""

    name = "zhitong.domain.rhythm"
    label = "rhythm"
