"""Ending the served with proof, and leaving lists with the consent of who drew them (R-E7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.subjects.conftest import region_id, unit_of
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.actions.caring import NewCare, assign_care, enlist
from zhitong.domain.subjects.actions.ending import Ending, NotEnded, end, resume
from zhitong.domain.subjects.actions.listing import NothingToDecide, ask_removal, decide_removal
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList, Care, Membership, Subject
from zhitong.domain.subjects.queries.removals import removals_asked_by, removals_of, removals_waiting_for
from zhitong.domain.subjects.rules.cuts import CUTS, KINDS
from zhitong.domain.subjects.rules.kinds import RemovalCause, SubjectEnd
from zhitong.domain.subjects.rules.lists import decider_of
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.actions import rebuild
from zhitong.domain.tallies.queries import differences
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused

Firm = Callable[..., NewSubject]
TODAY = day_of(NOW)


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    """The zone's campaign office."""
    with acting("zone_office") as actor:
        yield actor


@pytest.fixture
def firm_id(clerk: Actor, firm: Firm, rules: list[TierRule]) -> UUID:
    return register([firm()], rules=rules, actor=clerk, now=NOW)[0]


def listed(code: str, subject_id: UUID, actor: Actor) -> UUID:
    list_id: UUID = AssistanceList.objects.get(campaign="hebei-2018", code=code).id
    enlist(list_id, [subject_id], actor=actor, now=NOW)
    return list_id


def is_on(list_id: UUID, subject_id: UUID) -> bool:
    return Membership.objects.filter(list_id=list_id, subject_id=subject_id, until__isnull=True).exists()


def gone(subject_id: UUID, reason: SubjectEnd = SubjectEnd.DEREGISTERED) -> Ending:
    return Ending(subject_id=subject_id, reason=reason, on=TODAY, proof="注销通知书〔2018〕3号")


def test_an_end_has_its_proof_ends_the_care_and_asks_who_drew_the_lists(clerk: Actor, firm_id: UUID) -> None:
    own, city = listed("industry-county", firm_id, clerk), listed("industry-city", firm_id, clerk)
    care = NewCare(subject_id=firm_id, tier=Rank.COUNTY, unit_id=unit_of("130973-economy").id, lead_official="甲", person_in_charge="乙")
    assign_care([care], actor=clerk, now=NOW)

    end([gone(firm_id)], actor=clerk, now=NOW)

    row = Subject.objects.get(id=firm_id)
    assert (row.ended_on, row.ended_reason, row.version) == (TODAY, "deregistered", 2)
    assert not Care.objects.filter(subject_id=firm_id, until__isnull=True).exists()
    assert (is_on(own, firm_id), is_on(city, firm_id)) == (False, True)
    [waiting] = [one for one in removals_of(firm_id) if one.agreed is None]
    assert (waiting.cause, waiting.decider_id, waiting.agreed) == (RemovalCause.DEREGISTERED, unit_of("1309-office").id, None)


def test_what_cannot_be_ended_is_said_and_nothing_is_stored(clerk: Actor, firm_id: UUID) -> None:
    sound = gone(firm_id)

    for wrong in (
        replace(sound, proof=" "), replace(sound, on=TODAY + timedelta(days=1)), replace(sound, reason=SubjectEnd.MERGED),
    ):
        with pytest.raises(NotEnded):
            end([wrong], actor=clerk, now=NOW)
    assert Subject.objects.get(id=firm_id).ended_on is None
    end([sound], actor=clerk, now=NOW)
    with pytest.raises(NotFound):
        end([sound], actor=clerk, now=NOW)


def test_one_ended_by_mistake_is_served_again(clerk: Actor, firm_id: UUID) -> None:
    end([gone(firm_id, SubjectEnd.MISTAKEN)], actor=clerk, now=NOW)
    with pytest.raises(BadInput):
        resume(subject_id=firm_id, reason="", actor=clerk, now=NOW)

    resume(subject_id=firm_id, reason="核对错了", actor=clerk, now=NOW)

    assert Subject.objects.get(id=firm_id).ended_on is None
    assert facts_about(firm_id)[-1].kind == "subject.resumed"
    with pytest.raises(NotFound):
        resume(subject_id=firm_id, reason="再来", actor=clerk, now=NOW)


def test_counts_agree_after_an_end_and_its_undoing(fresh_database: str, firm: Firm, rules: list[TierRule]) -> None:
    with config.as_role("owner", name=fresh_database):
        rebuild(CUTS)
    with acting("zone_office") as clerk:
        one, other = register([firm(), firm()], rules=rules, actor=clerk, now=NOW)
        end([gone(one), gone(other)], actor=clerk, now=NOW)
        resume(subject_id=other, reason="核对错了", actor=clerk, now=NOW)
    with config.as_role("owner", name=fresh_database):
        assert differences(KINDS) == []


