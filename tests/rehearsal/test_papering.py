"""The policy papers of the demonstration (R-C6, R-C7): read by the real reader, corrected, compared; no real database touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zhitong.config import database as config
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.papers.models import Comparison, Correction, Judged, Paper, Reading
from zhitong.rehearsal import papering
from zhitong.rehearsal.stage import NotAStage


@pytest.mark.prove
def test_the_office_has_two_papers_with_corrections_a_judged_doubt_and_their_comparison(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papering, "OFFICE", "zone_office")
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta(0))

        papering.take_papers_in()

        assert dict(Paper.objects.values_list("kind", "state")) == {"own": "draft", "upper": "draft"}
        draft = Reading.objects.get(paper__kind="own").draft
        assert [one["title"] for one in draft["tasks"]] == [
            "培育众创空间", "帮扶科技型中小企业", "开展园区用电服务", "改造老旧小区", "提升政务服务",
        ]
        assert 85 in [one["value"] for one in draft["indicators"]]
        assert (Correction.objects.count(), Judged.objects.count()) == (1, 1)
        relations = [line["relation"] for line in Comparison.objects.get().found["tasks"]]
        assert {"missing", "local_only"} < set(relations)


@pytest.mark.django_db
def test_a_real_database_is_left_alone() -> None:
    with pytest.raises(NotAStage):
        papering.take_papers_in()
    assert not Paper.objects.exists()
