"""Django's handle on the commons room."""

from django.apps import AppConfig


class CommonsConfig(AppConfig):
    """Common problems."""

    name = "zhitong.domain.commons"
    label = "commons"
