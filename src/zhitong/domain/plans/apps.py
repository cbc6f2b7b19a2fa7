"""Django's handle on the plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, tasks, indicators, targets, gates."""

    name = "zhitong.domain.plans"
    label = "plans"
