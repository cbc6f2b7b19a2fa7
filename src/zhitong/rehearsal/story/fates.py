"""The fate of a problem: how far it climbs, how fast, where it stumbles, how it ends; and what therefore comes next. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass

from zhitong.domain.problems.rules.asking import needs_verifying
from zhitong.domain.problems.rules.kinds import DeclineReason, Outcome, State
from zhitong.domain.problems.rules.lapsing import GRANTS
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True)
class Fate:
    """What is laid down for one problem; `hold` is a state at which nobody acts any more, once it has climbed so far."""

    levels: int = 0
    slow: bool = False
    asked: bool = False
    declined: DeclineReason | None = None
    sent_back: bool = False
    reassigned: bool = False
    replies: bool = True
    kept: bool = False
    given_back: Act | None = None
    outcome: Outcome = Outcome.SOLVED
    rejections: int = 0
    review: Act = Act.HANDLE_ANEW
    silent: bool = False
    asks_for: Act | None = None
    helped: bool = False
    withdraws: bool = False
    objects: bool = False
    not_contacted: bool = False
    hold: State | None = None


@dataclass(slots=True)
class Progress:
    """What has happened already and is asked once only."""

    levels: int
    is_kept: bool = False
    is_given_back: bool = False
    is_reassigned: bool = False
    has_asked: bool = False
    is_helped: bool = False
    replied_in: object = None


def draw_fate(draw: random.Random) -> Fate:
    """A fate as common as it would be: most are solved where they arise, some climb, a few go wrong."""
    levels = draw.choices((0, 1, 2, 3, 4), (76, 13, 6.5, 3.5, 1))[0]
    return Fate(
        levels=levels,
        slow=draw.random() < 0.07,
        asked=draw.random() < 0.12,
        declined=draw.choice((DeclineReason.IN_COURT, DeclineReason.NOT_GOVERNMENT)) if draw.random() < 0.14 else None,
        sent_back=draw.random() < 0.035,
        reassigned=draw.random() < 0.02,
        replies=draw.random() < 0.65,
        kept=levels > 0 and draw.random() < 0.08,
        given_back=draw.choices((None, Act.RULE_OWN_LEVEL, Act.ASK_LOWER), (86, 8, 6))[0],
        outcome=draw.choices(list(Outcome), (66, 12, 12, 7, 3))[0],
        rejections=draw.choices((0, 1, 2), (93.4, 6, 0.6))[0],
        review=draw.choice((Act.HANDLE_ANEW, Act.UPHOLD)),
        silent=draw.random() < 0.025,
        asks_for=draw.choices((None, Act.ASK_EXTENSION, Act.ASK_PAUSE, Act.ASK_PARK), (90, 6, 3, 1))[0],
        helped=draw.random() < 0.06,
        withdraws=draw.random() < 0.012,
        objects=draw.random() < 0.2,
        not_contacted=draw.random() < 0.015,
    )


def next_act(standing: Standing, fate: Fate, gone: Progress) -> Act | None:
    """What happens next; None when the problem rests where it is."""
    if fate.hold is standing.state and standing.climbs >= gone.levels:
        return None
    if standing.pending is not None:
        return GRANTS[standing.pending]
    simple = {
        State.PAUSED: Act.RESUME, State.ASKED: Act.SUPPLY, State.ACCEPTED: Act.DISPATCH, State.RETURNING: Act.PASS_DOWN,
        State.CONFIRMED: Act.VERIFY if needs_verifying(standing) else Act.CLOSE_OFF,
    }
    chosen = {
        State.SUBMITTED: _at_intake, State.DISPATCHED: _on_arrival, State.HANDLING: _in_hand,
        State.PROPOSED: _when_proposed, State.ANSWERED: _when_answered, State.REVIEW: _in_review,
        State.DECLINED: _when_declined, State.OBJECTED: _when_objected,
    }
    if standing.state in simple:
        return simple[standing.state]
    choose = chosen.get(standing.state)
    return choose(standing, fate, gone) if choose else None


def _at_intake(standing: Standing, fate: Fate, gone: Progress) -> Act:
    if fate.asked and not standing.asks:
        return Act.ASK_MORE
    return Act.DECLINE if fate.declined else Act.ACCEPT


def _on_arrival(standing: Standing, fate: Fate, gone: Progress) -> Act:
    if standing.climbs:
        wants_back = fate.given_back is not None and not gone.is_given_back and not standing.rejections
        return fate.given_back if wants_back and fate.given_back else Act.ACKNOWLEDGE
    if fate.sent_back and not standing.send_backs and not standing.rejections:
        return Act.SEND_BACK
    return Act.REASSIGN if fate.reassigned and not gone.is_reassigned else Act.ACKNOWLEDGE


def _when_declined(standing: Standing, fate: Fate, gone: Progress) -> Act | None:
    return Act.OBJECT if fate.objects and not standing.objections else None


def _when_objected(standing: Standing, fate: Fate, gone: Progress) -> Act:
    return Act.OVERRULE if fate.helped else Act.UPHOLD_DECLINE


def _in_hand(standing: Standing, fate: Fate, gone: Progress) -> Act:
    return _for_others(standing, fate, gone) or _for_itself(standing, fate, gone)


def _for_others(standing: Standing, fate: Fate, gone: Progress) -> Act | None:
    """What the firm and other units have to do with it, before the unit goes on."""
    if standing.spell is not None and standing.spell.contact_confirmed is False:
        return Act.CONTACT
    if fate.not_contacted and not standing.contact_voids:
        return Act.VOID_CONTACT
    if fate.withdraws and not standing.climbs:
        return Act.ASK_WITHDRAWAL
    if standing.open_parts:
        return Act.ANSWER_PART
    return Act.INVITE if fate.helped and not gone.is_helped else None


def _for_itself(standing: Standing, fate: Fate, gone: Progress) -> Act:
    spell = standing.spell
    if fate.asks_for is not None and not fate.slow and not gone.has_asked and not standing.climbs:
        return fate.asks_for
    if fate.replies and spell is not None and gone.replied_in != spell.id:
        return Act.REPLY
    return Act.PROPOSE if standing.climbs < gone.levels else Act.COMPLETE


def _when_proposed(standing: Standing, fate: Fate, gone: Progress) -> Act:
    return Act.KEEP if fate.kept and not gone.is_kept else Act.ESCALATE


def _when_answered(standing: Standing, fate: Fate, gone: Progress) -> Act | None:
    if standing.rejections < fate.rejections:
        return Act.REJECT
    return None if fate.silent else Act.CONFIRM


def _in_review(standing: Standing, fate: Fate, gone: Progress) -> Act:
    return Act.END if standing.rejections > 1 else fate.review


def note(act: Act, before: Standing, gone: Progress) -> None:
    """Keep in mind what is done once only."""
    if act is Act.REPLY and before.spell is not None:
        gone.replied_in = before.spell.id
    elif act is Act.KEEP:
        gone.is_kept, gone.levels = True, before.climbs
    elif act is Act.RULE_OWN_LEVEL:
        gone.is_given_back, gone.levels = True, before.climbs - 1
    elif act is Act.ASK_LOWER:
        gone.is_given_back = True
    elif act is Act.REASSIGN:
        gone.is_reassigned = True
    elif act is Act.INVITE:
        gone.is_helped = True
    elif act in (Act.ASK_EXTENSION, Act.ASK_PAUSE, Act.ASK_PARK):
        gone.has_asked = True


# Working days until an act, from which one is drawn; slow ones take what the second says.
_DAYS: dict[Act, tuple[tuple[int, ...], tuple[int, ...]]] = {
    Act.ACCEPT: ((0, 0, 0, 1), (1, 2, 3)),
    Act.ASK_MORE: ((0, 0, 1), (1, 2)),
    Act.SUPPLY: ((1, 2, 3, 5), (4, 9, 20)),
    Act.DECLINE: ((0, 1), (1, 2)),
    Act.DISPATCH: ((0, 0, 1), (1, 2, 4)),
    Act.ACKNOWLEDGE: ((0, 0, 0, 1), (1, 2, 3, 5)),
    Act.SEND_BACK: ((0,), (0,)),
    Act.REASSIGN: ((0, 1), (1, 2)),
    Act.REPLY: ((1, 2, 3, 4, 5), (6, 8, 12)),
    Act.COMPLETE: ((1, 2, 3, 4, 5, 6, 8), (14, 20, 28, 45)),
    Act.PROPOSE: ((2, 3, 4, 5), (6, 9, 14)),
    Act.KEEP: ((1, 2), (2, 4)),
    Act.ESCALATE: ((0, 1, 1, 2), (2, 4, 6)),
    Act.ASK_LOWER: ((1,), (1, 2)),
    Act.RULE_OWN_LEVEL: ((1, 2), (2, 3)),
    Act.PASS_DOWN: ((0, 0, 1), (1, 2)),
    Act.CONFIRM: ((0, 1, 2, 3, 4, 6), (6, 9, 15)),
    Act.REJECT: ((1, 2, 3), (4, 6)),
    Act.HANDLE_ANEW: ((1, 2), (2, 4)),
    Act.UPHOLD: ((1, 2), (2, 4)),
    Act.END: ((1, 2), (2, 3)),
    Act.VERIFY: ((0, 1, 2), (3, 5)),
    Act.CLOSE_OFF: ((0, 1, 2), (3, 5)),
    Act.ASK_EXTENSION: ((0, 1), (0,)),
    Act.ASK_PAUSE: ((0, 1), (0,)),
    Act.ASK_PARK: ((0, 1), (0,)),
    Act.GRANT_EXTENSION: ((0, 0, 1), (1,)),
    Act.GRANT_PAUSE: ((0, 0, 1), (1,)),
    Act.GRANT_PARK: ((0, 1), (1,)),
    Act.RESUME: ((3, 5, 8, 12), (10,)),
    Act.ASK_WITHDRAWAL: ((0, 1, 2), (2,)),
    Act.GRANT_WITHDRAWAL: ((0, 1), (1, 2)),
    Act.INVITE: ((0, 0, 1), (1,)),
    Act.ANSWER_PART: ((0, 1, 2), (2, 4)),
    Act.VOID_CONTACT: ((0, 1), (1,)),
    Act.CONTACT: ((0, 1), (1, 2)),
    Act.OBJECT: ((1, 2, 4), (5,)),
    Act.OVERRULE: ((1, 2, 3), (3,)),
    Act.UPHOLD_DECLINE: ((1, 2, 3), (3,)),
}


def workdays_until(act: Act, fate: Fate, draw: random.Random) -> int:
    """How many working days pass before an act."""
    return draw.choice(_DAYS[act][fate.slow])
