"""The first contact: the reporter says by one tap whether it took place; a voided one is made up for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run
from zhitong.domain.problems.actions.spells import at_stage
from zhitong.domain.problems.rules.asking import is_about
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class SayContact(Step):
    """The reporter's word on the first contact: one tap, nothing to type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Step):
    """Contact the reporter after all, and tell how."""

    contact: str


def confirm_contact(steps: Sequence[SayContact]) -> list[Standing]:
    """Take the reporters' word that the unit has been in touch.

    Raises NotNow: the unit has not signed for it, or the reporter has spoken already.
    """

    def decide(step: SayContact, standing: Standing, here: Desk) -> Change:
        _ask(Act.CONFIRM_CONTACT, standing)
        assert standing.spell is not None, "a problem that was signed for has an open spell"
        after = moved(
            standing, Act.CONFIRM_CONTACT, step.actor, step.now, spell=replace(standing.spell, contact_confirmed=True)
        )
        return Change(Act.CONFIRM_CONTACT, step.actor, step.now, standing, after)

    return run(Act.CONFIRM_CONTACT, steps, decide)


def void_contact(steps: Sequence[SayContact]) -> list[Standing]:
    """Take the reporters' word that nobody was in touch: the first contact is owed again.

    No due time moves: the stage that turned out not to be met runs again with the limit it always had, counted from
    the moment the handling limits are counted from, so it may be overdue at once. The limits of completion stay.

    Raises NotNow: the unit has not signed for it, or the reporter has spoken already.
    """

    def decide(step: SayContact, standing: Standing, here: Desk) -> Change:
        _ask(Act.VOID_CONTACT, standing)
        spell = standing.spell
        assert spell is not None, "a problem that was signed for has an open spell"
        owed: dict[str, Any] = {}
        if standing.state is State.HANDLING:
            owed = at_stage(Stage.FIRST_CONTACT, standing, here, step.now, since=spell.counted_from)
        after = moved(
            standing, Act.VOID_CONTACT, step.actor, step.now, spell=replace(spell, contact_confirmed=False),
            contact_voids=standing.contact_voids + 1, **owed,
        )
        return Change(Act.VOID_CONTACT, step.actor, step.now, standing, after, body={"voids": after.contact_voids})

    return run(Act.VOID_CONTACT, steps, decide)


def contact(steps: Sequence[Contact]) -> list[Standing]:
    """Make up for a voided first contact; the reporter may speak about it again.

    Raises NotNow: the reporter has not said that nobody was in touch.
    """

    def decide(step: Contact, standing: Standing, here: Desk) -> Change:
        spell = standing.spell
        assert spell is not None, "a problem in handling has an open spell"
        if not is_about(Act.CONTACT, standing):
            raise NotNow("企业没有反映“没有联系过我”，不需要重新联系。进展可以用“阶段性答复”告诉企业。")
        after = moved(
            standing, Act.CONTACT, step.actor, step.now, spell=replace(spell, contact_confirmed=None),
            **at_stage(Stage.STAGE_REPLY, standing, here, step.now, since=spell.counted_from),
        )
        return Change(Act.CONTACT, step.actor, step.now, standing, after, words={"contact": step.contact})

    return run(Act.CONTACT, steps, decide)


def _ask(act: Act, standing: Standing) -> None:
    """Refuse a word on a contact that has not been claimed, or that has been spoken about."""
    if is_about(act, standing):
        return
    if standing.spell is None or standing.spell.acknowledged_at is None:
        raise NotNow("承办单位还没有签收，签收后会联系您。")
    raise NotNow("您已经反映过联系情况。承办单位重新联系后可以再说。")
