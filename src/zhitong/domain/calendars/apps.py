"""Django's handle on the calendars room."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Published years and their special days."""

    name = "zhitong.domain.calendars"
    label = "calendars"
