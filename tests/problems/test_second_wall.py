"""With the queries' own predicate switched off the database alone shows each viewer what is theirs, and nothing more."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cards.forms import definition, filled, row
from tests.cast import WAY, Story, acting, viewer
from tests.files.samples import upload
from tests.following import follow_all
from tests.problems.ways import Raise, acknowledged, rejected, sent_up, unit_id
from tests.world import CAST, NOW
from zhitong.config import database as config
from zhitong.domain.cards.actions import (
    RoundToOpen,
    Submission,
    TemplateToPublish,
    open_rounds,
    publish_templates,
    submit_cards,
)
from zhitong.domain.cards.actions.drafting import Drafting, save_drafts
from zhitong.domain.complaints.actions.submitting import Charge, submit
from zhitong.domain.files.actions import attach, store
from zhitong.domain.history.actions import once
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.problems.actions.climbing import PassDown, pass_down
from zhitong.domain.problems.actions.handling import Complete, Reply, complete, reply
from zhitong.domain.problems.actions.parts import AnswerPart, Invite, answer_part, invite
from zhitong.domain.problems.actions.requesting import AskExtension, ask_extension
from zhitong.domain.problems.actions.sharing import MakeOffer, offer
from zhitong.domain.problems.models import Check, Flagged
from zhitong.domain.problems.queries.lists import Filters, count_for, problems_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.domain.problems.rules.lenses import lenses_of
from zhitong.domain.subjects.actions.caring import NewCare, assign_care, enlist
from zhitong.domain.subjects.models import AssistanceList, Subject
from zhitong.domain.tallies.actions import fold
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import NotFound
from zhitong.work.reactions import FOLLOWER, react

SEEN = {
    "firm": "plain secret full", "other_firm": "renqiu", "park": "plain secret full", "zone": "plain full",
    "city": "plain full", "province": "plain full", "park_office": "plain secret full", "zone_office": "plain secret full",
    "city_office": "plain secret full renqiu", "province_office": "plain secret full renqiu", "neighbour": "", "outsider": "",
}


@pytest.fixture
def town(raised: Raise) -> dict[str, Story]:
    """One plain, one confidential, one with every kind of row of its way, one of another county."""
    full = acknowledged(sent_up(raised()), "zone")
    full.does("zone", reply, Reply, text="正在协商")
    full.does("zone", invite, Invite, unit_ids=(unit_id("130973-finance"),), asked_for="核对补贴")
    full.done_by("130973-finance", answer_part, AnswerPart, text="已核对")
    full.does("zone", offer, MakeOffer, unit_id=unit_id("130973-finance"), reason="主要是补贴")
    full.does("zone", ask_extension, AskExtension, workdays=3, reason="须作现场检测")
    full.does("zone", complete, Complete, outcome=Outcome.SOLVED, text="已调整错峰方案。")
    full.does("park", pass_down, PassDown)
    looked_at_again(full)
    return {
        "plain": raised(), "secret": raised(confidential=True), "full": rejected(full),
        "renqiu": raised(category="environment", login="other_firm"),
    }


def looked_at_again(story: Story) -> None:
    """What the clock and the followers add: a second look that waits, and a flag."""
    with acting("province_office"):
        unit = viewer("city_office").unit_id
        Check.objects.create(problem_id=story.problem_id, kind="outcome", state="waiting", unit_id=unit, asked_at=story.now)
        Flagged.objects.create(problem_id=story.problem_id, flag="same_day", unit_id=unit, at=story.now, words="当日办结")


def names_of(town: dict[str, Story], ids: set[object]) -> str:
    return " ".join(name for name, story in town.items() if story.problem_id in ids)


def column(statement: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [found for (found,) in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.parametrize("login", SEEN)
def test_tables_show_the_problems_of_the_viewer(town: dict[str, Story], login: str) -> None:
    with acting_as(viewer(login)):
        seen = {table: names_of(town, set(column(f"SELECT problem_id FROM {table}"))) for table in WAY}
        problems = names_of(town, set(column("SELECT id FROM problems_problem")))
        parties = set(column("SELECT unit_id FROM problems_party"))

    assert problems == seen["problems_spell"] == SEEN[login]
    full = "full" if "full" in SEEN[login] else ""
    assert {names for table, names in seen.items() if table != "problems_spell"} == {full}
    assert parties <= {viewer(login).unit_id}


@pytest.mark.django_db
@pytest.mark.parametrize("login", SEEN)
def test_pages_and_lists_show_no_more_without_their_own_predicate(town: dict[str, Story], login: str) -> None:
    with acting_as(viewer(login)) as here, without_first_wall():
        for lens in lenses_of(here):
            listed = {found.id for found in problems_for(here, lens, Filters(), now=NOW).rows}
            assert names_of(town, listed) == SEEN[login]
            assert count_for(here, lens, Filters(), now=NOW) == len(SEEN[login].split())
        for name, story in town.items():
            if name in SEEN[login].split():
                assert problem_page(here, story.problem_id, now=NOW).standing.id == story.problem_id
                continue
            with pytest.raises(NotFound):
                problem_page(here, story.problem_id, now=NOW)


@pytest.mark.django_db
def test_facts_show_themselves_to_who_has_opened_the_thing_and_only_then(town: dict[str, Story]) -> None:
    for role in CAST:
        with acting_as(viewer(role.login)):
            assert column("SELECT count(*) FROM history_fact") == column("SELECT count(*) FROM history_detail") == [0]
    with acting_as(viewer("firm")):
        assert len(facts_about(town["full"].problem_id)) > 3
        assert column("SELECT count(*) FROM history_fact") == [0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("login", "region", "states", "secret"),
    [
        ("province_office", "13", 3, 1), ("city_office", "130973", 2, 1), ("zone_office", "1309", 0, 0),
        ("zone", "130973", 2, 0), ("park", "130973400", 2, 0), ("park", "130973", 0, 0), ("neighbour", "130973", 0, 0),
        ("outsider", "13", 0, 0), ("firm", "130973400", 0, 0),
    ],
)
def test_counts_are_given_below_the_viewer_alone_and_confidential_ones_to_whole_territories(
    town: dict[str, Story], login: str, region: str, states: int, secret: int
) -> None:
    node = Region.objects.get(code=region).id

    with acting_as(viewer(login)):
        assert sum(counts(cuts.STATES, [node], by=("state",)).values()) == states
        assert sum(counts(cuts.CONFIDENTIAL, [node], by=("state",)).values()) == secret


@pytest.mark.django_db
def test_nothing_is_seen_by_nobody(town: dict[str, Story]) -> None:
    for table in guarded():
        assert column(f"SELECT count(*) FROM {table}") == [0], table


def test_a_stranger_finds_every_guarded_table_empty(
    fresh_database: str, town: dict[str, Story], owner_connection: psycopg.Connection[Any]
) -> None:
    fill_the_other_rooms()
    with acting("firm") as firm:
        [file] = store([upload()], actor=firm, now=NOW)
        attach([file.id], "problem", town["plain"].problem_id, actor=firm, now=NOW)
    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)
        fold(limit=10)

    fill_by_shape(owner_connection)
    for table in guarded():
        assert owner_connection.execute(f"SELECT count(*) > 0 FROM {table}").fetchone() == (True,), f"{table} is empty"
        with acting_as(viewer("outsider")):
            assert column(f"SELECT count(*) FROM {table}") == [0], table


ELSEWHERE = (
    "accounts_", "privacy_", "retention_",
    "calendars_", "supervision_", "intake_", "commons_", "plans_", "extras_", "problems_signing", "problems_draft",
    "problems_handing_over", "problems_reported", "progress_source_figure", "papers_", "inspections_", "blanks_", "bulletins_",
    "practices_", "rhythm_", "messaging_", "feeds_", "systems_", "history_seal", "history_check", "history_archive",
)
"""Tables whose wall is tried in tests of their own: public ones, and those of rooms with a story of their own."""


SHAPES = {
    "bytea": "'x'::bytea",
    "uuid": "uuid7()", "text": "''", "boolean": "false", "jsonb": "'{}'", "date": "'2018-04-27'",
    "timestamp with time zone": "'2018-04-27 07:40+00'", "ARRAY": "'{}'",
}
"""A value of each kind of column that must hold one; a number is 1."""
SAID = {"period": "'2018'", "code": "'revenue_cny'", "month": "'2018-04'", "state": "'open'", "until": "'2018-04-27'", "proof": "'演示'",
        "confirmation": "'awaited'"}
THINGS = {
    "subject_id": "subjects_subject", "card_id": "cards_card", "obligation_id": "cards_obligation", "round_id": "cards_round",
    "list_id": "subjects_list", "post_id": "organisations_post", "problem_id": "problems_problem", "run_id": "tiering_run",
    "upload_id": "exchange_upload", "visit_id": "visits_visit", "template_id": "cards_template",
    "membership_id": "subjects_membership", "person_id": "organisations_person", "fact_id": "history_fact",
    "file_id": "files_file", "plan_id": "visits_plan", "target_id": "plans_target", "indicator_id": "plans_indicator",
    "gate_id": "plans_gate", "task_id": "plans_task", "report_id": "progress_report", "figure_id": "progress_figure",
    "source_id": "progress_source",
}
"""Which table a column points to; other names ending in region_id and unit_id point to the firm's own."""


