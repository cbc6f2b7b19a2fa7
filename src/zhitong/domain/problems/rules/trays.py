"""The trays of a unit's inbox: its work laid out by what follows when nobody touches it. Pure."""

from __future__ import annotations

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.choices import Word


class Tray(Word):
    """One pile of a unit's inbox; a problem may lie in several, and whatever is on the desk lies in at least one."""

    OVERDUE = "overdue", "超期"
    SOON = "soon", "临期"
    TO_SIGN = "to_sign", "待签收"
    IN_HAND = "in_hand", "办理中"
    SENT_BACK = "sent_back", "被退回"
    OFFICE = "office", "待受理交办"
    TO_DECIDE = "to_decide", "待审批"
    TO_PRECHECK = "to_precheck", "待初核"
    TO_TAKE = "to_take", "待接收移交"
    HELPING = "helping", "被请协办"
    LOOKING = "looking", "被请过问"
    TO_PASS = "to_pass", "待传答复"
    BELOW = "below", "下级提请"
    OTHERS = "others", "等别人的"
    ABOVE = "above", "已提请上级"


ALWAYS_SHOWN = (Tray.OVERDUE, Tray.SOON, Tray.TO_SIGN, Tray.IN_HAND, Tray.OTHERS)
"""Trays that are worth seeing empty."""
OF_OFFICES = (Tray.OFFICE, Tray.LOOKING)
"""Trays that only a campaign office has."""
BY_DUE = (Tray.OVERDUE, Tray.SOON, Tray.TO_SIGN, Tray.IN_HAND, Tray.TO_PASS)
"""Trays whose matters all have a limit running: the most urgent first."""
LIGHT_OF = {Tray.OVERDUE: Light.OVERDUE, Tray.SOON: Light.SOON}
"""Trays that are the whole desk in one light."""
ACT_OF = {
    Tray.TO_PRECHECK: Act.PRECHECK, Tray.TO_TAKE: Act.TAKE, Tray.HELPING: Act.ANSWER_PART, Tray.LOOKING: Act.ANSWER_LOOK_IN,
    Tray.TO_PASS: Act.PASS_DOWN,
}
"""What a tray asks of the unit, whatever the problem's state asks of others."""
GIVEN_BACK = (Act.SEND_BACK, Act.ASK_LOWER, Act.RULE_OWN_LEVEL, Act.ADVISE, Act.KEEP, Act.FIND_WANTING, Act.HANDLE_ANEW)
"""Acts after which a matter lies with a unit again, or anew, because somebody was not content."""


def trays_of(viewer: Viewer) -> list[Tray]:
    """The trays a viewer's unit has, by consequence."""
    if Lens.DESK not in lenses_of(viewer):
        return []
    is_office = viewer.may(Permission.DISPATCH)
    return [tray for tray in Tray if is_office or tray not in OF_OFFICES]
