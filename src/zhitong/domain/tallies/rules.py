"""A cut: what is counted, along which dimensions, and how the truth of now and of earlier can be told from the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhitong.kit.clock import SHANGHAI, day_of

Cell = tuple[str, UUID, str, str, str]
"""(cut, node, a, b, c)"""
DAILY_FROM = 50
"""A node with so many nodes in its branch has its days summed one by one; of a smaller one a month is soon read anew."""
CLOSED_AFTER = timedelta(hours=1)
"""A day is closed when it has been over for so long: who began an act before midnight has written it by then."""
FIRST, LAST = date(1970, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Past:
    """How the past of a cut is told from rows that say from when to when a thing stood in which cell.

    `moves` is SQL giving node, a, b, c, n, at: what entered (n > 0) and what left (n < 0) from %(since)s on and before
    %(until)s; it has a place `{within}` in each of its conditions, where " AND <place> IN (…)" narrows it to some nodes,
    `place` being the column. `standing` is SQL giving node, a, b, c, n of what stood just before %(since)s, `first` SQL
    giving the moment of the very first move.
    """

    moves: str
    standing: str
    place: str
    first: str


FIRST_STEP, SECOND_STEP = "1", "2"


@dataclass(frozen=True, slots=True)
class Cut:
    """A declared cut. `dimensions` names at most three beside the node; `truth` is SQL giving node, a, b, c, n.

    A cut whose name ends in `.confidential` is for viewers of a whole territory; the second wall reads the name. A cut
    without a `past` can be asked for the present only, one without a `truth` for the past only.

    In a cut with `steps` things move without an act, by time alone: each bears two moments, and from a moment on, itself
    included, it has taken that step. Postings bear the moments where others bear their second and third dimension; cells
    count who had taken a step at the moment up to which the cut has run. `steps` is SQL giving node, a, step, n: the steps
    taken after %(after)s and up to %(until)s, by an index on the moments.
    """

    name: str
    dimensions: tuple[str, ...]
    truth: str
    past: Past | None = None
    steps: str = ""

    def cell(self, node: UUID, *values: object) -> Cell:
        """The cell of a thing: its node and one value per dimension, in the declared order."""
        words = [str(value) for value in values] + [""] * (3 - len(values))
        return (self.name, node, words[0], words[1], words[2])


def stepping(name: str, dimension: str, steps: str) -> Cut:
    """A cut with steps; its truth is every step taken up to the moment up to which it has run."""
    run_to = f"(SELECT run_to FROM tallies_running WHERE cut = '{name}')"
    taken = steps.replace("%(after)s", "'-infinity'::timestamptz").replace("%(until)s", run_to)
    return Cut(name, (dimension,), f"SELECT node, a, step, '', n FROM ({taken}) AS taken (node, a, step, n)", steps=steps)


STEPPED = """
    SELECT posted.cut, posted.node, posted.a, step.b, '' AS c, posted.n
    FROM {posted} AS posted JOIN tallies_running running USING (cut)
    CROSS JOIN LATERAL (VALUES ('1', posted.b, running.run_to), ('2', posted.c, running.run_to)) AS step (b, moment, run_to)
    WHERE nullif(step.moment, '')::timestamptz <= step.run_to
"""
"""Postings of cuts with steps as cells count them; to be filled with where the postings are."""
RUNNING = """running AS (
    SELECT least(run_to, %(now)s) AS after, greatest(run_to, %(now)s) AS until,
           CASE WHEN run_to <= %(now)s THEN 1 ELSE -1 END AS sign FROM tallies_running WHERE cut = %(cut)s
)"""
"""From where a cut has run to now; after a clock was set back the steps between are taken away again."""


def stepped_since(cut: Cut) -> str:
    """SQL giving node, a, step, n: who stepped between `running.after` and `running.until`."""
    return cut.steps.replace("%(after)s", "(SELECT after FROM running)").replace("%(until)s", "(SELECT until FROM running)")


def postings(moves: Sequence[tuple[Sequence[Cell], Sequence[Cell]]]) -> Mapping[Cell, int]:
    """What a batch of moves (cells left, cells entered) comes to: only cells whose count changes."""
    change: dict[Cell, int] = {}
    for left, entered in moves:
        for cell in left:
            change[cell] = change.get(cell, 0) - 1
        for cell in entered:
            change[cell] = change.get(cell, 0) + 1
    return {cell: n for cell, n in change.items() if n}


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), SHANGHAI)


def closable_on(now: datetime) -> date:
    """The last day that may be closed at a moment."""
    return day_of(now - CLOSED_AFTER) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the past and the way to it: found once, read with many times.

    Taken are the sums of whole years before `year`, of whole months from `year` and before `month`, and for the nodes in
    `daily` of whole days from `month` and before `day`; what happened since, until the moment itself, the rows tell: from
    `day` for those nodes, from `since` for all others. `turns` are the days from `since` on which the tree changed.
    """

    at: datetime
    year: date
    month: date
    day: date
    since: date
    daily: frozenset[UUID] = frozenset()
    turns: tuple[date, ...] = ()

    @property
    def until(self) -> datetime:
        """Just after the moment: what happened at it is part of it."""
        return self.at + timedelta(microseconds=1)


