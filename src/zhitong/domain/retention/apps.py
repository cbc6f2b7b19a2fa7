"""Django's handle on the retention room."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How long what is kept of people stays."""

    name = "zhitong.domain.retention"
    label = "retention"
