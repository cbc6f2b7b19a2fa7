"""The receiver's desk: acknowledge, ask once, refer, notify; and what the complainant supplies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.rules.texts import text_trouble
from zhitong.domain.complaints.actions.submitting import LONGEST_NAME, LONGEST_TEXT, limit
from zhitong.domain.complaints.actions.telling import tell
from zhitong.domain.complaints.models import Complaint, Party, Step
from zhitong.domain.complaints.queries.page import bodies_for, standing_locked
from zhitong.domain.complaints.queries.rulebook import laid_down
from zhitong.domain.complaints.rules.kinds import Act, Part, State
from zhitong.domain.complaints.rules.way import MOVES, Standing, why_not
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, Refused

LONGEST_NUMBER = 60


class NotNow(Refused):
    """The act is not possible as the complaint stands, or is another unit's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One act on one complaint: which, who acts, through which door, when."""

    number: str
    viewer: Viewer
    via: str
    now: datetime
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter by which a complaint is referred: to a unit of the system, or to a body outside it named in words."""

    unit_id: UUID | None = None
    body: str = ""
    number: str
    on: date
    note: str = ""


@transaction.atomic
def acknowledge(turn: Turn) -> Standing:
    """Take a complaint; from now on the limit for notifying is the one that runs."""
    standing = _permitted(Act.ACKNOWLEDGE, turn)
    running = {"due_at": standing.notify_due_at, "warn_at": standing.notify_warn_at}
    return _moved(Act.ACKNOWLEDGE, turn, standing, State.HANDLING, {}, running)


@transaction.atomic
def ask(turn: Turn, *, question: str) -> Standing:
    """Ask the complainant once, through the system: of an unnamed one the asker does not learn who it is.

    Raises NotNow: it was asked before.
    """
    standing = _permitted(Act.ASK, turn)
    return _moved(Act.ASK, turn, standing, State.ASKED, {"text": question}, {"asks": standing.asks + 1})


@transaction.atomic
def supply(turn: Turn, *, text: str) -> Standing:
    """The complainant's answer to what was asked."""
    return _moved(Act.SUPPLY, turn, _permitted(Act.SUPPLY, turn), State.HANDLING, {"text": text}, {})


@transaction.atomic
def refer(turn: Turn, *, letter: Letter) -> Standing:
    """Refer a complaint to the competent body (移送).

    A unit of the system holds it from now on, sees it and notifies; a body outside gets the letter, and the holder goes on
    holding it until the complainant is notified. The limit for notifying is not moved.
    Raises BadInput: not exactly one body, or one that may not hold it; the letter is of a day to come.
    """
    standing = _permitted(Act.REFER, turn)
    _check(letter, turn, standing)
    words = {
        "text": letter.note, "to_unit_id": letter.unit_id, "to_body": letter.body, "letter_number": letter.number,
        "letter_on": letter.on,
    }
    if letter.unit_id is None:
        return _moved(Act.REFER, turn, standing, State.HANDLING, words, {})
    taken, warn = limit(laid_down(standing.campaign).acknowledge_workdays, turn.now)
    Party.objects.bulk_create(
        [Party(unit_id=letter.unit_id, complaint_id=standing.id, part=Part.REFERRED.value, since=turn.now)],
        ignore_conflicts=True,
    )
    running = {"holder_id": letter.unit_id, "due_at": min(taken.at, standing.notify_due_at), "warn_at": warn}
    return _moved(Act.REFER, turn, standing, State.REFERRED, words, running)


@transaction.atomic
def notify(turn: Turn, *, text: str) -> Standing:
    """Notify the complainant of the result (告知): the end. Nobody rates it."""
    standing = _permitted(Act.NOTIFY, turn)
    return _moved(Act.NOTIFY, turn, standing, State.NOTIFIED, {"text": text}, {"due_at": None, "warn_at": None})


def _permitted(act: Act, turn: Turn) -> Standing:
    """The complaint, locked, when this is the viewer's act and it is possible now.

    Raises NotFound: no such complaint for this viewer. Raises NotYours, NotNow.
    """
    standing, part = standing_locked(turn.viewer, turn.number)
    scope.require(turn.viewer, Permission.REPORT if MOVES[act].by_complainant else Permission.UNSEAL)
    reason = why_not(act, standing, turn.viewer.unit_id, {part})
    if reason:
        raise NotNow(reason)
    return standing


def _check(letter: Letter, turn: Turn, standing: Standing) -> None:
    texts = {"body": (letter.body, LONGEST_NAME), "letter_number": (letter.number, LONGEST_NUMBER),
             "note": (letter.note, LONGEST_TEXT)}
    wrong = {name: said for name, (text, most) in texts.items() if (said := text_trouble(text, most))}
    if bool(letter.unit_id) == bool(letter.body):
        wrong["unit_id"] = "请选择一个系统内的机构，或者写明一个系统外的机关，两者选一。"
    elif letter.unit_id and letter.unit_id not in {unit.id for unit in bodies_for(turn.viewer, standing)}:
        wrong["unit_id"] = "不能移送给这个单位：只能移送给被投诉者上级的督查机构或党群机构，且不能是被投诉者。"
    if letter.on > clock.day_of(turn.now):
        wrong["letter_on"] = "函件日期不能晚于今天。"
    if not letter.number.strip():
        wrong["letter_number"] = "请填写移送函编号。"
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)


def _moved(
    act: Act, turn: Turn, standing: Standing, state: State, words: dict[str, Any], running: dict[str, Any]
) -> Standing:
    """Write the step, the new standing and the fact; who waited for the lock acts after the one before."""
    at = max(turn.now, standing.last_at)
    is_complainant = MOVES[act].by_complainant
    Step.objects.bulk_create([Step(
        complaint_id=standing.id, act=act.value, at=at, unit_id=None if is_complainant else turn.viewer.unit_id,
        person_id=None if is_complainant else turn.viewer.person_id, **words,
    )])
    Complaint.objects.filter(id=standing.id).update(state=state.value, last_at=at, **running)
    tell(act, standing.id, turn.viewer.actor(turn.via, turn.request_id), at, standing.state, state)
    known = {name: value for name, value in running.items() if name in Standing.__slots__}
    return replace(standing, state=state, last_at=at, **known)
