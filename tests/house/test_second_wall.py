"""The second wall: which tables stand behind it, and that it shows nothing to nobody."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = {
    "campaigns_campaign": "what the paper says", "campaigns_installation": "whether this is a demonstration",
    "cards_round": "when cards are due", "cards_template": "what a card asks",
    "cards_timetable": "when rounds open by themselves",
    "complaints_rulebook": "who receives complaints, so that a complainant can read it",
    "django_content_type": "Django's own", "django_migrations": "Django's own", "auth_group": "Django's own, empty",
    "auth_group_permissions": "Django's own, empty", "auth_permission": "Django's own",
    "django_session": "read before anybody is known; the key is the secret",
    "extras_criterion": "by what proposals are weighed is public",
    "health_beat": "when the processes were last at work",
    "history_follower": "how far followers have read",
    "history_set_aside": "facts that reactions could not digest: ids",
    "organisations_api_token": "read before anybody is known; digests only",
    "organisations_line": "the standing order of government", "organisations_line_kept": "likewise",
    "organisations_person": "read before anybody is known, to sign in", "organisations_post": "the standing order",
    "organisations_region": "likewise", "organisations_region_edge": "likewise", "organisations_region_within": "likewise",
    "organisations_substitution": "who stands in is read before anybody is known, to sign in",
    "organisations_tenure": "who holds which post is public", "organisations_unit": "the standing order",
    "organisations_unit_alias": "likewise",
    "pacing_bucket": "digests of who asked, read before anybody is known",
    "plans_curve": "what is expected of everybody", "plans_gate": "what the paper says",
    "plans_indicator": "likewise", "plans_indicator_link": "likewise",
    "plans_light_standard": "likewise", "plans_plan": "likewise", "plans_target": "likewise", "plans_target_term": "the values in force",
    "plans_task": "likewise", "plans_task_unit": "likewise",
    "plans_weight": "statistics of regions", "plans_weight_set": "likewise",
    "problems_category": "what a form offers", "problems_limit": "the rulebook", "problems_routing": "likewise",
    "problems_sample": "likewise",
    "progress_duty": "who reports what is the standing order", "progress_rulebook": "what the paper says",
    "progress_source": "names of systems",
    "subjects_list": "the names of the lists", "tallies_branch": "the tree of regions", "tallies_branch_gone": "the tree as it was",
    "tallies_closing": "up to which day counts are summed", "tallies_daily": "of which regions days are summed",
    "tallies_running": "up to which moment counts have run",
    "tiering_rulebook": "what the paper says", "tiering_standard": "likewise",
}


def tables(guarded: bool) -> set[str]:
    """The tables that the web role may read, with row security or without."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relrowsecurity = %s"
            " AND relnamespace = 'public'::regnamespace AND has_table_privilege('zhitong_web', oid, 'SELECT')", [guarded]
        )
        return {name for (name,) in cursor.fetchall()}


def test_a_table_without_the_wall_is_named_with_its_reason() -> None:
    assert tables(guarded=False) == set(OPEN_TO_ALL)


def test_the_suite_runs_as_a_role_that_the_wall_binds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("zhitong_web", False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'zhitong_web'::regrole")
        assert cursor.fetchone() == (0,)


def test_the_partitions_of_facts_cannot_be_read_around_the_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' AND NOT relrowsecurity"
            " AND (has_table_privilege('zhitong_web', oid, 'SELECT') OR has_table_privilege('zhitong_web', oid, 'UPDATE')"
            " OR has_table_privilege('zhitong_web', oid, 'DELETE'))"
        )
        assert cursor.fetchall() == []
