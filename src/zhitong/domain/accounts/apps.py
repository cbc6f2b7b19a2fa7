"""Django's handle on the accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """How a person proves to be himself."""

    name = "zhitong.domain.accounts"
    label = "accounts"
