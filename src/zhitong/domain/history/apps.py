"""Django's handle on the history room."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Facts, details, cursors of followers, outcomes of acts."""

    name = "zhitong.domain.history"
    label = "history"
