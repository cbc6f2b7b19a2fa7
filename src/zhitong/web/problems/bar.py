"""The bar of acts on a problem's page: one that comes first, a few usual ones beside it, all others folded by group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.problems.queries.duties import next_act
from zhitong.domain.problems.queries.page import ActChoice, ProblemPage
from zhitong.domain.problems.rules.way import Act as Verb
from zhitong.web.problems.acts import WAYS
from zhitong.web.problems.way import Group
from zhitong.web.shell.components import Act, ActBar, ActGroup

AT_HAND = 4
USUAL: tuple[Verb, ...] = (
    Verb.GRANT_EXTENSION, Verb.GRANT_PAUSE, Verb.GRANT_PARK, Verb.GRANT_WITHDRAWAL, Verb.REFUSE_REQUEST,
    Verb.PRECHECK, Verb.TAKE, Verb.TURN_DOWN, Verb.ANSWER_PART, Verb.ANSWER_LOOK_IN, Verb.CONTACT, Verb.VERIFY, Verb.FIND_WANTING,
    Verb.REJECT, Verb.UPHOLD, Verb.END, Verb.KEEP, Verb.OVERRULE, Verb.UPHOLD_DECLINE, Verb.ASK_MORE, Verb.DECLINE,
    Verb.RESUME, Verb.REPLY, Verb.SEND_BACK, Verb.PROPOSE, Verb.CONFIRM_CONTACT, Verb.VOID_CONTACT, Verb.LOOK_IN,
)
"""What stays in sight beside the act that comes first, the weightiest first; what is not named here is folded."""


def bar_of(page: ProblemPage, is_served: bool) -> ActBar:
    """The acts of a problem for its viewer: greyed ones are folded with their reasons, few allowed ones need no fold."""
    first = _first(page, is_served)
    choices = [choice for choice in page.acts if choice.act in WAYS and not WAYS[choice.act].one_tap]
    allowed = sorted((one for one in choices if one.allowed), key=lambda one: _place(one.act, first))
    at_hand = allowed[:AT_HAND] if len(allowed) <= AT_HAND else [one for one in allowed if _is_at_hand(one.act, first)][:AT_HAND]
    leading = _leading(at_hand, first, is_served)
    rest = [one for one in choices if one not in at_hand]
    shown = [_act(page, one, is_served, primary=one.act is leading) for one in at_hand]
    calm = not is_served and leading is not None and len(shown) > 1
    return ActBar(tuple(shown), (*_groups(page, rest, is_served), *_sealing(page, allowed)), calm)


def _first(page: ProblemPage, is_served: bool) -> Verb | None:
    """The act that comes next; where two units have given a matter back, the office's hand binds instead."""
    first = next_act(page.standing.state, page.standing.stage, is_served=is_served)
    binds = first is Verb.DISPATCH and any(one.act is Verb.DISPATCH and not one.allowed for one in page.acts)
    return Verb.DESIGNATE if binds else first


def _place(act: Verb, first: Verb | None) -> tuple[bool, int]:
    return act is not first, USUAL.index(act) if act in USUAL else len(USUAL)


def _is_at_hand(act: Verb, first: Verb | None) -> bool:
    return act is first or act in USUAL


def _leading(at_hand: Sequence[ActChoice], first: Verb | None, is_served: bool) -> Verb | None:
    """The act that is primary; the served are asked only for what moves the problem on."""
    act = at_hand[0].act if at_hand else None
    return act if act is not None and (act is first or (act in USUAL and not is_served)) else None


def _groups(page: ProblemPage, choices: Sequence[ActChoice], is_served: bool) -> list[ActGroup]:
    """What is not at hand, group by group, the allowed ones of each first."""
    order = list(Group)

    def group_of(choice: ActChoice) -> int:
        return order.index(WAYS[choice.act].folded_under)

    laid = groupby(sorted(choices, key=lambda one: (group_of(one), not one.allowed)), group_of)
    return [
        ActGroup(order[place].label, tuple(_act(page, one, is_served) for one in members)) for place, members in laid
    ]


def _sealing(page: ProblemPage, allowed: Sequence[ActChoice]) -> list[ActGroup]:
    """What may be declined may also be sealed."""
    if all(choice.act is not Verb.DECLINE for choice in allowed):
        return []
    seal = Act(_("转入密封渠道"), reverse("complaints:seal", args=[page.standing.number]), icon="lock")
    return [ActGroup(_("投诉举报"), (seal,))]


def _act(page: ProblemPage, choice: ActChoice, is_served: bool, *, primary: bool = False) -> Act:
    way, address = WAYS[choice.act], reverse("problems:act", args=[page.standing.number, choice.act.value])
    label = way.plain or choice.act.label if is_served else choice.act.label
    return Act(label, address, choice.allowed, choice.reason, primary=primary, icon=way.icon)
