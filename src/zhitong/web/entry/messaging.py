"""Bringing a message to a phone: through the operator's gateway, or, on a demonstration, onto the page itself."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request

from django.conf import settings
from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.kit import metering
from zhitong.kit.refusals import Refused

SECONDS = 5
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
        gateway = settings.SMS_GATEWAY
        if not gateway:
            if is_demonstration():
                return "\n".join(text for _phone, text in self._waiting)
            raise NoMessenger(_("本系统没有接通短信，请用登录名和密码登录，或联系本级活动办公室。"))
        for phone, text in self._waiting:
            _post(gateway, phone, text)
        return ""


def _post(gateway: str, phone: str, text: str) -> None:
    """Hand one message to the gateway as JSON {phone, text}, with the operator's key in the header."""
    request = urllib.request.Request(  # noqa: S310 - the address is the operator's own setting, checked below
        gateway, json.dumps({"phone": phone, "text": text}, ensure_ascii=False).encode(), method="POST",
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_KEY}"},
    )
    if request.type not in ("https", "http"):
        raise NoMessenger(_("短信网关的地址设置有误，请联系系统管理员。"))
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310 - see above
            return
    except (urllib.error.URLError, TimeoutError) as error:
        metering.MESSAGES_FAILED.labels("sms").inc()
        _log.warning("the message gateway did not take a message: %s", error)
        raise NoMessenger(_("短信没有发出去，请稍后再试，或用登录名和密码登录。")) from error
