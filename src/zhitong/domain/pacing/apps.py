"""Django's handle on the pacing room."""

from django.apps import AppConfig


class PacingConfig(AppConfig):
    """The buckets."""

    name = "zhitong.domain.pacing"
    label = "pacing"