def moment_of(at: datetime, summed_on: date | None) -> Moment:
    """The way to a moment when days are summed up to `summed_on`; the nodes with days and the turns are still to be found.

    The last moment of a day is reached by sums alone.
    """
    if summed_on is None:
        return Moment(at, FIRST, FIRST, FIRST, FIRST)
    day = first_unfinished(at)
    if day > summed_on:
        return Moment(at, LAST, LAST, LAST, summed_on + timedelta(days=1))
    return Moment(at, day.replace(month=1, day=1), day.replace(day=1), day, day.replace(day=1))


def first_unfinished(at: datetime) -> date:
    """The first day that is not over with a moment."""
    return day_of(at + timedelta(microseconds=1))


TREE = """
    SELECT node, ancestor, since, NULL::date AS until FROM tallies_branch
    UNION ALL SELECT node, ancestor, since, until FROM tallies_branch_gone
"""
"""Who stood below whom, from which day on (null: always) and before which day (null: still)."""

_MOVED = """
SELECT tree.ancestor AS node, moved.a, moved.b, moved.c, moved.day, moved.n
FROM (SELECT node, a, b, c, (at AT TIME ZONE 'Asia/Shanghai')::date AS day, sum(n)::bigint AS n
      FROM ({moves}) AS moves (node, a, b, c, n, at) GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0) AS moved
JOIN ({tree}) AS tree ON tree.node = moved.node
    AND (tree.since IS NULL OR tree.since <= moved.day) AND (tree.until IS NULL OR tree.until > moved.day)
WHERE {asked}
"""
_TURNED = """
SELECT pair.ancestor, standing.a, standing.b, standing.c, %({turn})s::date, standing.n * pair.sign
FROM (SELECT node, ancestor, 1 AS sign FROM ({tree}) AS tree WHERE since = %({turn})s::date
      UNION ALL SELECT node, ancestor, -1 FROM ({tree}) AS tree WHERE until = %({turn})s::date) AS pair
JOIN ({standing}) AS standing (node, a, b, c, n) ON standing.node = pair.node
WHERE {asked}
"""


def changes(past: Past, turns: Sequence[date], *, name: str = "", above: str = "") -> tuple[str, dict[str, object]]:
    """SQL giving node, a, b, c, day, n: what changed at each node of the tree on each day from %(since)s on and before
    %(until)s, `turns` being the days of that time on which the tree changed; and the parameters of the turns.

    A move counts for those above it on its own day. On a turn what stands below goes over with its branch. `name` is put
    behind since and turns where several such windows stand in one statement; `above` names a parameter with the nodes of
    which alone is asked.
    """
    within = f" AND {past.place} IN (SELECT node FROM ({TREE}) AS tree WHERE {_asked('ancestor', above)})" if above else ""
    moves = past.moves.replace("{within}", within).replace("%(since)s", f"%(since{name})s")
    arms, parameters = [_MOVED.format(moves=moves, tree=TREE, asked=_asked("tree.ancestor", above))], dict[str, object]()
    for place, day in enumerate(turns):
        turn = f"turn{name}_{place}"
        parameters |= {turn: day, f"{turn}_at": midnight(day)}
        standing = past.standing.replace("%(since)s", f"%({turn}_at)s")
        arms.append(_TURNED.format(standing=standing, tree=TREE, turn=turn, asked=_asked("pair.ancestor", above)))
    return " UNION ALL ".join(arms), parameters


def _asked(column: str, above: str) -> str:
    return f"{column} = ANY(%({above})s::uuid[])" if above else "true"
