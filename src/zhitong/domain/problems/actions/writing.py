"""Writing what a batch of changes comes to: a fixed number of set-based statements, no decision among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Fact
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems import models
from zhitong.domain.problems.actions.staying import write_stays
from zhitong.domain.problems.rules.cuts import cells
from zhitong.domain.problems.rules.facts import FACT_OF
from zhitong.domain.problems.rules.standing import Change, SpellStanding, Standing
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell, postings

# Columns of the problem that acts change: (name in Standing, column, type in PostgreSQL).
MUTABLE = (
    ("line_id", "line_id", "uuid"), ("category", "category", "text"), ("nature", "nature", "text"),
    ("urgency", "urgency", "text"), ("state", "state", "text"), ("outcome", "outcome", "text"),
    ("rating", "rating", "text"), ("decline_reason", "decline_reason", "text"),
    ("routing_words", "routing_words", "text"), ("rule_code", "rule_code", "text"),
    ("open_spell_id", "open_spell_id", "uuid"), ("accountable_unit_id", "accountable_unit_id", "uuid"),
    ("level_region_id", "level_region_id", "uuid"), ("relay_unit_id", "relay_unit_id", "uuid"),
    ("stage", "stage", "text"), ("stage_since", "stage_since", "timestamptz"),
    ("stage_due_at", "stage_due_at", "timestamptz"), ("warn_at", "warn_at", "timestamptz"),
    ("due_is_provisional", "due_is_provisional", "boolean"), ("first_due_at", "first_due_at", "timestamptz"),
    ("due_at", "due_at", "timestamptz"), ("accepted_at", "accepted_at", "timestamptz"),
    ("corrected_at", "corrected_at", "timestamptz"),
    ("answered_at", "answered_at", "timestamptz"), ("ended_at", "ended_at", "timestamptz"),
    ("asks", "asks", "smallint"), ("send_backs", "send_backs", "smallint"), ("rejections", "rejections", "smallint"),
    ("climbs", "climbs", "smallint"), ("objections", "objections", "smallint"),
    ("hand_overs", "hand_overs", "smallint"), ("extensions", "extensions", "smallint"), ("pauses", "pauses", "smallint"),
    ("broken_dates", "broken_dates", "smallint"), ("contact_voids", "contact_voids", "smallint"),
    ("wantings", "wantings", "smallint"),
    ("open_parts", "open_parts", "smallint"), ("verified", "verified", "boolean"),
    ("misrouted", "misrouted", "boolean"), ("returns_on", "returns_on", "date"),
    ("closable_at", "closable_at", "timestamptz"),
    ("pending", "pending", "text"), ("decider_unit_id", "decider_unit_id", "uuid"),
    ("offered_unit_id", "offered_unit_id", "uuid"), ("looker_unit_id", "looker_unit_id", "uuid"),
    ("prechecker_unit_id", "prechecker_unit_id", "uuid"),
    ("merged_into_id", "merged_into_id", "uuid"), ("last_act", "last_act", "text"), ("last_unit_id", "last_unit_id", "uuid"),
    ("last_at", "last_at", "timestamptz"),
)
_SPELL = (
    ("id", "uuid"), ("problem_id", "uuid"), ("previous_id", "uuid"), ("kind", "text"), ("unit_id", "uuid"),
    ("region_id", "uuid"), ("started_at", "timestamptz"), ("acknowledged_at", "timestamptz"),
    ("stopped_at", "timestamptz"), ("first_due_at", "timestamptz"), ("due_at", "timestamptz"),
    ("clock_from", "timestamptz"), ("contact_confirmed", "boolean"), ("designated", "boolean"),
)


def write(changes: Sequence[Change], directory: Directory) -> None:
    """Write a batch of changes to standing problems: parties first, then the move, then what is told of it."""
    write_parties((change.after.id, unit_id, role.value, change.at) for change in changes
                  for unit_id, role in change.parties)
    _close_and_amend_spells(changes)
    _open_spells(changes)
    _add_rows(changes)
    _update_problems(changes)
    post_moves([(change.before, change.after) for change in changes], directory)
    write_stays(((change.before, change.after, change.act, change.at) for change in changes), directory)
    tell(changes)


def columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows turned into as many parallel lists as there are columns, for unnest."""
    turned = [list(column) for column in zip(*rows, strict=True)]
    return turned or [[] for _ in range(width)]


def casts(types: Iterable[str]) -> str:
    """Placeholders for unnest, one array per column."""
    return ", ".join(f"%s::{name}[]" for name in types)


def word(value: Any) -> Any:
    """An enum as its stored word; what is absent as an empty word only where the column has no null."""
    return value.value if hasattr(value, "value") else value


def mutable_values(standing: Standing) -> list[Any]:
    """The values of MUTABLE for a standing, in their order."""
    blank = {"outcome", "rating", "stage", "pending"}
    special = {"open_spell_id": standing.spell.id if standing.spell else None,
               "accountable_unit_id": standing.accountable_unit_id}
    values = []
    for name, _column, _type in MUTABLE:
        value = special[name] if name in special else getattr(standing, name)
        values.append("" if value is None and name in blank else word(value))
    return values


