"""The verify command finds what does not hold, and nothing where all is well."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cast import Story, acting
from tests.problems.ways import Raise, acknowledged, answered, confirmed, rejected, sent_up, waiting
from tests.tampering import unkept
from zhitong.cli import problems
from zhitong.config import database as config
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.domain.problems.queries import verifying
from zhitong.domain.problems.rules.soundness import Finding
from zhitong.domain.tallies.actions import fold
from zhitong.kit import clock

NOW = datetime(2018, 6, 1, tzinfo=UTC)


@pytest.fixture
def stories(fresh_database: str, raised: Raise) -> list[Story]:
    """Problems in many states: waiting, climbing, under review, closed, confidential."""
    closed = confirmed(raised())
    closed.does("zone_office", close_off, CloseOff)
    return [
        sent_up(sent_up(raised()), "zone", "zone_office"), waiting(raised), rejected(answered(raised())), closed,
        acknowledged(raised(confidential=True)),
    ]


@pytest.fixture
def verified(fresh_database: str) -> Callable[[], list[Finding]]:
    """Verify as the worker does."""

    def verify() -> list[Finding]:
        with config.as_role("worker", name=fresh_database):
            return list(verifying.verify(now=NOW))

    return verify


Verified = Callable[[], list[Finding]]
Owner = psycopg.Connection[Any]


def test_nothing_is_found_where_every_act_was_ours(
    stories: list[Story], verified: Verified, fresh_database: str
) -> None:
    assert verified() == []

    with config.as_role("worker", name=fresh_database):
        assert fold() > 0
    assert verified() == []


def test_it_reads_every_batch(stories: list[Story], monkeypatch: pytest.MonkeyPatch, fresh_database: str) -> None:
    monkeypatch.setattr(verifying, "BATCH", 2)
    heard: list[int] = []

    with config.as_role("worker", name=fresh_database):
        list(verifying.verify(now=NOW, told=heard.append))

    assert heard == [2, 4, 5]


PLANTED = [
    ("UPDATE problems_spell SET started_at = started_at + interval '1 second' WHERE previous_id IS NOT NULL"
     " AND ended_at IS NULL AND problem_id = %s", ("承办环节之间有空档或重叠", "各承办环节合计")),
    ("UPDATE problems_spell SET previous_id = NULL WHERE ended_at IS NULL AND problem_id = %s", ("没有首尾相接",)),
    ("UPDATE problems_spell SET ended_at = started_at + interval '1 day' WHERE ended_at IS NULL AND problem_id = %s",
     ("应有 1 个进行中的承办环节，实有 0 个",)),
    ("UPDATE problems_problem SET accountable_unit_id = reporter_unit_id WHERE id = %s",
     ("承办单位与进行中的承办环节不一致",)),
    ("UPDATE problems_problem SET open_spell_id = (SELECT id FROM problems_spell WHERE problem_id = problems_problem.id"
     " AND previous_id IS NULL) WHERE id = %s", ("所指的承办环节不是进行中的那一个",)),
    ("UPDATE problems_problem SET submitted_at = submitted_at - interval '1 day' WHERE id = %s", ("不是从提交时开始",)),
    ("UPDATE problems_problem SET first_due_at = first_due_at + interval '1 day' WHERE id = %s", ("首次交办时确定的",)),
    ("UPDATE problems_problem SET due_at = first_due_at - interval '1 day' WHERE id = %s", ("早于首次确定的",)),
    ("UPDATE problems_problem SET due_at = first_due_at + interval '1 day' WHERE id = %s",
     ("首次时限加上同意的延期、暂停、挂账应为",)),
    ("UPDATE problems_spell SET due_at = due_at + interval '1 day' WHERE ended_at IS NULL AND problem_id = %s",
     ("首次时限加上同意的延期、暂停应为",)),
    ("UPDATE problems_problem SET pending = 'pause', decider_unit_id = accountable_unit_id WHERE id = %s",
     ("待审批申请与申请记录不一致",)),
    ("UPDATE problems_problem SET extensions = 1 WHERE id = %s", ("延期记为 1 次，同意的申请有 0 份",)),
    ("UPDATE problems_problem SET returns_on = '2018-06-01' WHERE id = %s", ("只有挂账的问题才有恢复办理的日期",)),
    ("UPDATE problems_problem SET category = 'land' WHERE id = %s", ("记为 1，实为 0", "记为 0，实为 1")),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("statement", "said"), PLANTED)
def test_a_planted_fault_is_found(statement: str, said: tuple[str, ...], raised: Raise) -> None:
    story = sent_up(sent_up(raised()), "zone", "zone_office")

    with acting("province_office"), connection.cursor() as cursor:
        assert verifying.findings_of([story.problem_id], now=NOW) == verifying.findings_of_counts() == []
        cursor.execute(statement, [story.problem_id])
        found = [*verifying.findings_of([story.problem_id], now=NOW), *verifying.findings_of_counts()]

    faults = [finding.sentence for finding in found if finding.is_fault]
    assert all(any(words in sentence for sentence in faults) for words in said), faults


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_detail SET text = '改过的话' WHERE field = 'tried' AND thing_id = %s",
        "DELETE FROM history_detail WHERE field = 'tried' AND thing_id = %s",
    ],
)
def test_words_that_were_tampered_with_are_found(
    statement: str, stories: list[Story], verified: Verified, owner_connection: Owner
) -> None:
    with unkept(owner_connection) as owner:
        owner.execute(statement, [stories[0].problem_id])

    assert {finding.sentence for finding in verified()} == {"履历“提出提请上级协调”的“tried”与当时留下的摘要不一致。"}


def test_an_erased_text_is_no_fault(stories: list[Story], verified: Verified, owner_connection: Owner) -> None:
    owner_connection.execute("SET zhitong.history = 'erase'")
    owner_connection.execute("UPDATE history_detail SET text = NULL WHERE thing_id = %s", [stories[0].problem_id])

    assert verified() == []


def test_a_lost_posting_is_found_in_every_region_above(
    stories: list[Story], verified: Verified, owner_connection: Owner
) -> None:
    owner_connection.execute("DELETE FROM tallies_posting WHERE cut = 'problems.confidential'")

    found = [finding for finding in verified() if finding.about == "计数 problems.confidential"]

    assert {finding.sentence.split("“")[0] for finding in found} == {
        "南大港产业园区", "沧州渤海新区", "沧州市", "河北省"
    }


def test_a_changed_rule_is_a_doubt_and_no_fault(
    stories: list[Story], verified: Verified, owner_connection: Owner
) -> None:
    owner_connection.execute("UPDATE problems_limit SET amount = 30 WHERE stage = 'complete'")
    owner_connection.execute("SELECT nextval('problems_rulebook_version')")

    found = verified()

    assert any("按现行规则应为" in finding.sentence for finding in found)
    assert not any(finding.is_fault for finding in found)


def test_counts_found_wrong_are_counted_anew(
    stories: list[Story], fresh_database: str, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    owner_connection.execute("DELETE FROM tallies_posting WHERE cut = 'problems.states'")

    with config.as_role("worker", name=fresh_database), clock.held_at(NOW):
        assert problems.run(argparse.Namespace(verb="verify")) == 1
        assert "zhitong problems recount" in capsys.readouterr().err
        assert problems.run(argparse.Namespace(verb="recount")) == 0
        assert problems.run(argparse.Namespace(verb="verify")) == 0


def test_the_command_says_so_and_ends_with_one(
    stories: list[Story], fresh_database: str, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = argparse.Namespace(verb="verify")
    with config.as_role("worker", name=fresh_database), clock.held_at(NOW):
        assert problems.run(asked) == 0
        assert "核对了 5 个问题，没有错误。" in capsys.readouterr().out
        owner_connection.execute("UPDATE problems_problem SET due_at = first_due_at - %s WHERE id = %s",
                                 [timedelta(days=1), stories[0].problem_id])

        assert problems.run(asked) == 1

    told = capsys.readouterr()
    assert stories[0].standing.number in told.out
    assert "1 处错误" in told.err
