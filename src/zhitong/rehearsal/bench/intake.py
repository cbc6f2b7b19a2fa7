"""Excel end to end beside COPY: a workbook of the register, then one of their cards, read, judged, committed and counted.

What is compared with is the floor: the rows that the commit has left, in whatever table, put by COPY into tables of the
same columns with the same indexes, in the same run. Nothing is judged there and nothing asked.
"""

from __future__ import annotations

import random
import resource
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.config import database as config
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.exchange.actions.committing import commit
from zhitong.domain.exchange.actions.staging import Sent, stage
from zhitong.domain.exchange.queries.forms import AskedColumn, form_of
from zhitong.domain.exchange.rules.columns import FIELD, ROUND
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.history.actions import open_months
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Person, Post
from zhitong.domain.organisations.queries import directory, viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.cuts import CUTS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tallies.queries import differences
from zhitong.kit import clock, progress
from zhitong.kit.workbook import Head, write_sheet
from zhitong.rehearsal.bench.ground import Firm, card_of
from zhitong.rehearsal.opening import packages
from zhitong.rehearsal.population.names import Namer
from zhitong.rehearsal.population.places import geography
from zhitong.rehearsal.stage import NOBODY, require_stage

LOGIN = "bench-intake"

_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'copied_%' ORDER BY relname
"""
_COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One workbook: seconds of its steps, rows written by the commit and seconds of COPY of the same; what the process used."""

    label: str
    rows: int
    staged: float
    committed: float
    statements: int
    written: int
    copied: float
    cpu: float
    peak_mib: float

    @property
    def rows_a_second(self) -> float:
        """Rows of the sheet a second, from the file to the end of the commit."""
        return self.rows / (self.staged + self.committed)

    @property
    def copied_a_second(self) -> float:
        """Rows of the sheet a second where COPY only writes what they became."""
        return self.rows / self.copied


def measure(rows: int) -> tuple[list[Measured], int]:
    """Take in by Excel, in a stock (as its owner), so many firms and a card of each; also returns how many counts it made wrong.

    In a stock that is not copied the rows that PostgreSQL wrote alone for `submit` are counted nowhere: those are left out.
    """
    require_stage()
    before = _off()
    open_months(clock.today(), clock.today())
    office, upper = _office(), packages()[0]
    mark = secrets.token_hex(3)
    with acting_as(office):
        asked = form_of(office, UploadKind.SUBJECTS)
    firms = _firms(rows, mark)
    book = _workbook(asked, map(_subject, firms))
    found = [_measured("服务对象", office, UploadKind.SUBJECTS, book, rows, upper.code)]
    today = clock.today()
    with progress.step("准备测试场地：填报期"):
        [opened] = open_rounds([RoundToOpen(
            campaign=upper.code, template_code=SubjectKind.INDUSTRY.value, region_id=directory().root().id,
            period=f"i{mark}", name=f"测试期 {mark}", opens_on=today, due_on=today,
            locked_on=today.replace(month=12, day=31), actor=NOBODY,
        )], now=clock.now())
    with acting_as(office):
        asked = form_of(office, UploadKind.CARDS, opened.round_id)
    book = _workbook(asked, map(_card, firms))
    chosen = {ROUND: str(opened.round_id), "confirmed": True}
    found.append(_measured("填报卡片", office, UploadKind.CARDS, book, rows, upper.code, chosen))
    after = _off()
    return found, sum(after.get(cell, 0) != before.get(cell, 0) for cell in before.keys() | after.keys())


def _off() -> dict[tuple[str, UUID, str, str, str], int]:
    """By how much counts of subjects and of cards owed are off, where they are."""
    return {
        (cut.name, one.node, one.a, one.b, one.c): one.kept - one.truth for cut in (*CUTS, OBLIGATIONS) for one in differences(cut)
    }


def _office() -> Viewer:
    """Somebody who sits in the campaign office of the root."""
    here = directory()
    unit = here.office(here.root().id)
    assert unit is not None, "the root region has a campaign office: the package check demands it"
    post = Post.objects.filter(unit_id=unit.id, kind="officer").order_by("title")[0]
    today = clock.today()
    known = Person.objects.filter(login=LOGIN).values_list("id", flat=True).first()
    [person_id] = [known] if known else seat([Seat(login=LOGIN, name="演示", password=None, post_id=post.id, since=today)])
    found = viewer_for(person_id, post.id, today)
    assert found is not None, "who has just been seated holds the post"
    return found


