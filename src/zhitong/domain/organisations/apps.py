"""Django's handle on the organisations room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Regions, lines, units, posts, people."""

    name = "zhitong.domain.organisations"
    label = "organisations"
