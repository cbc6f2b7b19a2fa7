"""How long things are kept (个人信息保护法 第十九条, 网络安全法 第二十一条): floors, the dry run, the day's run, what is held back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.cast import viewer
from tests.retention.conftest import does, worker
from tests.work.test_reactions import raise_one
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.accounts.models import Sitting
from zhitong.domain.entry.models import PhoneCode
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.retention.actions.holding import HeldAlready, hold_back, release
from zhitong.domain.retention.actions.ruling import set_term
from zhitong.domain.retention.actions.running import carry_on
from zhitong.domain.retention.models import Run
from zhitong.domain.retention.queries.holds import holds_for
from zhitong.domain.retention.queries.terms import due_now, newest_runs, terms_in_force
from zhitong.domain.retention.rules.terms import TERMS, cutoff_of, term_trouble
from zhitong.domain.retention.rules.words import HoldKind, KeptKind
from zhitong.domain.subjects.models import Subject
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

CODE = "91130900MA00000014"
LONG_AGO = NOW - timedelta(days=1000)


@pytest.mark.parametrize("kind", KeptKind)
def test_no_term_goes_under_its_floor(kind: KeptKind) -> None:
    floor = TERMS[kind].floor

    assert f"至少保存{floor}个月" in term_trouble(kind, floor - 1)
    assert term_trouble(kind, floor) == term_trouble(kind, TERMS[kind].months) == ""
    assert "最多" in term_trouble(kind, 121)


def test_logs_of_security_are_kept_half_a_year_at_least() -> None:
    assert all(TERMS[kind].floor >= 6 for kind in (KeptKind.SITTINGS, KeptKind.MESSAGES, KeptKind.UNMASKINGS))


@pytest.mark.parametrize(("at", "months", "before"), [
    ((2018, 8, 31), 6, (2018, 2, 28)), ((2018, 1, 15), 1, (2017, 12, 15)), ((2018, 5, 31), 1, (2018, 4, 30)),
    ((2018, 4, 27), 24, (2016, 4, 27)),
])
def test_months_are_counted_back_by_the_calendar(at: tuple[int, int, int], months: int, before: tuple[int, int, int]) -> None:
    assert cutoff_of(datetime(*at, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)


def _old_things(name: str, codes: int = 5) -> None:
    """A firm that left with its contact, sittings and codes of long ago."""
    with config.as_role("owner", name=name):
        subject = Subject.objects.get(code=CODE)
        subject.ended_on, subject.ended_reason = date(2015, 1, 1), "moved_away"
        subject.contact, subject.contact_phone = "演示旧联系人", "13800000001"
        subject.save()
        for at in (LONG_AGO, NOW - timedelta(days=30)):
            Sitting.objects.create(
                person_id=viewer("park").person_id, session_key="k", way="password", device="演示", address="127.0.0.1", since=at
            )
        PhoneCode.objects.bulk_create([PhoneCode(phone="13800000002", digest="d", sent_at=LONG_AGO) for _ in range(codes)])


def _counted(login: str) -> dict[KeptKind, int]:
    with acting_as(viewer(login)) as who:
        return {one.held.term.kind: one.many for one in due_now(who, NOW) if one.many}


def test_what_the_dry_run_counts_goes_in_batches_and_one_fact_tells_it(kept_world: str) -> None:
    _old_things(kept_world)
    said, last = _counted("auditor"), day_of(NOW) + timedelta(days=30)
    hold = does("guard", hold_back, kind=HoldKind.SUBJECT, named=CODE, reason="演示：审计组要求保留", until=last)

    assert said == {KeptKind.CONTACTS: 1, KeptKind.SITTINGS: 1, KeptKind.CODES: 5}
    assert _counted("guard") == {KeptKind.SITTINGS: 1, KeptKind.CODES: 5}
    with worker(kept_world):
        batches = []
        while done := carry_on(now=NOW, batch=2):
            batches.append(done)
        runs = dict(Run.objects.values_list("kind", "done"))
        assert batches == [1, 2, 2, 1]
        assert carry_on(now=NOW) == 0
        assert Sitting.objects.count() == 1
        assert Subject.objects.get(code=CODE).contact == "演示旧联系人"
    does("guard", release, hold_id=hold)
    with worker(kept_world):
        assert carry_on(now=NOW + timedelta(days=1)) == 1
        assert carry_on(now=NOW + timedelta(days=1)) == 0
        kept = Subject.objects.get(code=CODE)

        assert (kept.contact, kept.contact_phone, kept.contact_phone_digest) == ("", "", "")
    with config.as_role("owner", name=kept_world), connection.cursor() as cursor:
        cursor.execute("SELECT body->'done' FROM history_fact WHERE kind = 'retention.run' ORDER BY at")
        told = [row[0] for row in cursor.fetchall()]
    assert len(told) == 2
    assert runs["codes"] == 5
    assert runs["sittings"] == 1
    assert runs["contacts"] == 0


def test_a_run_waits_for_the_night_and_for_open_matters(kept_world: str) -> None:
    _old_things(kept_world, codes=0)
    raise_one()
    with worker(kept_world):
        assert carry_on(now=NOW.replace(hour=17)) == 0
        assert not Run.objects.exists()
        while carry_on(now=NOW):
            pass

        assert Subject.objects.get(code=CODE).contact == "演示旧联系人"


def test_terms_are_set_at_the_top_and_read_by_the_keepers_alone(keepers: None) -> None:
    before = does("guard", set_term, kind=KeptKind.UNMASKINGS, months=24, reason="演示：办法修订")

    held = {one.term.kind: one.months for one in _terms("auditor")}
    assert before == 12
    assert held[KeptKind.UNMASKINGS] == 24
    assert held[KeptKind.SITTINGS] == 6
    with pytest.raises(BadInput, match="至少保存6个月（《网络安全法》第二十一条"):
        does("guard", set_term, kind=KeptKind.SITTINGS, months=5, reason="演示")
    for login in ("county_guard", "auditor", "admin"):
        with pytest.raises(NotYours, match="最高一级的安全管理员"):
            does(login, set_term, kind=KeptKind.SITTINGS, months=8, reason="演示")
    for login in ("park_office", "firm", "outsider"):
        with pytest.raises(NotYours), acting_as(viewer(login)) as who:
            newest_runs(who)


def _terms(login: str) -> list[object]:
    with acting_as(viewer(login)):
        return terms_in_force()


def test_a_hold_is_of_ones_own_territory_and_once(keepers: None) -> None:
    last = day_of(NOW)
    for kind, named in ((HoldKind.SUBJECT, CODE), (HoldKind.PERSON, "park")):
        with pytest.raises(BadInput, match="本辖区没有"):
            does("county_guard", hold_back, kind=kind, named=named, reason="演示", until=last)
    does("guard", hold_back, kind=HoldKind.PERSON, named="neighbour", reason="演示", until=last)
    with pytest.raises(HeldAlready):
        does("guard", hold_back, kind=HoldKind.PERSON, named="neighbour", reason="演示", until=last)
    with pytest.raises(BadInput, match="不能早于今天"):
        does("guard", hold_back, kind=HoldKind.PERSON, named="zone", reason="演示", until=last - timedelta(days=1))

    seen = {login: [one.name for one in _holds(login)] for login in ("guard", "auditor", "county_admin", "far_admin")}
    assert seen == {"guard": ["演示丑"], "auditor": ["演示丑"], "county_admin": ["演示丑"], "far_admin": []}
    person = Person.objects.get(login="neighbour")
    with acting_as(viewer("auditor")):
        assert "retention.held" in [fact.kind for fact in facts_about(person.id)]


def _holds(login: str) -> list[object]:
    with acting_as(viewer(login)) as who:
        return holds_for(who, day_of(NOW))
