"""Django's handle on the messaging room."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Addresses, habits, and the outbox."""

    name = "zhitong.domain.messaging"
    label = "messaging"
