"""Erasing a person (个人信息保护法 第四十七条): nothing of him is left in any table, and the chain verifies as before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.cast import viewer
from tests.following import wait_for_older_ones
from tests.problems.ways import unit_id
from tests.retention.conftest import does, worker
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.accounts.actions.sittings import begin_sitting
from zhitong.domain.accounts.models import Factor, Identity, Knock
from zhitong.domain.accounts.rules.words import Way
from zhitong.domain.exchange.models import Upload, UploadRow
from zhitong.domain.feeds.models import Feed
from zhitong.domain.history.actions import record
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.models import Outcome
from zhitong.domain.history.queries.verifying import last_number, loose_ends, readings
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.domain.messaging.models import Address
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.actions.staffing import seat_person
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.staffing import leave_post
from zhitong.domain.retention.actions.erasing import StillAtWork, UnderHold, ask_to_erase, erase_next
from zhitong.domain.retention.actions.holding import hold_back
from zhitong.domain.retention.rules.words import HoldKind
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

NAME, LOGIN, PHONE, MAIL = "演示欲删者欧阳", "ouyang-1983", "13912345678", "ouyang@example.cn"
ASKED = {"login": LOGIN, "reason": f"演示：{NAME}书面申请删除"}
TEXTS = "('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')"


def _seated() -> UUID:
    """Somebody who comes to 任丘's industry bureau and leaves traces wherever people do."""
    post = Post.objects.filter(unit__code="130982-industry", kind="officer").order_by("title")[0]
    does("county_admin", seat_person, post_id=post.id, name=NAME, login=LOGIN, password="Right-horse-9")
    return Person.objects.get(login=LOGIN).id


def _lives(name: str, person_id: UUID) -> None:
    """What a year at work leaves of him (as the owner)."""
    with config.as_role("owner", name=name):
        person = Person.objects.get(id=person_id)
        person.phone = PHONE
        person.save()
        unit = unit_id("130982-industry")
        post_id = Tenure.objects.get(person_id=person_id).post_id
        issue_token(person_id=person_id, post_id=post_id, name=f"{NAME}的程序", now=NOW)
        Factor.objects.create(person_id=person_id, salt=b"s" * 20, made_at=NOW, bound_at=NOW)
        Identity.objects.create(person_id=person_id, issuer="https://id.example.cn", subject=LOGIN, how="administrator", linked_at=NOW)
        Knock.objects.create(key=LOGIN, place="account", login=LOGIN, person_id=person_id, failures=1, last_at=NOW)
        Address.objects.create(person_id=person_id, channel="email", address=MAIL, proved_at=NOW)
        Feed.objects.create(person_id=person_id, post_id=post_id, digest="d", opened_at=NOW)
        Outcome.objects.create(actor=person_id, key="k", digest="d", answer={"name": NAME}, at=NOW)
        subject = Subject.objects.get(code="91130982MA00000022")
        Care.objects.create(
            subject=subject, tier="county", unit_id=unit, lead_official=NAME, person_in_charge=NAME, liaison=NAME,
            since=date(2018, 1, 1), until=date(2018, 3, 1),
        )
        upload = Upload.objects.create(
            kind="people", unit_id=unit, campaign="hebei-2018", name="演示.xlsx", mark="m", heads=["登录名"], state="committed",
            staged_at=NOW, settled_at=NOW,
        )
        UploadRow.objects.create(upload=upload, line=2, original=[NAME, LOGIN, PHONE], verdict="new", before={"name": NAME})
        begin_sitting(person_id=person_id, session_key="k", way=Way.PASSWORD, device="演示", address="10.0.0.1", now=NOW)
        actor = Actor(person_id, post_id, unit, "test")
        record("test.said", thing_kind="test", thing_id=unit, actor=actor, at=NOW, details={"name": NAME, "text": "原话"})


