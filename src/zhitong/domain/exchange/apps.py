"""Django's handle on the exchange room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Tables that come in and go out."""

    name = "zhitong.domain.exchange"
    label = "exchange"
