"""When an invitation can still be used, and when a code sent to a phone holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhitong.domain.entry.rules.kinds import InvitationState

VALID_DAYS = 60
FIRM_SEATS = 5
"""How many people of one firm may join by one sheet."""
CODE_LIVES, CODE_GAP, CODE_TRIES, CODES_A_DAY = timedelta(minutes=5), timedelta(seconds=60), 5, 10


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of an invitation when somebody would use it."""

    expires_on: date
    most: int
    joined: int
    is_ended: bool


def state_of(offer: Offer, today: date) -> InvitationState:
    """How the invitation stands; its last day still counts."""
    if offer.is_ended:
        return InvitationState.ENDED
    if offer.joined >= offer.most:
        return InvitationState.SPENT
    return InvitationState.EXPIRED if today > offer.expires_on else InvitationState.OPEN


WHY_CLOSED = {
    InvitationState.SPENT: "这张邀请单的名额已经用完。请本单位已开通的同事再邀请您，或联系发单的办公室。",
    InvitationState.EXPIRED: "这张邀请单已经过期。请联系发单的办公室重新领取。",
    InvitationState.ENDED: "这张邀请单已经作废。请联系发单的办公室重新领取。",
}


def may_send_code(sent_at: list[datetime], now: datetime) -> str:
    """Why no code may be sent to a phone now, from when codes went to it in the last day; empty when one may."""
    if sent_at and now - max(sent_at) < CODE_GAP:
        return "验证码刚刚发出，请稍等一分钟再试。"
    return "今天发给这个号码的验证码太多了，请明天再试，或用密码登录。" if len(sent_at) >= CODES_A_DAY else ""
