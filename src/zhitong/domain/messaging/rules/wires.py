"""How each channel is reached: the operator's settings, secrets included; they stand in the environment alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhitong.domain.messaging.rules.channels import PERSONAL, Channel


@dataclass(frozen=True, slots=True)
class MailWire:
    """The mail server; `security` is starttls, tls or none, `sender` the address mail comes from."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class GatewayWire:
    """An SMS gateway that takes JSON {phone, text, id} with the key as bearer."""

    url: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AppWire:
    """An application of 企业微信 or 钉钉: where its API is, who one is there, and which application sends."""

    url: str
    key: str
    secret: str = field(repr=False)
    agent: str


@dataclass(frozen=True, slots=True)
class Hook:
    """An address of a unit: a group's robot or a system of its own; `unit` is the unit's code."""

    name: str
    unit: str
    channel: Channel
    url: str = field(repr=False)
    secret: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Wires:
    """Everything that is connected; `site` is the address under which people open the system, without a slash at its end."""

    site: str = ""
    mail: MailWire | None = None
    sms: GatewayWire | None = None
    wecom: AppWire | None = None
    dingtalk: AppWire | None = None
    hooks: Mapping[str, Hook] = field(default_factory=dict)

    @property
    def leads_out(self) -> bool:
        """Whether anything is connected at all."""
        return bool(self.connected() or self.hooks)

    def connected(self) -> tuple[Channel, ...]:
        """The channels to persons that this installation has."""
        has = {Channel.EMAIL: self.mail, Channel.SMS: self.sms, Channel.WECOM: self.wecom, Channel.DINGTALK: self.dingtalk}
        return tuple(channel for channel in PERSONAL if has[channel] is not None)
