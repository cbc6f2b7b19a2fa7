"""Django's handle on the feeds room."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Feeds and what they have shown."""

    name = "zhitong.domain.feeds"
    label = "feeds"