def fill_by_shape(owner: psycopg.Connection[Any]) -> None:
    """Put a row about the firm into every guarded table that the stories have left empty, those pointed to first."""
    region, unit = owner.execute(
        "SELECT region_id, unit_id FROM subjects_subject WHERE unit_id IS NOT NULL ORDER BY id LIMIT 1"
    ).fetchone() or (None, None)
    waiting = [table for table in guarded() if is_empty(owner, table)]
    for _round in range(3):
        for table in [table for table in waiting if is_empty(owner, table)]:
            columns = owner.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
                " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'", [table],
            ).fetchall()
            values = {name: value_of(str(name), str(kind), region, unit) for name, kind in columns}
            with suppress(psycopg.IntegrityError, psycopg.errors.CheckViolation), owner.transaction():
                names = ", ".join(f'"{name}"' for name in values)
                owner.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values.values())}")


def is_empty(owner: psycopg.Connection[Any], table: str) -> bool:
    """Whether nothing stands in a table, for nobody."""
    return owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def value_of(name: str, kind: str, region: object, unit: object) -> str:
    """What a column that must be filled holds in the row about the firm."""
    if name.endswith("region_id"):
        return f"'{region}'"
    if name.endswith("unit_id") or name in ("made_in_id", "decider_id", "asked_by_id"):
        return f"'{unit}'"
    thing = THINGS.get(name)
    if thing:
        return f"(SELECT id FROM {thing} ORDER BY id LIMIT 1)"
    return SAID.get(name) or SHAPES.get({"character varying": "text"}.get(kind, kind), "1")


