"""Bringing a message to a phone: through the operator's gateway, or, on a demonstration, onto the page itself."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.messaging.carriers import sms
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.outside import Text
from zhitong.domain.messaging.rules.wires import GatewayWire
from zhitong.kit import metering
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused

_log = logging.getLogger(__name__)


class NoMessenger(Refused):
    """No message can go to a phone from this installation now."""


class Outbox:
    """Keeps what an act would send until its transaction is over; then `deliver` brings it there."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, str]] = []

    def __call__(self, phone: str, text: str) -> None:
        """Take a message."""
        self._waiting.append((phone, text))

    def deliver(self) -> str:
        """Send what waits; returns what a demonstration shows in place of a phone, else the empty text.

        Raises NoMessenger: there is no gateway, or it does not answer.
        """
        wire = wires_in_force().sms
        if wire is None:
            if is_demonstration():
                return "\n".join(text for _phone, text in self._waiting)
            raise NoMessenger(_("本系统没有接通短信，请用登录名和密码登录，或联系本级活动办公室。"))
        for phone, text in self._waiting:
            _post(wire, phone, text)
        return ""


def _post(wire: GatewayWire, phone: str, text: str) -> None:
    """Hand one message to the gateway, and nothing of it to the log. Raises NoMessenger: it does not take it."""
    try:
        sms.carry(wire, Parcel(uuid7(), phone, Text("", text, "")))
    except NotTaken as refused:
        metering.MESSAGES_FAILED.labels("sms").inc()
        _log.warning("短信网关没有收下一条验证码：%s", refused.sentence)
        raise NoMessenger(_("短信没有发出去，请稍后再试，或用登录名和密码登录。")) from refused
