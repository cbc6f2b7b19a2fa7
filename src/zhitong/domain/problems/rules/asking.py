"""Whether a unit may do an act now, and if not, the sentence that says why and what is possible instead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.rules.judging import judging_office_id
from zhitong.domain.problems.rules.kinds import Outcome, RequestKind
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import MOVES, Act, Whose
from zhitong.kit.clock import SHANGHAI

_NAMED = {
    Whose.RELAY: "relay_unit_id", Whose.OFFERED: "offered_unit_id", Whose.DECIDER: "decider_unit_id",
    Whose.LOOKER: "looker_unit_id", Whose.PRECHECKER: "prechecker_unit_id",
}
"""Turns that the problem's own row names."""


def whose_turn(whose: Whose, standing: Standing, directory: Directory) -> UUID | None:
    """The unit whose act it would be as the problem stands; of several asked units one."""
    if whose is Whose.REPORTER:
        return standing.reporter_unit_id
    if whose is Whose.ACCOUNTABLE:
        return standing.accountable_unit_id
    if whose in _NAMED:
        named: UUID | None = getattr(standing, _NAMED[whose])
        return named
    if whose is Whose.ASKED:
        return min(standing.asked_unit_ids, default=None)
    if whose is Whose.ABOVE:
        above = directory.office_above(standing.level_region_id)
        return above.id if above else None
    if whose is Whose.HOME_OFFICE:
        return judging_office_id(standing.region_id, standing.accountable_unit_id, directory)
    office = directory.office(standing.level_region_id)
    return office.id if office else None


def why_not(act: Act, standing: Standing, unit_id: UUID | None, directory: Directory) -> str | None:
    """None when the unit may act; otherwise the reason in a sentence."""
    move = MOVES[act]
    if standing.state not in move.since:
        return f"{_last(standing, directory)}，现在是“{standing.state.label}”，不能{act.label}。请刷新页面查看最新情况。"
    if _is_turn_of(unit_id, move.whose, standing, directory):
        return None
    turn = whose_turn(move.whose, standing, directory)
    return f"“{act.label}”由{_name(turn, directory, move.whose)}办理，不是本单位。"


def _is_turn_of(unit_id: UUID | None, whose: Whose, standing: Standing, directory: Directory) -> bool:
    if unit_id is None:
        return False
    if whose is Whose.ASKED:
        return unit_id in standing.asked_unit_ids
    if whose is Whose.ABOVE:
        return unit_id in offices_above(standing.level_region_id, directory)
    return whose_turn(whose, standing, directory) == unit_id


def offices_above(region_id: UUID, directory: Directory) -> set[UUID]:
    """The campaign offices of every level above a region's own."""
    own = directory.office(region_id)
    found = {office.id for region in directory.path(region_id)[:-1] if (office := directory.office(region.id))}
    return found - ({own.id} if own else set())


def _name(unit_id: UUID | None, directory: Directory, whose: Whose) -> str:
    unit = directory.units.get(unit_id) if unit_id else None
    return unit.name if unit else whose.label


def _last(standing: Standing, directory: Directory) -> str:
    unit = directory.units.get(standing.last_unit_id) if standing.last_unit_id else None
    by_reporter = standing.last_unit_id is not None and standing.last_unit_id == standing.reporter_unit_id
    who = f"由{unit.name}" if unit else "由企业" if by_reporter else ""
    at = standing.last_at.astimezone(SHANGHAI)
    return f"该问题已于{at.month}月{at.day}日 {at:%H:%M}{who}{standing.last_act.label}"


_GRANTED_BY = {
    Act.GRANT_EXTENSION: RequestKind.EXTENSION, Act.GRANT_PAUSE: RequestKind.PAUSE, Act.GRANT_PARK: RequestKind.PARK,
    Act.GRANT_WITHDRAWAL: RequestKind.WITHDRAWAL,
}
_ABOUT: Mapping[Act, Callable[[Standing], bool]] = {
    Act.REFUSE_REQUEST: lambda standing: standing.pending is not None,
    **dict.fromkeys(
        (Act.ASK_EXTENSION, Act.ASK_PAUSE, Act.ASK_PARK, Act.ASK_WITHDRAWAL), lambda standing: standing.pending is None
    ),
    **dict.fromkeys((Act.TAKE, Act.TURN_DOWN), lambda standing: standing.offered_unit_id is not None),
    Act.OFFER: lambda standing: standing.offered_unit_id is None,
    Act.DESIGNATE: lambda standing: standing.spell is None or not standing.spell.designated,
    **dict.fromkeys((Act.ANSWER_PART, Act.REGISTER_REPLY), lambda standing: standing.open_parts > 0),
    Act.CONTACT: lambda standing: _contact(standing) is False,
    **dict.fromkeys(
        (Act.CONFIRM_CONTACT, Act.VOID_CONTACT),
        lambda standing: _contact(standing) is None and standing.spell is not None and standing.spell.acknowledged_at is not None,
    ),
    **dict.fromkeys((Act.ASK_LOWER, Act.RULE_OWN_LEVEL, Act.ADVISE, Act.COORDINATE), lambda standing: standing.climbs > 0),
    Act.PRECHECK: lambda standing: standing.prechecker_unit_id is not None,
    Act.LOOK_IN: lambda standing: standing.looker_unit_id is None,
    Act.ANSWER_LOOK_IN: lambda standing: standing.looker_unit_id is not None,
    Act.OBJECT: lambda standing: standing.objections == 0,
    **dict.fromkeys((Act.VERIFY, Act.FIND_WANTING), lambda standing: needs_verifying(standing)),
    Act.CLOSE_OFF: lambda standing: not needs_verifying(standing),
    Act.CLOSE_UNRATED: lambda standing: standing.closable_at is not None,
}


def is_about(act: Act, standing: Standing) -> bool:
    """Whether there is anything for the act to be about: nobody is offered to grant what was not asked for."""
    if act in _GRANTED_BY:
        return standing.pending is _GRANTED_BY[act]
    about = _ABOUT.get(act)
    return about is None or about(standing)


def needs_verifying(standing: Standing) -> bool:
    """Whether the office must look before close-off: every outcome but 已解决 is checked."""
    return standing.outcome is not Outcome.SOLVED and not standing.verified


def unverified(standing: Standing) -> str:
    """Why a matter cannot be struck off yet, and what comes first."""
    outcome = standing.outcome.label if standing.outcome else "未填写结果"
    return f"{standing.number}的办理结果是“{outcome}”，须先核查属实再销号；核查不实的退回重新办理。"


def _contact(standing: Standing) -> bool | None:
    return standing.spell.contact_confirmed if standing.spell else None