def guarded() -> list[str]:
    """The tables behind the wall."""
    found = column(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    return [table for table in found if not table.startswith(ELSEWHERE)]


def fill_the_other_rooms() -> None:
    """A card sent with a problem row, a card begun, a firm on a list and cared for, a complaint sent once for its key."""
    with acting("firm") as firm:
        charge = Charge(campaign="hebei-2018", unit_id=unit_id("130973400-economy"), text="三次退件。")
        sent = once(
            actor_id=viewer("firm").person_id, key="k", request=b"", now=NOW,
            act=lambda: submit(charge, actor=firm, now=NOW).number,
        )
        assert sent[1]
    with acting("city_office") as office:
        city = Region.objects.get(code="1309").id
        publish_templates([TemplateToPublish(campaign="wall-tests", definition=definition(), actor=office)], now=NOW)
        [opened] = open_rounds([RoundToOpen(
            campaign="wall-tests", template_code="industry", region_id=city, period="2018-04", name="2018年4月",
            opens_on=date(2018, 4, 1), due_on=date(2018, 4, 30), locked_on=date(2018, 5, 10), actor=office,
        )], now=NOW)
        subjects = list(Subject.objects.order_by("id"))
        enlist(AssistanceList.objects.all()[0].id, [subjects[0].id], actor=office, now=NOW)
        assign_care([NewCare(
            subject_id=subjects[0].id, tier=Rank.CITY, unit_id=viewer("city").unit_id, lead_official="演示市长",
            person_in_charge="演示科长",
        )], actor=office, now=NOW)
    for login, act, step in (("firm", submit_cards, Submission), ("other_firm", save_drafts, Drafting)):
        with acting(login) as firm:
            subject = Subject.objects.get(unit_id=firm.unit_id)
            given = {"round_id": opened.round_id, "subject_id": subject.id, "version": 0, "actor": firm}
            act([step(**given, values=filled(), rows=[row()])], now=NOW)