def _measured(
    label: str, office: Viewer, kind: UploadKind, content: bytes, rows: int, campaign: str, options: dict[str, Any] | None = None
) -> Measured:
    sent = Sent(kind=kind, name="测速.xlsx", content=content, campaign=campaign, options=options or {})
    began, used = time.monotonic(), time.process_time()
    with progress.step(f"{label}：读取、检查"), as_web(), acting_as(office):
        upload_id = stage(office, sent, now=clock.now())
    staged = time.monotonic() - began
    began, counted = time.monotonic(), _Counter()
    with progress.step(f"{label}：提交"), as_web(), connection.execute_wrapper(counted), acting_as(office):
        before = _transaction_id()
        _commit(office, upload_id, rows)
    committed = time.monotonic() - began
    cpu = time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with progress.step(f"{label}：COPY 同样的行"):
        written, copied = _copied(before)
    return Measured(label, rows, staged, committed, counted.statements, written, copied, cpu, peak)


def as_web() -> AbstractContextManager[object]:
    """Log in as the web does, so that the second wall stands."""
    return config.as_role("web", name=str(connection.settings_dict["NAME"]))


def _commit(office: Viewer, upload_id: UUID, rows: int) -> None:
    commit(office, upload_id, actor=office.actor("bench"), now=clock.now(), at_once=rows)


class _Counter:
    """Counts the statements that are sent."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], statement: str, parameters: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        return execute(statement, parameters, many, context)


def _transaction_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint & 4294967295")
        return int(cursor.fetchone()[0])


def _copied(since: int) -> tuple[int, float]:
    """Take the rows of a transaction out and put them by COPY into like tables; how many, and the seconds of putting."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
    found = [_copied_table(table, since) for table in tables]
    return sum(count for count, _seconds in found), sum(seconds for _count, seconds in found)


def _copied_table(table: str, since: int) -> tuple[int, float]:
    """COPY of the rows of one table that are as new, into a copy of it with its indexes."""
    like = f"copied_{table}"
    with TemporaryFile() as file, connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        columns = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        newer = f"SELECT {columns} FROM {table} WHERE xmin::text::bigint >= {since}"
        with cursor.copy(f"COPY ({newer}) TO STDOUT") as out:
            for chunk in out:
                file.write(chunk)
        count = int(cursor.rowcount)
        if count < 1:
            return 0, 0.0
        cursor.execute(f"CREATE TABLE {like} (LIKE {table} INCLUDING ALL)")
        file.seek(0)
        began = time.monotonic()
        with transaction.atomic(), cursor.copy(f"COPY {like} ({columns}) FROM STDIN") as into:
            while piece := file.read(1 << 20):
                into.write(piece)
        seconds = time.monotonic() - began
        cursor.execute(f"DROP TABLE {like}")
    return count, seconds


def _workbook(asked: list[AskedColumn], rows: Iterator[dict[str, Any]]) -> bytes:
    """The template of a kind with rows in it."""
    into = BytesIO()
    codes = [one.column.code for one in asked]
    heads = [Head(one.column.head) for one in asked]
    cells = ([row.get(code, "") for code in codes] for row in rows)
    write_sheet(into, title="测速", notes=["演示"], heads=heads, rows=cells, zone=clock.SHANGHAI)
    return into.getvalue()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A firm of the sheet, named and coded as the demonstration's are, with a name and a code nobody has; revenue in 万元.

    All stand in the root region, whose office sends both workbooks: cards are filled in by the office that collects them.
    """

    name: str
    code: str
    industry: str
    revenue: int


def _firms(count: int, mark: str) -> list[_Drawn]:
    upper, _local = packages()
    assert upper.organisation is not None, "the shipped campaign has regions"
    places = geography(upper.organisation.regions).places
    draw = random.Random(mark)
    namer = Namer(draw)
    codes, names = (set(Subject.objects.values_list(column, flat=True)) for column in ("code", "name"))
    found = []
    for place in draw.choices(places, [one.weight for one in places], k=count):
        trade = draw.choice(place.trades)
        while (name := namer.firm(place.called, draw.choice(trade.words))) in names:
            pass
        while (code := namer.credit_code(place.division)) in codes:
            pass
        found.append(_Drawn(name, code, trade.industry, draw.randint(2_000, 90_000)))
    return found


def _subject(firm: _Drawn) -> dict[str, Any]:
    region = directory().root().name
    return {
        "name": firm.name, "code": firm.code, "kind": SubjectKind.INDUSTRY.label, "region": region,
        "industry": firm.industry, "revenue_cny": firm.revenue, "alike_reason": "演示数据，名称由系统编造",
    }  # fmt: skip


def _card(firm: _Drawn) -> dict[str, Any]:
    nobody = UUID(int=0)
    values = card_of(Firm(nobody, firm.name, firm.code, nobody, nobody, nobody, nobody, ""))["values"]
    said = {**values, "revenue": firm.revenue, "diagnosis": "difficult"}
    return {"code": firm.code, **{f"{FIELD}{code}": value for code, value in said.items()}}
