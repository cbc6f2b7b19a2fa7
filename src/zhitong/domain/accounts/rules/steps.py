"""Which steps lie between who somebody claims to be and being in. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.accounts.rules.words import Step, Way


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody who would come in.

    `is_own`: he chose his password himself; `is_expired`: too long ago; `has_factor`: an authenticator app is bound;
    `must_bind`: one of his posts asks for a second factor; `is_spared`: a demonstration, whose accounts everybody shares, asks
    for nothing new; `has_passkey`: he has one, which is a way in of its own, and the second factor where a post asks for one.
    """

    is_own: bool
    is_expired: bool
    has_factor: bool
    must_bind: bool
    is_spared: bool = False
    has_passkey: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a post asks for a second factor, here."""
        return self.must_bind and not self.is_spared


def steps_before(way: Way, standing: Standing) -> tuple[Step, ...]:
    """What must still be done, in order; who came by phone does not need his password and is not asked to change it."""
    steps = []
    if standing.has_factor or (standing.has_passkey and standing.is_asked):
        steps.append(Step.PROVE)
    elif standing.is_asked:
        steps.append(Step.BIND)
    if way is Way.PASSWORD and not standing.is_spared and (standing.is_expired or not standing.is_own):
        steps.append(Step.CHANGE)
    return tuple(steps)
