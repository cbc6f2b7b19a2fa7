"""Sending cards: checked, kept, and their new problem rows frozen and handed on to be opened as problems.

Called by `problems.actions.submit_card`, which opens the problems in the same transaction and marks the rows.
A row already raised lives its own life: sending the card again neither repeats nor withdraws it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.actions.asking import (
    NOT_KEPT,
    CardAccepted,
    Sent,
    ValuesRefused,
    WarningsUnconfirmed,
    ask_filler,
    ask_reporter,
    cells,
    one_card_each,
    require,
)
from zhitong.domain.cards.actions.confirming import ask_answers, keep_doubts
from zhitong.domain.cards.actions.filing import Filed, keep_files, places_of_files
from zhitong.domain.cards.actions.raising import RowToRaise, keep_rows, rows_of
from zhitong.domain.cards.actions.writing import CardWrite, write_cards
from zhitong.domain.cards.queries.beside import known_of
from zhitong.domain.cards.queries.fillings import Filling, fillings
from zhitong.domain.cards.queries.kept import Kept, kept
from zhitong.domain.cards.queries.templates import template_asked
from zhitong.domain.cards.rules.cards import is_late, may_submit
from zhitong.domain.cards.rules.changes import replaced_by
from zhitong.domain.cards.rules.checking import Checked, Written, check, matter_of
from zhitong.domain.cards.rules.doubting import NOTHING, Known
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.cards.rules.oddities import digest_of_figures
from zhitong.domain.cards.rules.reading import Clean
from zhitong.domain.cards.rules.rounds import FillManner
from zhitong.domain.cards.rules.templates import Template
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell, postings
from zhitong.kit.acts import whole
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

LONGEST_SOURCE = 200
ROW_ID = "id"
"""A row that carries the id of a raised one is that row, shown again, and is not read."""

_FIGURES = """
WITH sent AS (
    SELECT * FROM unnest(%s::uuid[], %s::jsonb[], %s::uuid[], %s::text[], %s::text[])
        AS sent (card_id, said, round_id, origin, figures)
), traced AS (
    INSERT INTO cards_trace (card_id, round_id, sent_at, origin, figures)
    SELECT card_id, round_id, %s, origin, figures FROM sent
    ON CONFLICT (card_id) DO UPDATE SET sent_at = excluded.sent_at, origin = excluded.origin, figures = excluded.figures
)
INSERT INTO cards_figures (card_id, values) SELECT card_id, said FROM sent
ON CONFLICT (card_id) DO UPDATE SET values = excluded.values
"""
@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Sent):
    """A card to send: values by field code and problem rows; `confirmed` says yes to what looks wrong, `answers` why,
    by place.

    `for_firm` is from what somebody else fills it in for the firm (代填): by telephone, on a visit, from a report; empty
    when the firm does so itself. `origin` is a digest of the device and address it came from, where a door knows it.
    """

    values: Written
    rows: Sequence[Written] = ()
    confirmed: bool = False
    for_firm: str = ""
    origin: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubmittedCard:
    """A card as it was taken; `is_correction` when it had been sent before."""

    card_id: UUID
    version: int
    is_late: bool
    is_correction: bool
    rows: tuple[RowToRaise, ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    """A submission that may be taken, with everything known of it."""

    submission: Submission
    filling: Filling
    checked: Checked
    kept: Kept
    is_late: bool

    @property
    def form(self) -> Template:
        """What of the template was asked."""
        return template_asked(self.filling.template_id, self.filling.lists)

    @property
    def new_rows(self) -> list[dict[str, Clean]]:
        """The rows whose matter this card has not raised before."""
        return [row for row in self.checked.rows if matter_of(row) not in self.kept.matters]


@whole
def submit_cards(submissions: Sequence[Submission], *, now: datetime) -> list[SubmittedCard]:
    """Take cards; returns, in order, each with the problem rows to open. Seven statements for first
    sendings, whatever the number; one less where the template lays nothing beside the last card or peers.

    Raises NotFound, NotOwed, RoundNotOpen, RoundLocked: the round does not take it.
    Raises NotFiller: whoever fills in for the firm neither cares for it nor collects its card, or raises problems for it.
    Raises CardMoved: another person changed the card meanwhile. Raises CardAccepted: it must be returned first.
    Raises ValuesRefused, WarningsUnconfirmed: `fields` says what is wrong, or looks wrong, at which place.
    Raises BadInput: an answer to a doubt is too long or marked as classified.
    """
    one_card_each(submissions)
    found = fillings([one.place for one in submissions])
    asked = [_asked(one, found.get(one.place), day_of(now)) for one in submissions]
    before = kept([filling.card_id for filling in asked if filling.card_id])
    known = known_of(asked)
    taken = [
        _take(
            one, filling, before.get(filling.card_id, Kept()) if filling.card_id else Kept(),
            known.get(one.place, NOTHING), now,
        )
        for one, filling in zip(submissions, asked, strict=True)
    ]
    ids = write_cards(
        [
            CardWrite(one.filling, one.submission.actor, CardState.SUBMITTED, now, "", one.submission.for_firm.strip())
            for one in taken
        ],
        now, way_on=NOT_KEPT,
    )
    rows = [rows_of(one.filling, card_id, one.new_rows) for one, card_id in zip(taken, ids, strict=True)]
    _write(taken, ids, rows, now)
    post(postings([(cells(one.filling, one.filling.state), _cells_sent(one, now)) for one in taken]))
    record_many([_fact(*one, now) for one in zip(taken, ids, rows, strict=True)])
    return [
        SubmittedCard(card_id, one.filling.version + 1, one.is_late, one.filling.first_submitted_at is not None, raised)
        for one, card_id, raised in zip(taken, ids, rows, strict=True)
    ]


def _asked(one: Submission, filling: Filling | None, today: date) -> Filling:
    """The obligation, once whoever sends may: the firm itself, or who fills it in for the firm."""
    if one.for_firm:
        require(Permission.HANDLE)
        source = clean_text(one.for_firm)
        trouble = text_trouble(source, LONGEST_SOURCE) if source else "请写明根据什么代填，例如：电话询问会计。"
        if trouble:
            raise BadInput(trouble, {"source": trouble})
        if one.rows:
            raise BadInput("代填的卡片不写问题：问题要由企业自己反映，走访听到的请用“补录”登记。", {"rows": "请去掉问题。"})
        return ask_filler(one, filling, today)
    require(Permission.REPORT)
    return ask_reporter(one, filling, today)


def _cells_sent(one: _Taken, now: datetime) -> list[Cell]:
    """Where the obligation counts now; what the firm said to an earlier card is forgotten."""
    manner = FillManner.FOR_FIRM if one.submission.for_firm else FillManner.OWN
    return cells(
        one.filling, CardState.SUBMITTED, filled_by=manner, confirmed_at=None, disputed_at=None,
        first_submitted_at=one.filling.first_submitted_at or now,
    )


def _take(one: Submission, filling: Filling, before: Kept, known: Known, now: datetime) -> _Taken:
    if not may_submit(filling.state):
        raise CardAccepted("这张卡已经审核通过，不能再改。如需更正，请联系审核单位退回后再报送。")
    rows = [_without_id(row) for row in one.rows if str(row.get(ROW_ID, "")) not in before.row_ids]
    checked = check(template_asked(filling.template_id, filling.lists), one.values, rows, known=known)
    troubles = checked.troubles
    if troubles.errors:
        raise ValuesRefused(f"有{len(troubles.errors)}处需要修改，卡片还没有报送。请按提示改好后再报送。", troubles.errors)
    if troubles.warnings and not one.confirmed:
        raise WarningsUnconfirmed(
            f"有{len(troubles.warnings)}处请核对，卡片还没有报送。确认无误的，请选择“核对无误，仍然报送”。",
            troubles.warnings,
        )
    ask_answers(one.answers)
    sent_on = day_of(filling.first_submitted_at) if filling.first_submitted_at else None
    return _Taken(one, filling, checked, before, is_late(filling.due_on, sent_on, day_of(now), filling.held_on))


def _without_id(row: Written) -> dict[str, object]:
    return {code: value for code, value in row.items() if code != ROW_ID}


def _write(
    taken: Sequence[_Taken], ids: Sequence[UUID], rows: Sequence[tuple[RowToRaise, ...]], now: datetime
) -> None:
    if not taken:
        return
    begun = [card_id for card_id, one in zip(ids, taken, strict=True) if one.filling.card_id]
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [
            list(ids), [_json(one.checked.values) for one in taken], [one.filling.round_id for one in taken],
            [one.submission.origin for one in taken], _digests(taken), now,
        ])
        if begun:
            cursor.execute("DELETE FROM cards_draft WHERE card_id = ANY(%s)", [begun])
            cursor.execute("DELETE FROM cards_doubt WHERE card_id = ANY(%s)", [begun])
    keep_rows([(len(one.kept.row_ids), raised) for one, raised in zip(taken, rows, strict=True)], now)
    keep_files([
        Filed(card_id, one.submission.actor, places_of_files(one.form, one.checked), bool(one.filling.card_id))
        for card_id, one in zip(ids, taken, strict=True)
    ], now, is_sent=True)
    keep_doubts([
        (card_id, one.checked.troubles.warnings, one.submission.answers)
        for card_id, one in zip(ids, taken, strict=True)
    ])


def _digests(taken: Sequence[_Taken]) -> list[str]:
    return [digest_of_figures(one.form, one.checked.values) for one in taken]


def _fact(one: _Taken, card_id: UUID, rows: tuple[RowToRaise, ...], now: datetime) -> Fact:
    """The fact of a sending; a correction keeps what it replaced."""
    filling, before = one.filling, one.kept.values
    replaced = replaced_by(before, one.checked.values) if before else {}
    body = {
        "round": filling.round_id, "subject": filling.subject_id, "region": filling.region_id,
        "version": filling.version + 1, "late": one.is_late, "correction": filling.first_submitted_at is not None,
        "rows": [row.row_id for row in rows], "confirmed": sorted(one.checked.troubles.warnings),
        "for_firm": bool(one.submission.for_firm),
    }
    details = {"replaced": _json(replaced)} if replaced else {}
    if one.submission.for_firm:
        details["source"] = one.submission.for_firm.strip()
    return Fact(str(CardFact.SUBMITTED), "card", card_id, one.submission.actor, now, body, details)


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
