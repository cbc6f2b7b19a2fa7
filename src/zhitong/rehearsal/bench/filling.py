"""Filling a scratch database with very many problems, by one INSERT … SELECT per table; for measuring reads only.

Three quarters stand in counties and zones, one in townships; a fifth is open; of those in counties one in eight has
climbed to its city. Foreign keys are dropped and indexes built afterwards, so that the filling itself is quick: what
is measured then has every index and every policy of the real tables.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.kit import clock
from zhitong.rehearsal.stage import require_stage

FILLED = ("problems_problem", "problems_spell", "problems_party")

_DROP_KEYS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
_POINTING = (
    "SELECT conrelid::regclass::text, conname FROM pg_constraint"
    " WHERE contype = 'f' AND confrelid = %s::regclass AND conparentid = 0"
)
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""
_KEPT = """
CREATE TABLE bench_kept AS
WITH kept AS (
    SELECT region_id, line_id, unit_id FROM organisations_line_kept WHERE until IS NULL
    UNION ALL
    SELECT unit.region_id, line.id, unit.id FROM organisations_unit unit CROSS JOIN organisations_line line
    WHERE unit.keeps_all_lines
)
SELECT kept.*, region.rank = 'township' AS is_township, above.unit_id AS above_unit_id,
       above.region_id AS above_region_id, office.id AS office_id,
       row_number() OVER (PARTITION BY region.rank = 'township' ORDER BY region.position, kept.line_id) - 1 AS place
FROM kept JOIN organisations_region region ON region.id = kept.region_id AND region.rank IN ('county', 'township')
LEFT JOIN organisations_region_edge edge
    ON edge.region_id = region.id AND edge.relation = 'reporting' AND edge.until IS NULL
LEFT JOIN kept above ON above.region_id = edge.parent_id AND above.line_id = kept.line_id
CROSS JOIN LATERAL (
    SELECT unit.id FROM organisations_region_within within JOIN organisations_unit unit
        ON unit.region_id = within.ancestor_id AND unit.kind = 'campaign_office'
    WHERE within.region_id = region.id ORDER BY within.depth LIMIT 1
) AS office
"""
_PROBLEMS = """
INSERT INTO problems_problem (
    id, number, campaign, source, nature, subject_name, subject_kind, reporter_unit_id, region_id, category, line_id,
    text, known_to_head, confidential, urgency, tier, state, outcome, rating, decline_reason, routing_words, rule_code,
    open_spell_id, accountable_unit_id, level_region_id, stage, stage_due_at, warn_at, due_is_provisional, first_due_at,
    due_at, submitted_at, accepted_at, ended_at, asks, send_backs, rejections, climbs, last_act, last_at)
SELECT uuid7(), 'bench-' || n, 'hebei-2018', 'report', 'request', '演示企业' || n %% %(firms)s, 'industry',
       firm.unit_id, kept.region_id, 'energy', kept.line_id, {text}, true, h %% 33 = 0, 'ordinary', 'county',
       state.word, '', '', '', '', '', CASE WHEN state.open THEN gen_random_uuid() END,
       CASE WHEN NOT state.open THEN NULL WHEN climbed THEN above_unit_id ELSE kept.unit_id END,
       CASE WHEN climbed THEN above_region_id ELSE kept.region_id END, CASE WHEN state.open THEN 'complete' ELSE '' END,
       CASE WHEN state.open THEN at + interval '21 days' END, CASE WHEN state.open THEN at + interval '20 days' END,
       false, at + interval '21 days', at + interval '21 days', at, at,
       CASE WHEN NOT state.open THEN at + interval '9 days' END, 0, 0, 0, climbed::int, 'dispatch', at
FROM generate_series(1, %(rows)s) AS series (n)
CROSS JOIN LATERAL (SELECT abs(hashint8(n)::bigint) AS h) AS hashed
JOIN bench_kept kept ON kept.is_township = (h %% 4 = 0)
    AND kept.place = (h / 4) %% CASE WHEN h %% 4 = 0 THEN %(townships)s ELSE %(counties)s END
JOIN bench_firm firm ON firm.place = n %% %(firms)s
CROSS JOIN LATERAL (SELECT %(now)s - make_interval(secs => (%(rows)s - n) * 86400.0 * 180 / %(rows)s) AS at) AS moment
CROSS JOIN LATERAL (SELECT above_unit_id IS NOT NULL AND h %% 8 = 1 AS climbed) AS climbing
CROSS JOIN LATERAL (
    SELECT CASE h / 97 %% 100 WHEN 0 THEN 'proposed' WHEN 1 THEN 'confirmed' ELSE
        CASE WHEN h / 97 %% 100 < 5 THEN 'dispatched' WHEN h / 97 %% 100 < 8 THEN 'answered'
             WHEN h / 97 %% 100 < 20 THEN 'handling' ELSE 'closed' END END AS word, h / 97 %% 100 < 20 AS open
) AS state
ORDER BY n
"""
_SPELLS = """
INSERT INTO problems_spell (id, problem_id, kind, unit_id, region_id, started_at, first_due_at, due_at)
SELECT open_spell_id, id, 'handling', accountable_unit_id, level_region_id, submitted_at, due_at, due_at
FROM problems_problem WHERE open_spell_id IS NOT NULL
"""
_PARTIES = """
INSERT INTO problems_party (unit_id, problem_id, role, since)
SELECT DISTINCT ON (party.unit_id, problem.id) party.unit_id, problem.id, party.role, problem.submitted_at
FROM problems_problem problem
JOIN bench_kept kept ON kept.region_id = problem.region_id AND kept.line_id = problem.line_id
CROSS JOIN LATERAL (VALUES
    (problem.reporter_unit_id, 'informed'), (kept.office_id, 'office'), (kept.unit_id, 'handler'),
    (problem.accountable_unit_id, 'handler')) AS party (unit_id, role)
