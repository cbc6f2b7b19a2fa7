"""Keeping a draft: what is typed is kept as typed, wrong or not, so that nothing is lost; marked texts are not kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.cards.actions.asking import (
    NOT_KEPT,
    AlreadySubmitted,
    CardAccepted,
    Sent,
    ValuesRefused,
    ask_reporter,
    cells,
    one_card_each,
    require,
)
from zhitong.domain.cards.actions.filing import Filed, keep_files, places_of_files
from zhitong.domain.cards.actions.writing import CardWrite, write_cards
from zhitong.domain.cards.queries.beside import known_of
from zhitong.domain.cards.queries.fillings import Filling, fillings
from zhitong.domain.cards.queries.templates import template_asked
from zhitong.domain.cards.rules.cards import may_draft
from zhitong.domain.cards.rules.checking import Written, check
from zhitong.domain.cards.rules.doubting import NOTHING
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.texts import storable
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.clock import day_of

_UPSERT = """
INSERT INTO cards_draft (card_id, values, rows, saved_at)
SELECT card_id, typed, rows, %s FROM unnest(%s::uuid[], %s::jsonb[], %s::jsonb[]) AS draft (card_id, typed, rows)
ON CONFLICT (card_id) DO UPDATE SET values = excluded.values, rows = excluded.rows, saved_at = excluded.saved_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting(Sent):
    """What is being typed: values by field code, and the new problem rows."""

    values: Written
    rows: Sequence[Written] = ()


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """The card after keeping, and what would be refused or asked if it were sent now."""

    card_id: UUID
    version: int
    errors: Mapping[str, str]
    warnings: Mapping[str, str]


@transaction.atomic
def save_drafts(drafts: Sequence[Drafting], *, now: datetime) -> list[SavedDraft]:
    """Keep what is typed; returns each card's new version. A draft leaves no fact.

    Raises NotFound, NotOwed, RoundNotOpen, RoundLocked: the round does not take it.
    Raises CardMoved: another person changed the card meanwhile.
    Raises AlreadySubmitted, CardAccepted: a sent card is corrected by sending it again.
    Raises ValuesRefused: a text is marked as classified, or a file is none that its field takes; nothing is kept.
    Raises what `files.actions.attach` refuses: a file that is gone, or used elsewhere.
    """
    require(Permission.REPORT)
    one_card_each(drafts)
    found = fillings([one.place for one in drafts])
    asked = [ask_reporter(one, found.get(one.place), day_of(now)) for one in drafts]
    for filling in asked:
        _ask(filling)
    known = known_of(asked)
    checks = [
        check(template_asked(filling.template_id, filling.lists), one.values, one.rows, complete=False, known=known.get(one.place, NOTHING))
        for one, filling in zip(drafts, asked, strict=True)
    ]
    for checked in checks:
        if checked.troubles.forbidden:
            raise ValuesRefused("内容里有涉密字样，草稿没有保存。", dict(checked.troubles.forbidden))
    ids = write_cards([
        CardWrite(filling, one.actor, filling.state or CardState.DRAFT)
        for one, filling in zip(drafts, asked, strict=True)
    ], now, way_on=NOT_KEPT)
    _keep(ids, drafts, now)
    keep_files([
        Filed(card_id, one.actor, places_of_files(template_asked(filling.template_id, filling.lists), checked), bool(filling.card_id))
        for card_id, one, filling, checked in zip(ids, drafts, asked, checks, strict=True)
    ], now)
    post(postings([(cells(one, one.state), cells(one, one.state or CardState.DRAFT)) for one in asked]))
    return [
        SavedDraft(card_id, filling.version + 1, checked.troubles.errors, checked.troubles.warnings)
        for card_id, filling, checked in zip(ids, asked, checks, strict=True)
    ]


def _ask(filling: Filling) -> None:
    if may_draft(filling.state):
        return
    if filling.state is CardState.ACCEPTED:
        raise CardAccepted("这张卡已经审核通过，不能再改。如需更正，请联系审核单位退回后再填。")
    raise AlreadySubmitted("这张卡已经报送，不再保存草稿。如需更正，请改好后直接重新报送。")


def _keep(ids: Sequence[UUID], drafts: Sequence[Drafting], now: datetime) -> None:
    rows = [
        (card_id, _json(dict(one.values)), _json([dict(row) for row in one.rows]))
        for card_id, one in zip(ids, drafts, strict=True)
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [now, *(list(column) for column in zip(*rows, strict=True))])


def _json(typed: Any) -> str:
    return json.dumps(storable(typed), ensure_ascii=False)
