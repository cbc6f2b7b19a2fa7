"""Finding an edition for an act, and keeping what was drawn: what the acts of an edition share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.bulletins.models import Edition, EditionFigure, Wording
from zhitong.domain.bulletins.queries.editions.frozen import plain_annexes, plain_sections
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.drawn import Annex, Bound, Section
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import CheckState, EditionState
from zhitong.domain.bulletins.rules.way import Asked, EditionAct, EditionStanding, why_not
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound, Refused

THING = "edition"


class NotNow(Refused):
    """The act is not possible as the edition stands, or is another unit's."""


def require(*permissions: Permission) -> None:
    """Refuse in words who holds none of the permissions."""
    viewer = scope.present()
    if viewer is not None and not any(viewer.may(one) for one in permissions):
        scope.require(viewer, permissions[0])


def found(edition_id: UUID) -> Edition:
    """An edition locked until the transaction ends. Raises NotFound: it is not there for this viewer."""
    edition = Edition.objects.select_for_update().filter(id=edition_id).first()
    if edition is None:
        raise NotFound
    return edition


def permitted(
    act: EditionAct, edition_id: UUID, actor: Actor, now: datetime, permission: Permission = Permission.DISPATCH
) -> Edition:
    """An edition locked for an act of its office.

    Raises NotFound, NotYours; NotNow: the act is not possible as it stands.
    """
    edition = found(edition_id)
    require(permission)
    reason = why_not(act, standing_of(edition), actor.unit_id, now)
    if reason:
        raise NotNow(reason)
    return edition


def standing_of(edition: Edition) -> EditionStanding:
    """How an edition stands, as its rules ask; two queries."""
    asked = edition.checks.values_list("state", "due_at")
    return EditionStanding(
        PaperKind(edition.kind), EditionState(edition.state), edition.unit_id,
        tuple(Asked(CheckState(state), due_at) for state, due_at in asked),
        edition.figures.filter(unit__isnull=False).exists(),
    )


def compared(edition: Edition, figures: Sequence[Bound]) -> list[Bound]:
    """Figures with what the last issue of the series said of each; two queries."""
    series = Edition.objects.filter(unit_id=edition.unit_id, kind=edition.kind, state=EditionState.ISSUED.value)
    last = series.filter(cut_off__lt=edition.cut_off).order_by("-cut_off", "-id").first()
    said = dict(EditionFigure.objects.filter(edition_id=last.id).values_list("key", "text")) if last else {}
    return [replace(one, before=said.get(one.key)) for one in figures]


def keep_figures(edition: Edition, figures: Sequence[Bound]) -> None:
    """Keep the figures of an edition in place of those it had; two statements."""
    EditionFigure.objects.filter(edition_id=edition.id).delete()
    EditionFigure.objects.bulk_create(
        EditionFigure(
            id=uuid7(), edition_id=edition.id, position=place, key=one.key, label=one.label, text=one.text,
            unit_word=one.unit, unit_id=one.unit_id, behind=dict(one.behind), before=one.before,
        )
        for place, one in enumerate(figures)
    )


def keep_wording(
    edition: Edition, *, title: str, recipients: str, sections: Sequence[Section], annexes: Sequence[Annex], actor: Actor,
    now: datetime,
) -> None:
    """Keep a wording as the edition's version."""
    Wording.objects.create(
        id=uuid7(), edition_id=edition.id, version=edition.version, title=title, recipients=recipients,
        sections=plain_sections(sections), annexes=plain_annexes(annexes), person_id=actor.person_id, at=now,
    )


def wording_of(edition: Edition, version: int | None = None) -> Wording:
    """A wording of an edition, the one in force unless another is named. Raises NotFound: it has no such version."""
    wording = Wording.objects.filter(edition_id=edition.id, version=version or edition.version).first()
    if wording is None:
        raise NotFound
    return wording


def tell(
    kind: EditionFact, edition: Edition, actor: Actor, now: datetime, body: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    """Leave a fact of an edition; its unit and its name stand in every one."""
    named = {"by_unit": edition.unit_id, "number": edition.number, "name": edition.number or _called(edition)}
    record(kind.value, thing_kind=THING, thing_id=edition.id, actor=actor, at=now, body={**named, **(body or {})},
           details={"title": edition.title, **(words or {})})


def _called(edition: Edition) -> str:
    """What stands for a number where an edition has none yet: 情况通报（2018-08-31）."""
    return f"{PaperKind(edition.kind).label}（{day_of(edition.cut_off)}）"
