"""Django's handle on the tiering room."""

from django.apps import AppConfig


class TieringConfig(AppConfig):
    """Tiers, diagnoses and ladders."""

    name = "zhitong.domain.tiering"
    label = "tiering"
