"""The bench: the client sends what was prebuilt, and PostgreSQL alone writes just the rows that a card has written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from tests.world import NOW
from zhitong.config import database as config
from zhitong.rehearsal.bench import client

REQUEST = b"POST /cards HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}"


class Answering(BaseHTTPRequestHandler):
    """Takes every card but the third."""

    protocol_version = "HTTP/1.1"
    seen = count(1)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"taken": true}'
        self.send_response(409 if next(self.seen) == 3 else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_the_client_sends_every_request_once_and_tells_what_came_back(address: int) -> None:
    measured = client.run([REQUEST] * 20, "127.0.0.1", address, connections=3, seconds=20)

    assert (measured["sent"], measured["taken"]) == (20, 19)
    assert measured["refused"] == ['{"taken": true}']
    assert measured["cpu_seconds"]


def test_prebuilt_requests_are_read_as_they_were_written(tmp_path: Path) -> None:
    made = [b"a", b"", b"\x00" * 70_000, b"never written"]

    assert client.write_requests(tmp_path / "requests", iter(made), most=3) == 3
    assert client.read_requests(tmp_path / "requests") == made[:3]


def test_the_floor_writes_the_rows_of_a_card_again_under_the_second_wall(fresh_database: str) -> None:
    from django.db import connection

    from zhitong.rehearsal.bench import floor

    with config.as_role("owner", name=fresh_database):
        ground = _ground()
        before = floor.mark()
        _send_card(ground.firms[0], ground.round_ids[0])
        written = floor.written_since(before)
        floor.build(written, ground)
        before = floor.mark()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, bench_submit()")
        assert cursor.fetchone()[0] == "zhitong_web"
    with config.as_role("owner", name=fresh_database):
        again = floor.written_since(before)

    counted = {one.table: len(one.rows) for one in written}
    assert counted["cards_card"] == 1
    assert counted["problems_problem"] == counted["cards_problem_row"] == 2
    assert {one.table: len(one.rows) for one in again} == counted


def test_twins_hold_as_those_do_that_were_played_and_every_law_is_put_back(fresh_database: str) -> None:
    from django.db import transaction

    from zhitong.domain.problems.actions.recounting import recount
    from zhitong.domain.problems.models import Problem
    from zhitong.domain.problems.queries.verifying import verify
    from zhitong.rehearsal.bench.stock import stripping, twinning

    with config.as_role("owner", name=fresh_database):
        ground = _ground()
        _send_card(ground.firms[0], ground.round_ids[0])
        laws = _laws()
        twinning.choose()
        twinned = twinning.plan()
        with transaction.atomic():
            stripping.strip([*(one.table for one in twinned), "problems_wording"])
            bare = _laws()
            twinning.write(twinned, 0, 10)
            for _name, statement in stripping.taken():
                stripping.put_back(statement)
        recount()

        assert len(bare) < len(laws) - 20
        assert _laws() == laws
        assert Problem.objects.values("number").distinct().count() == Problem.objects.count() == 12
        assert list(verify(now=NOW)) == []


def _laws() -> set[str]:
    """The names of all indexes and constraints."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT conrelid::regclass::text || '.' || conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x', 'f')"
        )
        return {name for (name,) in cursor.fetchall()}


def _ground():  # type: ignore[no-untyped-def]
    """The firm of 南大港, a round in which it owes a card, and one left over."""
    from zhitong.domain.cards.actions import RoundToOpen, open_rounds
    from zhitong.domain.organisations.models import Region, Tenure
    from zhitong.domain.subjects.models import Subject
    from zhitong.rehearsal.bench.ground import Firm, Ground
    from zhitong.rehearsal.stage import NOBODY

    subject = Subject.objects.get(unit__code="firm-nandagang")
    tenure = Tenure.objects.get(person__login="firm")
    firm = Firm(
        subject.id, subject.name, subject.code, subject.unit_id, subject.region_id, tenure.person_id, tenure.post_id, ""
    )
    day = NOW.date()
    rounds = open_rounds([
        RoundToOpen(
            campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id, period=period,
            name=period, opens_on=day, due_on=day, locked_on=day, actor=NOBODY,
        ) for period in ("one", "two")
    ], now=NOW)
    return Ground((firm,), (rounds[0].round_id,), (rounds[1].round_id,))


def _send_card(firm, round_id: UUID) -> None:  # type: ignore[no-untyped-def]
    from zhitong.domain.cards.actions import Submission
    from zhitong.domain.history.rules import Actor
    from zhitong.domain.problems.actions.submitting import submit_card
    from zhitong.rehearsal.bench.ground import card_of

    card = card_of(firm)
    submit_card([
        Submission(
            round_id=round_id, subject_id=firm.subject_id, version=0, confirmed=True, values=card["values"],
            rows=card["problems"][:2], actor=Actor(firm.person_id, firm.post_id, firm.unit_id, "api"),
        )
    ], now=NOW)
