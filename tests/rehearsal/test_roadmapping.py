"""Timetables and proposals of the demonstration: slips to be seen, proposals in every state, and no real database touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zhitong.config import database as config
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.extras.models import Proposal
from zhitong.domain.plans.models import Milestone, Postponement
from zhitong.rehearsal import roadmapping
from zhitong.rehearsal.opening import TODAY
from zhitong.rehearsal.roadmapping import put_in_time
from zhitong.rehearsal.stage import NotAStage


@pytest.mark.prove
def test_the_stage_has_late_steps_put_off_days_and_proposals_on_their_way(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, login in (("CITY_OFFICE", "city_office"), ("PROPOSER", "park"), ("OFFICE", "park_office"), ("ABOVE", "zone_office")):
        monkeypatch.setattr(roadmapping, name, login)
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta(0))

        put_in_time(until=TODAY)

        states = set(Proposal.objects.values_list("state", flat=True))
        assert states == {"proposed", "weighed", "listed", "unlisted"}
        assert Proposal.objects.filter(published_on__isnull=False).count() == 2
        assert Milestone.objects.filter(done_on__isnull=True, due_on__lt=TODAY.date()).exists()
        assert not Milestone.objects.filter(done_on__gt=TODAY.date()).exists()
        assert Postponement.objects.exists()


@pytest.mark.django_db
def test_a_real_database_is_left_alone() -> None:
    with pytest.raises(NotAStage):
        put_in_time(until=TODAY)
