"""A paper at the desk (R-C7): taken in, corrected by replay, doubts judged; its office's alone until it is published."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.reader.papers import DOUBT, TEXT, change, does, mended, place, plan, seen, taken_in
from tests.reader.papers import laid_down as laid_down
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours, without_first_wall
from zhitong.domain.papers.actions import taking_in
from zhitong.domain.papers.actions.correcting import NothingChanged, correct, restore
from zhitong.domain.papers.actions.judging import judge, link
from zhitong.domain.papers.actions.standing import NotNow
from zhitong.domain.papers.actions.taking_in import NewPaper, read_next, take_in, withdraw
from zhitong.domain.papers.models import Correction, Judged, NameLink, Paper, Reading
from zhitong.domain.papers.queries.cases import cases_of, corrections_of
from zhitong.domain.papers.queries.papers import count_of_papers, doubts_of, papers_for
from zhitong.domain.papers.rules.doubts import doubts_in
from zhitong.domain.papers.rules.kinds import CorrectionKind, Judgement, PaperKind, PaperState
from zhitong.domain.papers.rules.reader import NoPlanFound, checked
from zhitong.domain.papers.rules.replaying import Change, replayed
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.policy.shapes import as_json, plan_from

pytestmark = pytest.mark.django_db
KIND = CorrectionKind


def test_a_paper_is_its_offices_alone_before_the_wall_and_behind_it() -> None:
    paper = mended()
    does("park_office", judge, paper, doubts_in(plan().findings)[0][0], Judgement.ACCEPTED, "")
    does("park_office", link, paper, {"演示供热站": None})

    assert seen("park_office", paper).text == TEXT
    for login in ("outsider", "firm", "park", "zone_office", "province_office"):
        with acting(login):
            assert papers_for(viewer(login)) == []
            assert count_of_papers(viewer(login)) == 0
            with without_first_wall():
                kept = [model.objects.count() for model in (Paper, Reading, Correction, Judged, NameLink)]
        assert kept == [0, 0, 0, 0, 0], login
        with pytest.raises(NotFound):
            seen(login, paper)


@pytest.mark.parametrize("login", ["park", "firm", "zone"])
def test_who_is_no_office_takes_nothing_in(login: str) -> None:
    with pytest.raises(NotYours):
        taken_in(login)


@pytest.mark.parametrize(("content", "sentence"), [(b"", "空"), ("机密★一年\n方案".encode(), "涉密")])
def test_what_cannot_be_taken_in_is_refused_beside_the_file_and_nothing_is_kept(content: bytes, sentence: str) -> None:
    new = NewPaper(kind=PaperKind.OWN, name="方案.txt", content=content)

    with pytest.raises(BadInput, match=sentence) as refused:
        does("park_office", take_in, new)

    assert set(refused.value.fields) == {"file"}
    with acting("park_office"):
        assert not Paper.objects.exists()


def test_the_file_is_kept_beside_its_text() -> None:
    new = NewPaper(kind=PaperKind.OWN, name="方案.txt", content=TEXT.encode())
    paper = does("park_office", take_in, new)

    assert [one.name for one in seen("park_office", paper).files] == ["方案.txt"]


def test_a_long_paper_is_read_by_the_worker_or_says_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 10)
    paper, novel = taken_in(), taken_in()
    assert seen("park_office", paper).row.state is PaperState.READING
    with pytest.raises(NotNow, match="正在读取"):
        does("park_office", correct, paper, change(KIND.TASK_STRUCK, "1"))

    with acting("park_office"):
        assert read_next(NOW) == 1
        monkeypatch.setattr(taking_in, "plan_in", _finds_nothing)
        assert (read_next(NOW), read_next(NOW)) == (1, 0)

    assert [task.id for task in _draft("park_office", paper)["tasks"]] == ["1", "2"]
    assert (seen("park_office", novel).row.state, seen("park_office", novel).refusal) == (PaperState.UNREADABLE, "没有任务。")


def _finds_nothing(*_asked: Any) -> Any:
    raise NoPlanFound("没有任务。")


def _draft(login: str, paper: UUID) -> dict[str, Any]:
    found = seen(login, paper).seen
    assert found is not None
    return vars(found.plan)


def test_the_draft_is_the_reading_with_every_standing_correction_replayed() -> None:
    paper = mended()
    start, end = place("每月通报进度")
    does("park_office", correct, paper, change(KIND.TASK_ADDED, "3", title="每月通报", start=start, end=end))
    does("park_office", correct, paper, change(
        KIND.TASK_CHANGED, "2", responsible=[{"name": "住建局", "role": "lead"}], reason="口头确认"
    ))
    code = does("park_office", correct, paper, change(
        KIND.INDICATOR_ADDED, name="通报次数", value=1, unit="次", task_id="3", start=start, end=end
    ))
    does("park_office", correct, paper, change(KIND.INDICATOR_STRUCK, "I1"))
    does("park_office", restore, paper, 3)

    with acting("park_office"):
        reading = Reading.objects.get(paper=paper)
        rows = Correction.objects.filter(paper=paper, restored_at__isnull=True).order_by("number")
        changes = [Change(KIND(row.kind), row.thing, row.after) for row in rows]
        assert reading.plan == as_json(plan())
        assert reading.draft == as_json(checked(replayed(plan_from(reading.plan, TEXT), changes)))
    draft = _draft("park_office", paper)
    assert [(task.id, len(task.responsible)) for task in draft["tasks"]] == [("1", 2), ("2", 0), ("3", 0)]
    assert [(one.id, one.value, one.damaged) for one in draft["indicators"]] == [("I2", 50, False), ("I3", 90, False), (code, 1, False)]
    assert draft["indicators"][-1].text == "每月通报进度"


def test_what_hangs_on_a_struck_task_stays_without_it() -> None:
    paper = taken_in()
    does("park_office", correct, paper, change(KIND.TASK_STRUCK, "1"))

    draft = _draft("park_office", paper)

    assert [task.id for task in draft["tasks"]] == ["2"]
    assert [one.task_id for one in draft["indicators"]] == [None, None, "2"]


def test_a_refused_correction_changes_nothing() -> None:
    paper = taken_in()
    before = _draft("park_office", paper)

    for new, refusal in (
        (change(KIND.TASK_ADDED, "1", title="又一", start=0, end=3), BadInput),
        (change(KIND.TASK_CHANGED, "1", start=5, end=9999), BadInput),
        (change(KIND.TASK_CHANGED, "1", title="培育众创空间"), NothingChanged),
        (change(KIND.INDICATOR_STRUCK, "I9"), NotFound),
    ):
        with pytest.raises(refusal):
            does("park_office", correct, paper, new)

    assert _draft("park_office", paper) == before


def test_corrections_are_kept_as_cases_with_the_words_around_them() -> None:
    paper = mended()
    does("park_office", correct, paper, change(KIND.INDICATOR_STRUCK, "I1", reason="不是目标"))
    does("park_office", restore, paper, 1)

    with acting("park_office"):
        rows = corrections_of(viewer("park_office"), paper)
        [case] = [json.loads(line) for line in cases_of(viewer("park_office"), paper)]

    assert [(one.number, one.kind, one.restored_at is None) for one in rows] == [
        (2, KIND.INDICATOR_STRUCK, True), (1, KIND.INDICATOR_CHANGED, False),
    ]
    assert (case["thing"], case["reason"], case["before"]["value"], case["after"]) == ("I1", "不是目标", 2, {})
    assert "新建众创空间2家以上" in case["text"] == TEXT[case["start"]:case["start"] + len(case["text"])]


def test_a_doubt_is_judged_with_a_reason_and_goes_when_it_is_mended() -> None:
    paper = taken_in()
    [(key, _finding)] = doubts_in(plan().findings)

    with pytest.raises(BadInput, match="为什么不成立"):
        does("park_office", judge, paper, key, Judgement.DISMISSED, " ")
    does("park_office", judge, paper, key, Judgement.DISMISSED, "由管委会统筹")
    with pytest.raises(NotFound):
        does("park_office", judge, paper, "0" * 20, Judgement.ACCEPTED, "")

    with acting("park_office"):
        [doubt] = doubts_of(viewer("park_office"), seen("park_office", paper))
    assert (doubt.finding.message, doubt.judgement, doubt.reason, doubt.by) == (
        DOUBT, Judgement.DISMISSED, "由管委会统筹", "演示丁",
    )
    does("park_office", correct, paper, change(KIND.TASK_CHANGED, "2", responsible=[{"name": "经发局", "role": "lead"}]))
    with acting("park_office"):
        assert doubts_of(viewer("park_office"), seen("park_office", paper)) == []


def test_a_paper_that_was_withdrawn_is_left_alone() -> None:
    paper = taken_in()
    does("park_office", withdraw, paper)

    with pytest.raises(NotNow, match="已收回"):
        does("park_office", withdraw, paper)
    with pytest.raises(NotNow):
        does("park_office", correct, paper, change(KIND.TASK_STRUCK, "1"))
    assert seen("park_office", paper).acts == frozenset()