def _standing_anywhere(name: str) -> list[str]:
    """Every text column of every table in which something of him stands, each scanned by the owner, who sees all rows."""
    found = []
    with psycopg.connect(**config.parameters("owner", name=name), autocommit=True) as owner:
        columns = owner.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
            f" AND c.data_type IN {TEXTS}"
        ).fetchall()
        assert len(columns) > 500
        for table, column in columns:
            words = " OR ".join([f'"{column}"::text LIKE %s'] * 4)
            if owner.execute(
                f'SELECT 1 FROM "{table}" WHERE {words} LIMIT 1', [f"%{one}%" for one in (NAME, LOGIN, PHONE, MAIL)]
            ).fetchone():
                found.append(f"{table}.{column}")
    return sorted(found)


def _faults(name: str) -> list[object]:
    """What verifying finds once everything told is sealed."""
    wait_for_older_ones()
    with config.as_role("owner", name=name):
        while seal_next(algorithm=Algorithm.SHA256, now=NOW):
            pass
        read = [fault for _head, one in readings(after=0, until=last_number()) for fault in one.faults]
        return [*read, *loose_ends()]


def test_nothing_of_an_erased_person_is_left_and_the_chain_stays_whole(kept_world: str) -> None:
    person_id = _seated()
    _lives(kept_world, person_id)
    assert len(_standing_anywhere(kept_world)) >= 12
    assert _faults(kept_world) == []

    with pytest.raises(StillAtWork, match=r"还任.*先在“单位与人员”里免职"):
        does("county_admin", ask_to_erase, **ASKED)
    does("county_admin", leave_post, tenure_id=Tenure.objects.get(person_id=person_id).id)
    tomorrow = NOW + timedelta(days=1)
    number = does("county_admin", lambda who, actor, now: ask_to_erase(who, **ASKED, actor=actor, now=tomorrow))
    assert not Person.objects.get(id=person_id).is_active
    with worker(kept_world):
        assert erase_next(now=tomorrow) == 1
        assert erase_next(now=tomorrow) == 0
        known = Person.objects.get(id=person_id)

    assert (known.name, known.login, known.phone) == (f"已删除人员{number:04d}", f"erased-{number:04d}", "")
    assert _standing_anywhere(kept_world) == []
    assert _faults(kept_world) == []
    with psycopg.connect(**config.parameters("owner", name=kept_world)) as owner:
        told = owner.execute("SELECT text FROM history_detail WHERE field = 'text' AND text = '原话'").fetchone()
        acts = owner.execute("SELECT count(*) FROM history_fact WHERE person_id = %s", [person_id]).fetchone()
    assert told is not None
    assert acts == (2,)
    shown = signed_in("county_admin").get("/retention/erasures/").getvalue().decode()
    assert f"已删除人员{number:04d}" in shown


def test_who_still_has_work_or_is_held_is_not_erased(kept_world: str) -> None:
    person_id = _seated()
    with pytest.raises(BadInput, match="本辖区没有"):
        does("far_admin", ask_to_erase, **ASKED)
    with pytest.raises(NotYours):
        does("guard", ask_to_erase, **ASKED)
    with pytest.raises(BadInput, match="请写明"):
        does("county_admin", ask_to_erase, login=LOGIN, reason=" ")
    with config.as_role("owner", name=kept_world):
        Tenure.objects.filter(person_id=person_id).update(since=date(2018, 1, 1), until=day_of(NOW) - timedelta(days=1))
        care = Care.objects.create(
            subject=Subject.objects.get(code="91130982MA00000022"), tier="county", unit_id=unit_id("130982-industry"),
            lead_official="演示", person_in_charge=NAME, since=date(2018, 1, 1),
        )
    with pytest.raises(StillAtWork, match=r"分包帮扶.*交接"):
        does("county_admin", ask_to_erase, **ASKED)
    with config.as_role("owner", name=kept_world):
        Care.objects.filter(id=care.id).delete()
    does("county_guard", hold_back, kind=HoldKind.PERSON, named=LOGIN, reason="演示：复查", until=day_of(NOW))
    with pytest.raises(UnderHold, match="保留期内不能删除"):
        does("county_admin", ask_to_erase, **ASKED)

    assert Person.objects.get(id=person_id).is_active
    assert viewer("county_admin").person_id != person_id