def test_leaving_a_list_waits_for_the_level_that_drew_it(db: None, firm: Firm, rules: list[TierRule]) -> None:
    with acting("zone_office") as clerk:
        [one] = register([firm()], rules=rules, actor=clerk, now=NOW)
        city = listed("industry-city", one, clerk)
        asked = ask_removal(subject_id=one, list_id=city, cause=RemovalCause.SUSPENDED, proof="停电证明", actor=clerk, now=NOW)
        with pytest.raises(Refused, match="等审定"):
            ask_removal(subject_id=one, list_id=city, cause=RemovalCause.UNFIT, proof="证明", actor=clerk, now=NOW)
        with pytest.raises(NotFound):
            decide_removal(removal_id=asked.id, agreed=True, answer="", actor=clerk, now=NOW)
        assert (asked.is_done, is_on(city, one)) == (False, True)
        assert [row.id for row in removals_asked_by(viewer("zone_office"))] == [asked.id]

    with acting("city_office") as upper:
        who = viewer("city_office")
        assert [row.id for row in removals_waiting_for(who)] == [asked.id]
        with pytest.raises(BadInput, match="理由"):
            decide_removal(removal_id=asked.id, agreed=False, answer=" ", actor=upper, now=NOW)
        assert decide_removal(removal_id=asked.id, agreed=True, answer="", actor=upper, now=NOW) == one
        with pytest.raises(NothingToDecide):
            decide_removal(removal_id=asked.id, agreed=True, answer="", actor=upper, now=NOW)
        assert (is_on(city, one), removals_waiting_for(who)) == (False, [])
        assert [told.kind for told in facts_about(one)][-2:] == ["subject.removal_asked", "subject.removed"]


def test_a_refused_removal_leaves_it_on_the_list_with_the_reason(db: None, firm: Firm, rules: list[TierRule]) -> None:
    with acting("zone_office") as clerk:
        [one] = register([firm()], rules=rules, actor=clerk, now=NOW)
        city = listed("industry-city", one, clerk)
        asked = ask_removal(subject_id=one, list_id=city, cause=RemovalCause.UNFIT, proof="产值下滑", actor=clerk, now=NOW)

    with acting("city_office") as upper:
        decide_removal(removal_id=asked.id, agreed=False, answer="仍达标", actor=upper, now=NOW)
        row = removals_of(one)[0]

        assert (is_on(city, one), row.agreed, row.answer) == (True, False, "仍达标")


def test_who_drew_the_list_removes_at_once(clerk: Actor, firm_id: UUID) -> None:
    own = listed("industry-county", firm_id, clerk)

    with pytest.raises(BadInput, match="依据"):
        ask_removal(subject_id=firm_id, list_id=own, cause=RemovalCause.MOVED_OUT, proof="", actor=clerk, now=NOW)
    asked = ask_removal(subject_id=firm_id, list_id=own, cause=RemovalCause.MOVED_OUT, proof="迁入地证明", actor=clerk, now=NOW)

    assert (asked.is_done, is_on(own, firm_id)) == (True, False)


@pytest.mark.parametrize(("login", "seen"), [("zone_office", 1), ("city_office", 1), ("park_office", 0), ("outsider", 0), ("firm", 0)])
def test_removals_stand_behind_the_wall(login: str, seen: int, firm: Firm, rules: list[TierRule], db: None) -> None:
    with acting("zone_office") as clerk:
        [one] = register([firm()], rules=rules, actor=clerk, now=NOW)
        city = listed("industry-city", one, clerk)
        ask_removal(subject_id=one, list_id=city, cause=RemovalCause.UNFIT, proof="产值下滑", actor=clerk, now=NOW)

    with acting_as(viewer(login)):
        assert len(removals_of(one)) == seen


@pytest.mark.parametrize(
    ("drawn_by", "tier", "region", "decides"),
    [
        ("", Rank.PROVINCE, "130973", "13-office"), ("", Rank.CITY, "130973", "1309-office"), ("", Rank.COUNTY, "130973", "130973-office"),
        ("", Rank.COUNTY, "130973400", "130973400-office"), ("", None, "130973", "13-office"),
        ("1309-industry", Rank.COUNTY, "130973", "1309-industry"),
    ],
)  # fmt: skip
def test_whose_a_list_is(db: None, drawn_by: str, tier: Rank | None, region: str, decides: str) -> None:
    here = directory()
    unit_id = unit_of(drawn_by).id if drawn_by else None

    found = decider_of(unit_id, tier, region_id(region), here)

    assert found is not None
    assert found.code == decides
