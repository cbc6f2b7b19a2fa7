"""The first contact: the firm's word on it, and the unit's making up for it."""

from __future__ import annotations

from zhitong.api.v1.acts.handling import Contacting
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import Empty
from zhitong.domain.problems.actions import contacting
from zhitong.domain.problems.rules.way import Act

OFFERS = (
    Offer(Act.CONTACT, Contacting, contacting.Contact, contacting.contact),
    Offer(Act.CONFIRM_CONTACT, Empty, contacting.SayContact, contacting.confirm_contact),
    Offer(Act.VOID_CONTACT, Empty, contacting.SayContact, contacting.void_contact),
)