def write_parties(rows: Iterable[tuple[UUID, UUID, str, Any]]) -> None:
    """Add units to problems; one that takes part already stays as it is."""
    table = columns(rows, 4)
    if table[0]:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO problems_party (problem_id, unit_id, role, since)"
                f" SELECT * FROM unnest({casts(('uuid', 'uuid', 'text', 'timestamptz'))}) ON CONFLICT DO NOTHING",
                table,
            )


def _close_and_amend_spells(changes: Sequence[Change]) -> None:
    """The spell each problem had: closed when the problem moved on, otherwise brought up to date."""
    rows: list[tuple[Any, ...]] = []
    for change in changes:
        before, after = change.before.spell, change.after.spell
        if before is None:
            continue
        if after is None or after.id != before.id:
            rows.append((before.id, change.at, *_amendable(before)))
        elif after != before:
            rows.append((after.id, None, *_amendable(after)))
    if not rows:
        return
    types = ("uuid", "timestamptz", "timestamptz", "timestamptz", "timestamptz", "boolean")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE problems_spell spell SET ended_at = new.ended_at, acknowledged_at = new.acknowledged_at,"
            " stopped_at = new.stopped_at, due_at = new.due_at, contact_confirmed = new.contact_confirmed"
            f" FROM unnest({casts(types)})"
            " AS new (id, ended_at, acknowledged_at, stopped_at, due_at, contact_confirmed)"
            " WHERE spell.id = new.id",
            columns(rows, len(types)),
        )


def _amendable(spell: SpellStanding) -> tuple[Any, ...]:
    return spell.acknowledged_at, spell.stopped_at, spell.due_at, spell.contact_confirmed


def _open_spells(changes: Sequence[Change]) -> None:
    opened = []
    for change in changes:
        before, after = change.before.spell, change.after.spell
        if after is not None and (before is None or after.id != before.id):
            opened.append((change.after.id, before.id if before else change.follows, after))
    write_spells(opened)


def write_spells(opened: Iterable[tuple[UUID, UUID | None, SpellStanding]]) -> None:
    """Insert spells: (problem, previous spell, the spell as it stands)."""
    rows = [
        (spell.id, problem_id, previous_id, spell.kind.value, spell.unit_id, spell.region_id, spell.started_at,
         spell.acknowledged_at, spell.stopped_at, spell.first_due_at, spell.due_at, spell.clock_from,
         spell.contact_confirmed, spell.designated)
        for problem_id, previous_id, spell in opened
    ]
    if rows:
        names = ", ".join(name for name, _type in _SPELL)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO problems_spell ({names}) SELECT * FROM unnest({casts(kind for _name, kind in _SPELL)})",
                columns(rows, len(_SPELL)),
            )


def _add_rows(changes: Sequence[Change]) -> None:
    """Typed rows changed, then typed rows added, a statement per row or kind: what is over makes room for what begins."""
    for change in changes:
        for name, row_id, values in change.amend:
            getattr(models, name).objects.filter(id=row_id).update(**values)
    added: dict[str, list[Any]] = {}
    for change in changes:
        for name, values in change.rows:
            added.setdefault(name, []).append(getattr(models, name)(**values))
    for name, rows in added.items():
        getattr(models, name).objects.bulk_create(rows)


def _update_problems(changes: Sequence[Change]) -> None:
    sets = ", ".join(f"{column} = new.{column}" for _name, column, _type in MUTABLE)
    names = ", ".join(column for _name, column, _type in MUTABLE)
    types = ("uuid", *(kind for _name, _column, kind in MUTABLE))
    rows = [(change.after.id, *mutable_values(change.after)) for change in changes]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE problems_problem problem SET {sets}"
            f" FROM unnest({casts(types)}) AS new (id, {names}) WHERE problem.id = new.id",
            columns(rows, len(types)),
        )


def post_moves(moves: Sequence[tuple[Standing | None, Standing]], directory: Directory) -> None:
    """Post what a batch of moves changes in the counts."""

    def cells_of(standing: Standing | None) -> list[Cell]:
        return cells(standing, lambda region_id: directory.regions[region_id].rank) if standing else []

    post(postings([(cells_of(before), cells_of(after)) for before, after in moves]))


def fact_of(change: Change) -> Fact:
    """The fact an act leaves: where the problem stood and stands, with what the act added."""
    body = {
        "from": change.before.state, "to": change.after.state, "unit": change.after.accountable_unit_id,
        "level": change.after.level_region_id, "due": change.after.stage_due_at, **change.body,
    }
    return Fact(FACT_OF[change.act].value, "problem", change.after.id, change.actor, change.at, body, change.words)


def tell(changes: Sequence[Change]) -> None:
    """Record the facts of a batch."""
    record_many([fact_of(change) for change in changes])

