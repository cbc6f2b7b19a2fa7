"""Conditions from outside become a tree and parameters, or a sentence: never SQL. R-H6."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.api.odata.grammar.conditions import DEEPEST, MOST_LISTED, MOST_PARTS, condition_of
from zhitong.api.odata.grammar.refusing import NotOffered, Unreadable
from zhitong.api.odata.grammar.tokens import LONGEST
from zhitong.domain.opendata.queries.conditions import Parameters, condition
from zhitong.domain.opendata.rules.filters import Compared, Comparison, Either, Every, Listed, Node, Not, Place, Worded
from zhitong.domain.opendata.rules.sets import SETS

PROBLEMS, TARGETS = SETS["problems"], SETS["targets"]
STATE, CLIMBS, DUE, ENDED = (PROBLEMS.by_name[name] for name in ("state", "climbs", "stage_due_at", "ended_at"))
ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def equal(name: str, value: object) -> Compared:
    return Compared(PROBLEMS.by_name[name], Comparison.EQUAL, value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "tree"), [
    ("state eq 'handling'", equal("state", "handling")),
    ("'handling' eq state", equal("state", "handling")),
    ("3 lt climbs", Compared(CLIMBS, Comparison.MORE, 3)),
    ("ended_at eq null", equal("ended_at", None)),
    ("confidential eq false", equal("confidential", False)),
    (f"id eq {ID}", equal("id", ID)),
    ("subject_name eq '李''氏'", equal("subject_name", "李'氏")),
    ("stage_due_at lt 2018-04-27T15:40:00+08:00", Compared(DUE, Comparison.LESS, datetime(2018, 4, 27, 7, 40, tzinfo=UTC))),
    ("stage_due_at lt 2018-04-27T15:40:00 08:00", Compared(DUE, Comparison.LESS, datetime(2018, 4, 27, 7, 40, tzinfo=UTC))),
    ("stage_due_at ge 2018-04-27T07:40Z", Compared(DUE, Comparison.AT_LEAST, datetime(2018, 4, 27, 7, 40, tzinfo=UTC))),
    ("state in ('a', 'b',null)", Listed(STATE, ("a", "b", None))),
    ("contains(subject_name,'石化')", Worded(PROBLEMS.by_name["subject_name"], Place.ANYWHERE, "石化")),
    ("climbs eq 1 or climbs eq 2 and not (state eq 'x')", Either((
        equal("climbs", 1), Every((equal("climbs", 2), Not(equal("state", "x")))),
    ))),
    ("(climbs eq 1 or climbs eq 2) and state eq 'x'", Every((Either((equal("climbs", 1), equal("climbs", 2))), equal("state", "x")))),
    ("hours_to_end gt 12.50", Compared(PROBLEMS.by_name["hours_to_end"], Comparison.MORE, Decimal("12.50"))),
])
def test_a_condition_is_read_as_odata_means_it(text: str, tree: Node) -> None:
    assert condition_of(text, PROBLEMS) == tree


def test_a_day_is_a_day() -> None:
    assert condition_of("deadline le 2018-12-31", TARGETS) == Compared(
        TARGETS.by_name["deadline"], Comparison.AT_MOST, date(2018, 12, 31)
    )


@pytest.mark.parametrize(("text", "sentence"), [
    ("stat eq 'x'", "没有“stat”这一列"),
    ("text eq 'x'", "不能用来筛选"),
    ("state eq handling", "不能和“handling”比较"),
    ("state eq 5", "列 state 是文字"),
    ("climbs eq 'one'", "列 climbs 是整数"),
    ("climbs gt null", "不能比大小"),
    ("confidential gt true", "不能比大小"),
    ("stage_due_at lt 2018-04-27T15:40:00", "列 stage_due_at 是时刻"),
    ("stage_due_at lt 0001-01-01T00:00:00Z", "列 stage_due_at 是时刻"),
    ("ended_at eq 2018-02-30", "列 ended_at 是时刻"),
    ("climbs add 1 eq 2", "应有比较"),
    ("year(ended_at) eq 2018", "不能用 “year”"),
    ("contains(climbs,'1')", "只能用于文字"),
    ("contains(state,1)", "要写文字"),
    ("state eq 'x", "读不懂"),
    ("state eq 'x' state eq 'y'", "多了内容"),
    ("(state eq 'x'", "没有写完"),
    ("state", "没有写完"),
    ("state eq 'x'; DROP TABLE problems_problem", "读不懂"),
    ("state eq 'x\x00'", "控制字符"),
    ("not " * (DEEPEST + 1) + "state eq 'x'", "最多套"),
    ("(" * (DEEPEST + 1), "最多套"),
    (" or ".join(["climbs eq 1"] * (MOST_PARTS + 1)), "个条件"),
    (f"climbs in ({','.join(['1'] * (MOST_LISTED + 1))})", "最多列"),
    ("x" * (LONGEST + 1), "个字符"),
    ("climbs eq 99999999999999999999999", "读不懂"),
    ("climbs eq 1e9", "读不懂"),
])
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        condition_of(text, PROBLEMS)


PIECES = st.sampled_from([
    *PROBLEMS.by_name, "eq", "ne", "gt", "and", "or", "not", "in", "(", ")", ",", "null", "true", "'x'", "''", "' OR 1=1 --", "1", "-1.5",
    "2018-04-27", "2018-04-27T07:40:00Z", str(ID), "contains", "startswith", ";", "%(now)s", "%s", "$$",
    "\\", "\u202e", "'\u2019'", "/*", "*/",
])
OURS = re.compile(r"(?:seen\.[a-z_]+|%\(given_\d+\)s(?:::text)?|strpos|starts_with|right|length|[A-Z]+|[()=<>,0 ])*")
"""Names of columns, signs that stand for values, and words of SQL: nothing else may come out."""
HOSTILE = st.text(max_size=60) | st.lists(PIECES, max_size=14).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(text=HOSTILE)
def test_hostile_conditions_become_names_and_parameters_or_a_refusal(text: str) -> None:
    try:
        tree = condition_of(text, PROBLEMS)
    except (Unreadable, NotOffered):
        return

    given = Parameters()
    sql = condition(tree, given.bind)

    for column in PROBLEMS.columns:
        sql = sql.replace(column.source, "") if column.at_reading else sql
    assert OURS.fullmatch(sql), sql
    assert all(f"%({name})s" in sql for name in given)


def sql_of(text: str) -> str:
    return condition(condition_of(text, PROBLEMS), Parameters().bind)


@pytest.mark.parametrize(("text", "sql"), [
    ("climbs gt 1", "(seen.climbs > %(given_0)s)"),
    ("not (climbs gt 1)", "(NOT ((seen.climbs > %(given_0)s) IS TRUE))"),
    ("rating ne 'x'", "(seen.rating IS DISTINCT FROM %(given_0)s)"),
    ("rating eq null", "(seen.rating IS NULL)"),
    ("rating in ('x',null)", "((seen.rating IN (%(given_0)s)) IS TRUE OR seen.rating IS NULL)"),
    ("startswith(number,'冀')", "(starts_with(seen.number, %(given_0)s::text))"),
])
def test_what_is_not_known_is_held_as_odata_holds_it(text: str, sql: str) -> None:
    assert sql_of(text) == sql
