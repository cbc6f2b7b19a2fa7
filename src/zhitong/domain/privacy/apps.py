"""Django's handle on the privacy room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """What is shown of people."""

    name = "zhitong.domain.privacy"
    label = "privacy"
