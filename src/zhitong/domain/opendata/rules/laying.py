"""The SQL of the schema `open_data`: a view for each set, whose rows the reader's own rights decide. Pure.

Views are laid by `actions.laying` after every migration and are no part of any: what they are made of may change freely.
"""

from __future__ import annotations

from hashlib import sha256

from zhitong.domain.opendata.rules.columns import DataSet
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.problems.rules.open_reach import HIDDEN

SCHEMA = "open_data"
_READERS = "zhitong_web, zhitong_worker"

_BETWEEN = r"[\s\-—－.·]?"
_DIGIT = "[0-9０-９]"
_NUMBER = (
    rf"(?<!{_DIGIT})(?:\+?86{_BETWEEN})?[1１]{_BETWEEN}[3-9３-９](?:{_BETWEEN}{_DIGIT}){{9}}(?!{_DIGIT})"
    rf"|(?<!{_DIGIT})[(（]?[0０]{_DIGIT}{{2,3}}[)）]?{_BETWEEN}{_DIGIT}{{7,8}}(?!{_DIGIT})"
    rf"|(?<=电话)[是为:：\s]*{_DIGIT}{{5,12}}|(?<=手机)[是为:：\s]*{_DIGIT}{{5,12}}|(?<=微信)[号是为:：\s]*[\w-]{{5,20}}"
)
"""The SQL twin of `open_reach.without_numbers`."""
_MAY_HAVE_ONE = rf"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{4}}|微信"
"""What every text with a number has, found many times faster than the number itself."""
_WITHOUT_NUMBERS = f"""
CREATE FUNCTION {SCHEMA}.without_numbers(written text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $body$
BEGIN
    IF written !~ '{_MAY_HAVE_ONE}' THEN RETURN written; END IF;
    RETURN regexp_replace(written, '{_NUMBER}', '{HIDDEN}', 'g');
END $body$"""
"""Told to be dear, so that it is asked of the rows of a page and not of all that were sorted for it."""
TAKING_DOWN = f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"


def view_of(data: DataSet) -> str:
    """The statement that makes the view of a set, each row seen only by who sees what it is made of."""
    columns = ",\n        ".join(f"{column.source} AS {column.name}" for column in data.viewed)
    return f"CREATE VIEW {SCHEMA}.{data.name} WITH (security_invoker = true) AS\n    SELECT\n        {columns}\n    {data.tables}"


def statements() -> list[str]:
    """Everything that lays the schema where there is none, in order."""
    told = [
        f"COMMENT ON COLUMN {SCHEMA}.{data.name}.{column.name} IS {_quoted(column.about)}"
        for data in SETS.values() for column in data.viewed
    ]
    return [
        f"CREATE SCHEMA {SCHEMA}",
        _WITHOUT_NUMBERS,
        *(view_of(data) for data in SETS.values()),
        *(f"COMMENT ON VIEW {SCHEMA}.{data.name} IS {_quoted(data.about)}" for data in SETS.values()),
        *told,
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {_READERS}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {_READERS}",
    ]


def mark() -> str:
    """What tells this schema from one laid by other code."""
    return sha256("\n".join(statements()).encode()).hexdigest()[:16]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
