"""Django's handle on the finding room."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Words, names, codes and initials by which things are found."""

    name = "zhitong.domain.finding"
    label = "finding"
