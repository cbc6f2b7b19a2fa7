"""Django's handle on the search room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Words, names, codes and initials by which things are found."""

    name = "zhitong.domain.search"
    label = "search"
