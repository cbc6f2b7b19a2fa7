"""Django's handle on the notices room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages and their read marks."""

    name = "zhitong.domain.notices"
    label = "notices"
