"""The check of figures (数据核对): asked of every unit named, answered by it, its objections settled by the office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.bulletins.actions.editions import keeping
from zhitong.domain.bulletins.actions.editions.asking import ask
from zhitong.domain.bulletins.actions.editions.drafting import recounted
from zhitong.domain.bulletins.models import Edition, FigureCheck
from zhitong.domain.bulletins.queries.editions.sight import editions_seen
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import CheckState, EditionState
from zhitong.domain.bulletins.rules.way import MOVES, Asked, EditionAct, silent, why_not_answer
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound
from zhitong.kit.texts import written

LONGEST_WORDS = 500


@transaction.atomic
def send_to_check(*, edition_id: UUID, actor: Actor, now: datetime) -> int:
    """Ask every unit whose figures the edition names to confirm or object within a working day; returns how many.

    Raises NotFound, NotYours, NotNow. Source: R-H9.
    """
    edition = keeping.permitted(EditionAct.CHECK, edition_id, actor, now)
    edition.state = str(MOVES[EditionAct.CHECK].to)
    edition.save()
    named = edition.figures.filter(unit__isnull=False).values_list("unit_id", flat=True).distinct()
    return ask(edition, named, actor, now)


@transaction.atomic
def confirm(*, edition_id: UUID, actor: Actor, now: datetime) -> None:
    """Confirm the figures of one's unit.

    Raises NotFound: the unit was not asked. Raises NotYours; NotNow: not in the time of the check, or answered already.
    """
    edition, check = _asked(edition_id, actor)
    check.state, check.answered_at = CheckState.CONFIRMED.value, now
    check.save()
    keeping.tell(EditionFact.CHECK_CONFIRMED, edition, actor, now, {"unit": check.unit_id})


@transaction.atomic
def object_to(*, edition_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Object to figures of one's unit with a sentence, in the time of the check or after the issue.

    Raises NotFound: the unit was not asked, or the paper does not name it. Raises NotYours; NotNow; BadInput: no words.
    """
    edition, check = _asked(edition_id, actor)
    check.words = written("words", words, LONGEST_WORDS, wanted="请写明哪个数不对、应当是多少、依据是什么。")
    check.state, check.answered_at, check.answer, check.settled_at = CheckState.OBJECTED.value, now, "", None
    check.objected_late = edition.state == EditionState.ISSUED.value
    check.save()
    keeping.tell(EditionFact.CHECK_OBJECTED, edition, actor, now, {"unit": check.unit_id, "late": check.objected_late},
                 {"words": check.words})


@transaction.atomic
def settle(*, check_id: UUID, adopted: bool, words: str, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Answer an objection: adopt it and count anew, or uphold the figures with a reason. Returns the figures that changed.

    Once the paper is issued nothing in it is counted anew: an adopted objection is followed by a correction slip.
    Raises NotFound, NotYours; NotNow: there is no objection to answer. Raises BadInput: no reason.
    """
    check = FigureCheck.objects.select_for_update().filter(id=check_id, by_unit_id=actor.unit_id).first()
    if check is None:
        raise NotFound
    keeping.require(Permission.DISPATCH)
    edition = keeping.found(check.edition_id)
    if check.state != CheckState.OBJECTED.value:
        raise keeping.NotNow(f"这个单位的核对现在是“{CheckState(check.state).label}”，没有等答复的异议。")
    wanted = "请写明采纳后怎么处理。" if adopted else "请写明维持原数的理由。"
    check.answer = written("words", words, LONGEST_WORDS, wanted=wanted)
    check.state, check.settled_at = (CheckState.ADOPTED if adopted else CheckState.UPHELD).value, now
    check.save()
    keeping.tell(EditionFact.CHECK_SETTLED, edition, actor, now, {"unit": check.unit_id, "adopted": adopted},
                 {"words": check.answer})
    is_open = edition.state == EditionState.CHECKING.value
    return recounted(edition, actor, now) if adopted and is_open else ()


@transaction.atomic
def submit(*, edition_id: UUID, actor: Actor, now: datetime) -> int:
    """Close the check and lay the edition before who signs; returns how many units were silent, which is noted of each.

    Raises NotFound, NotYours; NotNow: an objection has no answer, or a unit still has time.
    """
    edition = keeping.permitted(EditionAct.SUBMIT, edition_id, actor, now)
    rows = edition.checks.values_list("id", "state", "due_at")
    quiet = silent(((id_, Asked(CheckState(state), due_at)) for id_, state, due_at in rows), now)
    edition.checks.filter(id__in=quiet).update(state=CheckState.SILENT.value)
    edition.state = str(MOVES[EditionAct.SUBMIT].to)
    edition.save()
    keeping.tell(EditionFact.CHECK_CLOSED, edition, actor, now, {"silent": len(quiet)})
    return len(quiet)


def _asked(edition_id: UUID, actor: Actor) -> tuple[Edition, FigureCheck]:
    """The check of the actor's unit, locked; after the issue one is begun for a unit that the paper names."""
    viewer = scope.present()
    seen = editions_seen(viewer) if viewer is not None else Edition.objects.all()
    edition = seen.filter(id=edition_id).first()
    if edition is None or actor.unit_id is None:
        raise NotFound
    keeping.require(Permission.HANDLE, Permission.DISPATCH)
    check = edition.checks.select_for_update().filter(unit_id=actor.unit_id).first() or _late(edition, actor.unit_id)
    reason = why_not_answer(CheckState(check.state), EditionState(edition.state))
    if reason:
        raise keeping.NotNow(reason)
    return edition, check


def _late(edition: Edition, unit_id: UUID) -> FigureCheck:
    is_named = edition.figures.filter(unit_id=unit_id).exists()
    if edition.state != EditionState.ISSUED.value or edition.issued_at is None or not is_named:
        raise NotFound
    return FigureCheck(
        id=uuid7(), edition_id=edition.id, by_unit_id=edition.unit_id, unit_id=unit_id, state=CheckState.ASKED.value,
        asked_at=edition.issued_at, due_at=edition.issued_at,
    )
