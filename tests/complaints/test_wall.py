"""The wall around complaints, asked by raw SQL as the web's own role: rows, counts, facts, notices, outcomes (R-F13)."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cast import viewer
from tests.complaints.acts import ABOVE, LETTER, PERSON, RECEIVER, TABLES, TEXT, TOP, counted, does, who
from tests.complaints.conftest import Bring
from tests.following import follow_all
from tests.problems.ways import unit_id
from tests.web.stories import signed_in
from tests.world import CAST, NOW
from zhitong.config import database as config
from zhitong.domain.complaints.actions.handling import Letter, acknowledge, ask, notify, refer, supply
from zhitong.domain.complaints.actions.submitting import Charge, submit
from zhitong.domain.complaints.queries.lists import complaints_for, waiting_for
from zhitong.domain.complaints.queries.page import complaint_page
from zhitong.domain.history.actions import once
from zhitong.domain.history.queries import facts_about
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.kit.clock import held_at
from zhitong.kit.refusals import NotFound
from zhitong.work.reactions import FOLLOWER, react

STRANGERS = (*(role.login for role in CAST if role.login != "firm"), ABOVE, TOP, "130973-key_inspection",
             "130973-government")


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.mark.django_db
@pytest.mark.parametrize("name", STRANGERS)
def test_who_is_no_party_finds_no_row_and_counts_none(bring: Bring, name: str) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充。")

    with acting_as(who(name)) as here:
        assert {table: counted(table) for table in TABLES} == dict.fromkeys(TABLES, 0)
        assert counted("history_fact") == counted("history_detail") == counted("notices_notice") == 0
        with without_first_wall():
            assert complaints_for(here, now=NOW).rows == []
            with pytest.raises(NotFound):
                complaint_page(here, number, now=NOW)
        with pytest.raises(NotFound):
            complaint_page(here, number, now=NOW)


def test_no_other_table_of_the_house_has_a_trace(
    fresh_database: str, bring: Bring, owner_connection: psycopg.Connection[Any]
) -> None:
    number = bring(person=PERSON)
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, refer, number, letter=LETTER)
    tables = owner_connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
        " AND relnamespace = 'public'::regnamespace"
    ).fetchall()

    found = {
        table
        for (table,) in tables for secret in (TEXT, PERSON, number, LETTER.number, LETTER.body)
        if owner_connection.execute(
            f"SELECT 1 FROM {table} one WHERE strpos(to_jsonb(one)::text, %s) > 0 LIMIT 1", [secret]
        ).fetchone()
    }
    assert found == {"complaints_complaint", "complaints_step"}


@pytest.mark.django_db
def test_a_party_finds_its_own_party_row_alone(bring: Bring) -> None:
    bring(is_unnamed=True)

    for name in ("firm", RECEIVER):
        with acting_as(who(name)) as here:
            assert rows("SELECT unit_id FROM complaints_party") == [(here.unit_id,)]
            assert counted("complaints_complaint") == 1


@pytest.mark.django_db
def test_the_receiver_cannot_find_out_who_an_unnamed_complainant_is(bring: Bring) -> None:
    firm = viewer("firm")
    with acting_as(firm) as here:
        charge = Charge(campaign="hebei-2018", unit_id=unit_id("130973400-economy"), text=TEXT, is_unnamed=True)
        [number, _new] = once(
            actor_id=here.person_id, key="k", request=b"form", now=NOW,
            act=lambda: submit(charge, actor=here.actor("web"), now=NOW).number,
        )
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充。")
    does("firm", supply, number, text="已补充。")
    secrets = {str(one) for one in (firm.unit_id, firm.person_id, firm.post_id)} | {"演示南大港石化设备有限公司"}

    with acting_as(who(RECEIVER)) as here:
        [complaint_id] = rows("SELECT id FROM complaints_complaint")[0]
        kept = [rows(f"SELECT to_jsonb(one) FROM {table} one") for table in (*TABLES, "history_outcome")]
        connection.cursor().execute("SELECT set_config('zhitong.opened', %s, true)", [str(complaint_id)])
        kept += [rows(f"SELECT to_jsonb(one) FROM {table} one") for table in ("history_fact", "history_detail")]
    told = json.dumps(kept, ensure_ascii=False, default=str)
    assert len(kept[-2]) == 4
    assert kept[-1] == kept[3] == []
    assert [secret for secret in secrets if secret in told] == []


@pytest.mark.django_db
def test_facts_hold_no_word_of_it_even_for_who_may_read_it(bring: Bring) -> None:
    number = bring(person=PERSON)
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, refer, number, letter=LETTER)
    does(RECEIVER, notify, number, text="已核查处理。")

    with acting_as(who(RECEIVER)) as here:
        facts = facts_about(complaint_page(here, number, now=NOW).standing.id)

    assert [fact.kind for fact in facts] == [
        "complaint.submitted", "complaint.acknowledged", "complaint.referred", "complaint.notified",
    ]
    assert {tuple(sorted(fact.body)) for fact in facts} == {("from", "to")}
    assert [fact.words for fact in facts] == [{}] * 4
    assert (facts[0].person_id, facts[0].post_id, facts[0].unit_id) == (None, None, None)
    assert facts[1].unit_id == unit_id(RECEIVER)


def test_reactions_tell_the_two_parties_alone_and_not_a_word(
    fresh_database: str, bring: Bring, owner_connection: psycopg.Connection[Any]
) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请补充日期。")
    does("firm", supply, number, text="4月20日。")
    letter = Letter(unit_id=unit_id(ABOVE), number=LETTER.number, on=LETTER.on, note=LETTER.note)
    does(RECEIVER, refer, number, letter=letter)
    does(ABOVE, acknowledge, number)
    does(ABOVE, notify, number, text="已核查处理。")

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    kinds = {}
    for name in ("firm", RECEIVER, ABOVE, "province_office", "zone_office", "park", "park_office"):
        with acting_as(who(name)) as here:
            kinds[name] = [one.kind for one in reversed(unread_for(here))]
    assert kinds == {
        "firm": [NoticeKind.SEALED_TAKEN, NoticeKind.SEALED_ASKED, NoticeKind.SEALED_REFERRED, NoticeKind.SEALED_TAKEN,
                 NoticeKind.SEALED_NOTIFIED],
        ABOVE: kinds[ABOVE], RECEIVER: kinds[RECEIVER], "province_office": [], "zone_office": [], "park": [],
        "park_office": [],
    }
    assert set(kinds[ABOVE] + kinds[RECEIVER]) == {NoticeKind.SEALED_CAME, NoticeKind.SEALED_SUPPLIED}
    with held_at(NOW):
        assert f'href="/complaints/{number}/"' in signed_in("firm").get("/portal/").content.decode()
    notices = owner_connection.execute("SELECT to_jsonb(one)::text FROM notices_notice one").fetchall()
    told = " ".join(text for (text,) in notices)
    assert [said for said in (TEXT, "4月20日", "请补充日期", "已核查处理", LETTER.note, PERSON) if said in told] == []
    assert owner_connection.execute("SELECT count(*) FROM history_set_aside").fetchone() == (0,)


def test_the_first_wall_stands_alone_too(fresh_database: str, bring: Bring) -> None:
    """As the worker, whom no row policy binds: the queries' own predicate lets parties pass alone."""
    number = bring()
    above, receiver, firm = who(ABOVE), who(RECEIVER), viewer("other_firm")

    with config.as_role("worker", name=fresh_database):
        assert [row.number for row in complaints_for(receiver, now=NOW).rows] == [number]
        for stranger in (above, firm):
            assert complaints_for(stranger, now=NOW).rows == []
            with pytest.raises(NotFound):
                complaint_page(stranger, number, now=NOW)
        assert waiting_for(above) == 0


@pytest.mark.django_db
def test_nobody_sees_anything_where_nobody_is_named(bring: Bring) -> None:
    bring()

    assert {table: counted(table) for table in TABLES} == dict.fromkeys(TABLES, 0)
