"""Every act on a sealed complaint at the screen: its form, what does it, and the words afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.texts import clean_text
from zhitong.domain.complaints.actions import handling
from zhitong.domain.complaints.actions.handling import Letter, Turn
from zhitong.domain.complaints.queries.page import ComplaintPage, bodies_for
from zhitong.domain.complaints.rules.kinds import Act
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound
from zhitong.web.complaints import forms
from zhitong.web.shell.components import Text
from zhitong.web.shell.forms import PlainForm


@dataclass(frozen=True)
class Way:
    """How an act is done at the screen; `done` is said afterwards."""

    form: type[PlainForm]
    do: Callable[[Turn, dict[str, Any]], Any]
    done: Text
    icon: str


def _refer(turn: Turn, said: dict[str, Any]) -> Any:
    letter = Letter(
        unit_id=said["unit_id"], body=clean_text(said["body"]), number=clean_text(said["letter_number"]),
        on=said["letter_on"], note=said["note"],
    )
    return handling.refer(turn, letter=letter)


WAYS: Mapping[Act, Way] = {
    Act.ACKNOWLEDGE: Way(
        forms.HandForm, lambda turn, _said: handling.acknowledge(turn), gettext_lazy("已签收，投诉人已能看到。"), "circle-check"
    ),
    Act.ASK: Way(
        forms.AskForm, lambda turn, said: handling.ask(turn, **said), gettext_lazy("已请投诉人补充，补充后回到本单位。"), "help"
    ),
    Act.SUPPLY: Way(
        forms.SupplyForm, lambda turn, said: handling.supply(turn, **said), gettext_lazy("已补充，受理机构会继续办理。"), "pencil"
    ),
    Act.REFER: Way(forms.ReferForm, _refer, gettext_lazy("已移送，投诉人会看到移送去向。"), "send"),
    Act.NOTIFY: Way(
        forms.NotifyForm, lambda turn, said: handling.notify(turn, **said), gettext_lazy("已告知投诉人，办理结束。"), "message"
    ),
}


def act_called(word: str) -> Act:
    """The act of an address.

    Raises NotFound: there is none of this name.
    """
    act = next((one for one in WAYS if one.value == word), None)
    if act is None:
        raise NotFound
    return act


def form_of(act: Act, viewer: Viewer, found: ComplaintPage, typed: Any = None) -> PlainForm:
    """The form of an act, empty or as it was typed."""
    if act is not Act.REFER:
        return WAYS[act].form(typed)
    regions = directory().regions
    by_region = groupby(bodies_for(viewer, found.standing), lambda unit: regions[unit.region_id].name)
    return forms.ReferForm(typed, bodies=[(region, list(units)) for region, units in by_region])
