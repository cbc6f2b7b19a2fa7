"""The cards a firm still has to send in one period, filled in as one: each read by itself, then laid into one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.queries.filling import CardToFill, FieldToFill, SectionToFill, card_for_filling
from zhitong.domain.cards.rules.checking import PROBLEMS
from zhitong.domain.cards.rules.doubting import Known
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.cards.rules.merging import Merged, merged
from zhitong.domain.cards.rules.templates import Section
from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.scope import Viewer

TO_SEND = (ObligationState.MISSING, ObligationState.DRAFT, ObligationState.RETURNED)
_WITH = """
SELECT other.id
FROM cards_round round
JOIN cards_template form ON form.id = round.template_id
JOIN cards_round other ON other.period = round.period AND other.id <> round.id
JOIN cards_template template ON template.id = other.template_id AND template.campaign = form.campaign
JOIN cards_obligation obligation ON obligation.round_id = other.id AND obligation.subject_id = %(subject)s
LEFT JOIN cards_card card ON card.round_id = other.id AND card.subject_id = obligation.subject_id
WHERE round.id = %(round)s AND obligation.owed AND other.opens_on <= %(today)s AND other.locked_on >= %(today)s
  AND coalesce(card.state, 'missing') = ANY(%(states)s)
ORDER BY other.id
"""


@dataclass(frozen=True, slots=True)
class MergedCard:
    """One form for a person, and the cards it fills in: `parts`, the soonest due first; the problems go to the first."""

    card: CardToFill
    parts: tuple[CardToFill, ...]
    merged: Merged

    @property
    def version(self) -> str:
        """The versions of all parts in one word, as the form carries it."""
        return ".".join(str(one.version) for one in self.parts)


def merged_card_for_filling(viewer: Viewer, round_id: UUID, *, today: date) -> MergedCard:
    """The card of a round, with the cards of the same period that are still to be sent; a sent one stands alone.

    Costs what `card_for_filling` costs for each, and one query. Raises NotFound as that does.
    """
    asked = card_for_filling(viewer, round_id, today=today)
    others = _with(asked, today) if asked.state in TO_SEND and asked.may_submit else []
    parts = [asked, *(card_for_filling(viewer, other, today=today) for other in others)]
    parts.sort(key=lambda one: (one.due_on, one.round_id))
    whole = merged([one.template for one in parts])
    return MergedCard(_joined(parts, whole) if others else asked, tuple(parts), whole)


def _with(asked: CardToFill, today: date) -> list[UUID]:
    given: dict[str, UUID | date | list[str]] = {
        "subject": asked.subject_id, "round": asked.round_id, "today": today, "states": [str(state) for state in TO_SEND],
    }
    with connection.cursor() as cursor:
        cursor.execute(_WITH, given)
        return [row[0] for row in cursor.fetchall()]


def _joined(parts: Sequence[CardToFill], whole: Merged) -> CardToFill:
    first = parts[0]
    return replace(
        first, template=whole.template, sections=_sections(parts, whole), known=_known(parts, whole),
        state=next(state for state in reversed(TO_SEND) if any(one.state is state for one in parts)),
        may_draft=all(one.may_draft for one in parts), may_submit=all(one.may_submit for one in parts),
        locked_on=min(one.locked_on for one in parts), is_late=any(one.is_late for one in parts),
        return_reason="；".join(one.return_reason for one in parts if one.state is ObligationState.RETURNED),
        saved_at=max((one.saved_at for one in parts if one.saved_at), default=None),
        rows=tuple(row for one in parts for row in one.rows), new_rows=tuple(row for one in parts for row in one.new_rows),
        marks=whole.joined([one.marks for one in parts]), files=_files(parts, whole),
    )


def _files(parts: Sequence[CardToFill], whole: Merged) -> dict[str, Sequence[FileView]]:
    """The files of all parts; those beside problem rows stand with the first."""
    of_rows = {place: found for place, found in parts[0].files.items() if place.startswith(PROBLEMS)}
    return of_rows | whole.joined([one.files for one in parts])


def _sections(parts: Sequence[CardToFill], whole: Merged) -> tuple[SectionToFill, ...]:
    own = [{field.field.code: field for section in one.sections for field in section.fields} for one in parts]
    written = whole.joined([{code: one.written for code, one in fields.items()} for fields in own])
    last = whole.joined([{code: one.last for code, one in fields.items()} for fields in own])
    return tuple(_section(section, written, last) for section in whole.template.sections)


def _section(section: Section, written: dict[str, str], last: dict[str, str]) -> SectionToFill:
    return SectionToFill(section, tuple(
        FieldToFill(field, written.get(field.code, ""), last.get(field.code, "")) for field in section.fields
    ))


def _known(parts: Sequence[CardToFill], whole: Merged) -> Known:
    """What the checks of all parts look at, under the names of the merged card."""
    peers = {
        (names[field], names.get(per, "")): beside
        for one, names in zip(parts, whole.names, strict=True) for (field, per), beside in one.known.peers.items()
        if field in names
    }
    years = [one.known.is_same_year for one in parts if one.known.last]
    return Known(whole.joined([one.known.last for one in parts]), all(years), peers)
