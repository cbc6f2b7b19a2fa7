"""Which steps lie between who somebody claims to be and being in. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.accounts.rules.words import Step, Way


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody who would come in.

    `is_own`: he chose his password himself; `is_expired`: too long ago; `has_factor`: a second one is bound; `must_bind`:
    one of his posts asks for it; `is_spared`: a demonstration, whose accounts everybody shares, asks for nothing new.
    """

    is_own: bool
    is_expired: bool
    has_factor: bool
    must_bind: bool
    is_spared: bool = False


def steps_before(way: Way, standing: Standing) -> tuple[Step, ...]:
    """What must still be done, in order; who came by phone does not need his password and is not asked to change it."""
    steps = []
    if standing.has_factor:
        steps.append(Step.PROVE)
    elif standing.must_bind and not standing.is_spared:
        steps.append(Step.BIND)
    if way is Way.PASSWORD and not standing.is_spared and (standing.is_expired or not standing.is_own):
        steps.append(Step.CHANGE)
    return tuple(steps)
