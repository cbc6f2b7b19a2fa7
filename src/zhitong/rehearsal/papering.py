"""Two invented policy papers on the desk of a zone's office: one from above, its own draft, corrected and held against it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.papers.actions.comparing import compare
from zhitong.domain.papers.actions.correcting import NewCorrection, correct
from zhitong.domain.papers.actions.judging import judge
from zhitong.domain.papers.actions.taking_in import NewPaper, take_in
from zhitong.domain.papers.queries.papers import doubts_of, paper_seen
from zhitong.domain.papers.rules.kinds import CorrectionKind, Judgement, PaperKind
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

DOCUMENTS = Path(__file__).parent / "documents"
OFFICE = "bohaiban"
TAKEN_AT = datetime(2018, 9, 10, 9, 20, tzinfo=SHANGHAI)
CORRECTED_AT = datetime(2018, 9, 11, 15, 5, tzinfo=SHANGHAI)
LOST = "网上可办率达到  %以上"
"""Words whose number the text lost; the original says 85."""


def take_papers_in() -> None:
    """Let the office take both papers in, add the target whose number was lost, judge a doubt, and compare.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    office = viewer_of(OFFICE)
    with acting_as(office):
        upper = _taken(office, PaperKind.UPPER, "upper.txt")
        lower = _taken(office, PaperKind.OWN, "lower.txt")
        _correct(office, lower)
        compare(office, upper, lower, actor=office.actor("rehearsal"), now=CORRECTED_AT)


def _taken(office: Viewer, kind: PaperKind, name: str) -> UUID:
    new = NewPaper(kind=kind, name=name, content=(DOCUMENTS / name).read_bytes())
    return take_in(office, new, actor=office.actor("rehearsal"), now=TAKEN_AT)


def _correct(office: Viewer, paper: UUID) -> None:
    """Put the lost number right as the original has it, and dismiss the first doubt about a collective name."""
    seen = paper_seen(office, paper)
    start = seen.text.index(LOST)
    assert seen.seen is not None
    task = next(one for one in seen.seen.plan.tasks if one.start <= start < one.end)
    correct(office, paper, NewCorrection(
        kind=CorrectionKind.INDICATOR_ADDED, reason="对照纸质原件补上缺损的数（演示）", after={
            "name": "政务服务事项网上可办率", "value": 85, "unit": "%", "comparator": ">=", "kind": "rate", "class": "target",
            "task_id": task.id, "start": start, "end": start + len(LOST),
        },
    ), actor=office.actor("rehearsal"), now=CORRECTED_AT)
    doubt = next((one for one in doubts_of(office, paper_seen(office, paper)) if one.finding.kind == "collective"), None)
    if doubt is not None:
        judge(
            office, paper, doubt.key, Judgement.DISMISSED, "各园区都要办，名单另行下发（演示）", actor=office.actor("rehearsal"),
            now=CORRECTED_AT,
        )
