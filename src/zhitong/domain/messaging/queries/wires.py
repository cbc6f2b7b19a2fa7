"""By which ways messages leave this installation."""

from __future__ import annotations

from django.conf import settings

from zhitong.domain.messaging.rules.wires import Wires


def wires_in_force() -> Wires:
    """What the operator has connected."""
    found: Wires = settings.WIRES
    return found
