"""Django's handle on the tallies room."""

from django.apps import AppConfig


class TalliesConfig(AppConfig):
    """Postings, cells, and the tree they are summed along."""

    name = "zhitong.domain.tallies"
    label = "tallies"
