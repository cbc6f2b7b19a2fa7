"""Django's handle on the complaints room."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Sealed complaints."""

    name = "zhitong.domain.complaints"
    label = "complaints"