WHERE party.unit_id IS NOT NULL
"""
_WORDS = """
INSERT INTO problems_wording (thing, number, words, name, places, hidden)
SELECT one.id, wording_plain(one.number), problems_words(one.unnamed, one.subject_name, one.text),
       wording_plain(one.subject_name), array_remove(place.ids || one.line_id, NULL), one.confidential
FROM problems_problem one JOIN (
    SELECT region_id, array_agg(ancestor_id) AS ids FROM organisations_region_within GROUP BY region_id
) place ON place.region_id = one.region_id
ORDER BY one.id
"""
_UNSAID = """
SELECT attribute.attrelid::regclass::text, attribute.attname, CASE type.typcategory WHEN 'N' THEN '0' WHEN 'B' THEN 'false' ELSE '' END
FROM pg_attribute attribute JOIN pg_type type ON type.oid = attribute.atttypid
WHERE attribute.attrelid = ANY(%s::regclass[]) AND attribute.attnum > 0 AND attribute.attnotnull AND NOT attribute.atthasdef
  AND attribute.attidentity = '' AND NOT attribute.attisdropped AND type.typcategory IN ('N', 'B', 'S')
"""
"""Columns that must say something and that the filling says nothing of: zero, false, or no word."""
FIRMS = 2000
SHORT_TEXT = "'演示问题' || n"


def fill(rows: int, *, text: str = SHORT_TEXT) -> None:
    """Fill the three tables (as their owner); the campaign is loaded already.

    `text` is the SQL of a problem's text, from `n` (its number, from 1), `h` (a hash of it) and `%(rows)s`. The words beside
    the problems are left out: `fill_words` writes them.
    """
    require_stage()
    _firms()
    with connection.cursor() as cursor:
        indexes = _strip(cursor)
        _say_nothing(cursor)
        cursor.execute(_KEPT)
        cursor.execute("SELECT count(*) FILTER (WHERE is_township), count(*) FILTER (WHERE NOT is_township) FROM bench_kept")
        townships, counties = cursor.fetchone()
        cursor.execute("ALTER TABLE problems_problem DISABLE TRIGGER words_of_new")
        cursor.execute(
            _PROBLEMS.format(text=text),
            {"rows": rows, "firms": FIRMS, "townships": townships, "counties": counties, "now": clock.now()},
        )
        cursor.execute("ALTER TABLE problems_problem ENABLE TRIGGER words_of_new")
        cursor.execute(_SPELLS)
        cursor.execute(_PARTIES)
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")


def _say_nothing(cursor: Any) -> None:
    cursor.execute(_UNSAID, [list(FILLED)])
    for table, column, nothing in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT '{nothing}'")


def fill_words() -> None:
    """Write the words beside the problems, the index afterwards (as their owner)."""
    require_stage()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('problems_wording_signs'::regclass)")
        [definition] = cursor.fetchone()
        cursor.execute("DROP INDEX problems_wording_signs")
        cursor.execute(_WORDS)
        cursor.execute(definition)
        for column in (1, 2):
            cursor.execute(f"ALTER INDEX problems_wording_signs ALTER COLUMN {column} SET STATISTICS 0")
        cursor.execute("VACUUM ANALYZE problems_wording")


def _firms() -> None:
    """The firms that report, all in the first county; the first of them can be looked through."""
    here = directory()
    county = next(region for region in here.regions.values() if region.rank is Rank.COUNTY)
    units = found_served_units(
        ServedUnit(code="bench-firm" if place == 0 else f"bench-firm-{place}", name=f"演示企业{place}", region_id=county.id)
        for place in range(FIRMS)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_firm AS SELECT * FROM unnest(%s::int[], %s::uuid[]) AS firm (place, unit_id)",
            [list(range(FIRMS)), [unit_id for unit_id, _post_id in units]],
        )


def _strip(cursor: Any) -> list[str]:
    """Take keys and plain indexes off the tables to be filled; returns how the indexes are made again."""
    definitions = []
    for table in FILLED:
        cursor.execute(_POINTING, [table])
        for other, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {other} DROP CONSTRAINT "{name}"')
    for table in FILLED:
        cursor.execute(_DROP_KEYS, [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES, [table])
        for index, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {index}")
            definitions.append(definition)
    return definitions
