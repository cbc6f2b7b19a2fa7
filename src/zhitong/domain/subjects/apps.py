"""Django's handle on the subjects room."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    """The registry of the served."""

    name = "zhitong.domain.subjects"
    label = "subjects"
