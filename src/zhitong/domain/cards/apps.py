"""Django's handle on the cards room."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """Templates, rounds, obligations, cards with their figures and problem rows."""

    name = "zhitong.domain.cards"
    label = "cards"
